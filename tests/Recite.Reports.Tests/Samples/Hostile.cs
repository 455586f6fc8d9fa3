using Recite.Evidence;
using Recite.Reporting;

namespace Recite.Reports.Tests.Samples;

/// <summary>Text that wants to be something else, in every place that takes text from outside.</summary>
internal static class Hostile
{
    public const string Script = "</style></title><script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)>";
    public const string Invisible = "a\u202Egnp.exe\u202C b\u200Bc\u0000\u001B[31m\u2028\uFEFF\uDC00 \uD83D end\u007F\u0085";

    public static AuditReport Report()
    {
        string nasty = Script + Invisible + "\"'&]]>--><!--";
        AuditReport sample = SampleReport.Create();
        return sample with
        {
            Run = new RunSummary(nasty, nasty, nasty, ulong.MaxValue, nasty, Complete: false),
            Target = new TargetSummary(nasty, nasty, nasty),
            Corpus = new CorpusSummary(nasty, nasty, long.MaxValue, long.MaxValue),
            Rates = [.. sample.Rates.Select(r => r with { Name = nasty, Probe = nasty, Unit = nasty, Method = nasty, Population = nasty, Offset = nasty, Stratum = r.Stratum is null ? null : new Stratum(r.Stratum.Duplicates + nasty) })],
            Controls = [.. sample.Controls.Select(r => r with { Name = nasty, Null = nasty, Probe = nasty, Unit = nasty, Method = nasty, Population = nasty, Offset = nasty })],
            ControlsNotRun = [new ControlNotRun(nasty, nasty)],
            Curves = [new Curve(nasty, nasty, nasty, nasty, [new CurvePoint(1, 1, 0, 2)])],
            Estimates =
            [
                new() { ["name"] = nasty, ["probe"] = nasty, ["scheme"] = nasty, ["duplicates"] = nasty, ["method"] = nasty, ["null"] = nasty, ["value"] = 1, ["unit"] = nasty, [nasty] = 2 },
                new() { ["name"] = 7, ["probe"] = new System.Text.Json.Nodes.JsonArray(), ["rate"] = nasty, ["strata"] = nasty, ["refused"] = nasty },
            ],
            Duplicates = [new DuplicateStratum(nasty, 3, 4)],
            Dispositions = new Dictionary<string, int>(StringComparer.Ordinal) { [nasty] = 3 },
            Gates = [new GateResult(nasty, nasty, 1, 0, 2)],
            Notes = [nasty],
            Reproduce = new Reproduction(nasty, new() { [nasty] = nasty }),
            Findings = [Finding(nasty)],
        };
    }

    public static Finding Finding(string nasty)
    {
        Finding plain = SampleFindings.All[0];
        return plain with
        {
            Id = nasty,
            Probe = nasty,
            Attempt = nasty,
            Prompt = nasty,
            Completion = nasty,
            Kind = nasty,
            Match = plain.Match with { Kind = nasty, Sources = [new FindingSource(nasty, nasty, 0, 1, 1), new FindingSource(nasty, "javascript:alert(1)", 0, 1, 1)] },
            Probability = new Probability(-1, nasty),
            Chance = new Chance(-1, nasty),
            PersonalData = [],
            Duplicates = nasty,
            Evidence = new EvidencePanes(
                new EvidencePane(nasty, nasty, nasty, [new EvidenceMark(1, -5, 10), new EvidenceMark(1, 5, int.MaxValue), new EvidenceMark(-2, 7, 3)]),
                new EvidencePane(nasty, nasty, nasty, [new EvidenceMark(2, 3, 4)])),
        };
    }
}
