using System.Text;
using System.Text.Json;
using Recite.Config;
using Recite.Indexing.Corpora;
using Recite.Indexing.Text;
using Recite.Reporting;
using Recite.Tests.Fakes;

namespace Recite.Tests.Auditing;

/// <summary>The corpus, the never-trained texts and the canaries that the audits of these tests are about.</summary>
internal static class AuditScene
{
    public static string[] Once { get; } = [.. Enumerable.Range(0, 30).Select(i => RandomText.Make((ulong)i, 60))];
    public static string[] Often { get; } = [.. Enumerable.Range(100, 10).Select(i => RandomText.Make((ulong)i, 60))];
    public static string[] Corpus { get; } = [.. Once, .. Often.SelectMany(t => Enumerable.Repeat(t, 8))];
    public static string[] Never { get; } = [.. Enumerable.Range(200, 20).Select(i => RandomText.Make((ulong)i, 60))];

    public static AuditConfig PlainConfig()
    {
        using var audit = new SmallAudit(["a document that is long enough to be indexed by itself"]);
        return audit.Config;
    }

    public static IReadOnlyList<Document> HeldOut(IEnumerable<string> texts) => [.. texts.Select((t, i) => SmallAudit.Document($"held-{i}", t))];

    public static CanaryList SomeCanaries() => new([
        .. Enumerable.Range(300, 12).Select(i => new Canary($"c{i}", 0, RandomText.Make((ulong)i, 40))),
        .. Often.Select((t, i) => new Canary($"p{i}", 8, t)),
    ]);

    public static (int Hits, int Trials) HitsOf(AuditReport report, string name, string stratum)
    {
        Rate rate = report.Rates.Single(r => r.Name == name && r.Base == "attempts" && r.Stratum?.Duplicates == stratum);
        return (rate.Hits, rate.Trials);
    }

    public static (int Hits, int Trials) HitsOf(IEnumerable<Rate> rates, string name, string nullName)
    {
        Rate rate = rates.Single(r => r.Name == name && r.Null == nullName && r.Stratum is null);
        return (rate.Hits, rate.Trials);
    }

    public static string Comparable(AuditReport report) => JsonSerializer.Serialize(report with
    {
        Run = report.Run with { Id = "", Started = "", Finished = "" },
        Cost = report.Cost with { Seconds = 0 },
    });

    public static string Normalize(string text) =>
        Encoding.UTF8.GetString(TextNormalizer.For("text").NormalizeWithMap(Encoding.UTF8.GetBytes(text)).Bytes.Span).Trim();
}
