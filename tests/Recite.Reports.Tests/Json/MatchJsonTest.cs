using System.Text.Json.Nodes;
using Recite.Evidence;
using Recite.Reports.Json;
using Recite.Testing;

namespace Recite.Reports.Tests.Json;

public sealed class MatchJsonTest
{
    private static readonly MatchReport Sample = new(
        new MatchCorpus("corpus.rix", "sha256:00ff", 214, 482_771),
        new MatchRules("text", new MatchLength(150, "characters"), new MatchLength(64, "normalized bytes")),
        [
            new MatchInput("essay.txt", "utf-8", 1_420, 251, 0.131474, new LongestMatch(33, 187),
            [
                new FindingMatch(120, 309, 33, 187, "verbatim", 0, 64, true, false, [new FindingSource("keeper/logbook-07.txt", "logbook-07.txt", 1_204, 1_393, 33)]),
            ]),
            new MatchInput("-", "latin-1", 0, 0, 0, new LongestMatch(0, 0), []),
        ]);

    [Fact]
    public async Task The_sample_is_as_it_was_reviewed() => Golden.Matches("match.json", await WriteAsync(Sample));

    [Fact]
    public async Task Every_field_of_the_contract_is_there_in_its_order()
    {
        JsonObject json = JsonNode.Parse(await WriteAsync(Sample))!.AsObject();
        Assert.Equal(["schema", "corpus", "rules", "inputs"], Names(json));
        Assert.Equal(["path", "manifest", "documents", "bytes"], Names(json["corpus"]));
        Assert.Equal(["normalization", "minimumMatch", "guaranteed"], Names(json["rules"]));
        Assert.Equal(["value", "unit"], Names(json["rules"]!["guaranteed"]));
        Assert.Equal(["name", "encoding", "bytes", "words", "coverage", "longest", "matches"], Names(json["inputs"]![0]));
        Assert.Equal(["words", "characters"], Names(json["inputs"]![0]!["longest"]));
        JsonNode match = json["inputs"]![0]!["matches"]![0]!;
        Assert.Equal(["start", "end", "words", "characters", "kind", "edits", "occurrences", "occurrencesAreExact", "boilerplate", "sources"], Names(match));
        Assert.Equal(["document", "uri", "start", "end", "words"], Names(match["sources"]![0]));
    }

    [Fact]
    public async Task Coverage_that_is_not_a_number_is_a_bug_and_never_written()
    {
        MatchReport broken = Sample with { Inputs = [Sample.Inputs[0] with { Coverage = double.NaN }] };
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(broken));
    }

    private static IEnumerable<string> Names(JsonNode? node) => node!.AsObject().Select(p => p.Key);

    private static async Task<byte[]> WriteAsync(MatchReport report)
    {
        using var output = new MemoryStream();
        await MatchJson.WriteAsync(report, output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }
}
