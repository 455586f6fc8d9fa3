using System.Text;
using System.Text.Json;
using Recite.Testing;
using Recite.Testing.Files;
using Recite.Testing.Matching;

namespace Recite.EndToEnd.Matching;

/// <summary>
/// <c>recite match --json</c> on a real corpus equals an oracle that scans every byte: no miss at or above the guarantee, nothing
/// false, every count and every offset right.
/// </summary>
public sealed class MatchAcceptanceTest
{
    private const int Guarantee = 64;
    private const int Excerpted = 1000;
    private const int Sources = 100;

    [Fact]
    public Task Equals_the_oracle_on_5_MB_of_real_text() => CheckAsync("5M");

    [Fact]
    [Trait("Category", "Long")]
    public Task Equals_the_oracle_on_300_MB_of_real_text() => CheckAsync("300M");

    private static async Task CheckAsync(string size)
    {
        RealCorpus corpus = RealCorpus.Fetch(size);
        using var folder = new TemporaryFolder();
        string index = folder.At("corpus.rix");
        ReciteResult built = await ReciteProcess.RunAsync(Repository.Root, ["index", "build", corpus.Path, "-o", index, "--guarantee", $"{Guarantee}"]);
        Assert.True(built.ExitCode == 0, built.Error);
        Assert.Equal(0, (await ReciteProcess.RunAsync(Repository.Root, ["index", "verify", index])).ExitCode);

        string[] queries = [.. MakeQueries(corpus)];
        JsonElement[] inputs = await MatchAsync(folder, index, queries);
        var oracle = new ScanOracle(corpus.Normalize(), Guarantee);
        IReadOnlyList<IReadOnlyList<ScannedMatch>> expected = oracle.Match([.. queries.Select(query => RealCorpus.Normalize(query))]);

        Assert.True(expected.Take(Excerpted).Count(matches => matches.Count > 0) > Excerpted * 9 / 10, "the excerpts are too short to prove anything");
        var texts = new CorpusTexts(corpus);
        for (int i = 0; i < queries.Length; i++)
            Compare(queries[i], expected[i], inputs[i], texts);
    }

    private static IEnumerable<string> MakeQueries(RealCorpus corpus)
    {
        var random = new Random(20_231_128);
        string[] long_ = [.. corpus.Documents.Select(document => document.Text).Where(text => text.Length > 1000)];
        return Enumerable.Range(0, 2 * Excerpted).Select(i =>
        {
            string text = long_[random.Next(long_.Length)];
            return i < Excerpted ? Excerpts.Mutated(text, random) : Excerpts.Shuffled(text, random);
        });
    }

    private static async Task<JsonElement[]> MatchAsync(TemporaryFolder folder, string index, string[] queries)
    {
        string[] files = [.. queries.Select((query, i) =>
        {
            string file = folder.At($"{i:D4}.txt");
            File.WriteAllText(file, query, new UTF8Encoding(false));
            return file;
        })];
        ReciteResult matched = await ReciteProcess.RunAsync(Repository.Root, ["match", .. files, "-c", index, "--json", "--max-sources", $"{Sources}"]);
        Assert.True(matched.ExitCode == 0, matched.Error);
        JsonElement[] inputs = [.. JsonDocument.Parse(matched.Output).RootElement.GetProperty("inputs").EnumerateArray()];
        Assert.Equal(queries.Length, inputs.Length);
        return inputs;
    }

    private static void Compare(string query, IReadOnlyList<ScannedMatch> expected, JsonElement input, CorpusTexts texts)
    {
        byte[] original = Encoding.UTF8.GetBytes(query);
        byte[] normalized = RealCorpus.Normalize(query);
        JsonElement[] matches = [.. input.GetProperty("matches").EnumerateArray()];
        Assert.Equal(expected.Select(match => Show(normalized[match.Start..match.End])), matches.Select(match => Show(Slice(original, match))));
        foreach ((ScannedMatch wanted, JsonElement match) in expected.Zip(matches))
        {
            string wantedText = Show(normalized[wanted.Start..wanted.End]);
            JsonElement[] sources = [.. match.GetProperty("sources").EnumerateArray()];
            Assert.All(sources, source => Assert.Contains(wantedText, Show(texts.Slice(source)), StringComparison.Ordinal));
            if (match.GetProperty("occurrencesAreExact").GetBoolean())
            {
                Assert.Equal(wanted.Places.Count, match.GetProperty("occurrences").GetInt32());
                Assert.Equal(wanted.Places.Take(Sources).Select(place => texts.Id(place.Document)), sources.Select(source => source.GetProperty("document").GetString()));
            }
            else
            {
                // Only a span that trimming made shorter than the guarantee may have its count left open.
                Assert.True(wanted.End - wanted.Start < Guarantee, $"'{wantedText}' was not counted to its end");
            }
        }
    }

    private static byte[] Slice(byte[] original, JsonElement span) =>
        RealCorpus.Normalize(Encoding.UTF8.GetString(original[span.GetProperty("start").GetInt32()..span.GetProperty("end").GetInt32()]));

    private static string Show(byte[] normalized) => Encoding.UTF8.GetString(normalized).Trim();

    private sealed class CorpusTexts(RealCorpus corpus)
    {
        private readonly Dictionary<string, string> _byId = corpus.Documents.ToDictionary(document => document.Id, document => document.Text);

        public string Id(int document) => corpus.Documents[document].Id;

        public byte[] Slice(JsonElement source) =>
            MatchAcceptanceTest.Slice(Encoding.UTF8.GetBytes(_byId[source.GetProperty("document").GetString()!]), source);
    }
}
