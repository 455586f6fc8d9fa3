using System.Globalization;
using System.Text.Json;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Matching;

/// <summary>
/// <c>recite match --per-item --near</c> on real texts: passages of 50 words of which every tenth was changed, each inside words of other
/// documents. The bars are those of row T16 of the selftest, which asks the same of the bundled corpus.
/// </summary>
public sealed class NearAcceptanceTest
{
    private const int Passages = 1000;
    private const int PassageWords = 50;
    private const int ChangedWords = 5;
    private const int WordsAround = 20;

    [Theory]
    [InlineData(32, 0.99)]
    [InlineData(64, 0.97)]
    public Task Finds_changed_passages_of_5_MB_of_real_text(int guarantee, double bar) => CheckAsync("5M", guarantee, bar);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(32, 0.99)]
    [InlineData(64, 0.97)]
    public Task Finds_changed_passages_of_300_MB_of_real_text(int guarantee, double bar) => CheckAsync("300M", guarantee, bar);

    private static async Task CheckAsync(string size, int guarantee, double bar)
    {
        RealCorpus corpus = RealCorpus.Fetch(size);
        using var folder = new TemporaryFolder();
        string index = folder.At("corpus.rix"), set = folder.At("set.jsonl"), items = folder.At("items.jsonl");
        ReciteResult built = await ReciteProcess.RunAsync(Repository.Root, ["index", "build", corpus.Path, "-o", index, "--guarantee", $"{guarantee}"]);
        Assert.True(built.ExitCode == 0, built.Error);
        Planted[] planted = [.. Plant(corpus)];
        await File.WriteAllLinesAsync(set, planted.Select((passage, i) =>
            JsonSerializer.Serialize(new { id = i.ToString(CultureInfo.InvariantCulture), text = passage.Text })), TestContext.Current.CancellationToken);
        ReciteResult matched = await ReciteProcess.RunAsync(
            Repository.Root, ["match", set, "-c", index, "--per-item", "--near", "10%", "--max-sources", "100", "-o", items, "--quiet"]);
        Assert.True(matched.ExitCode == 0, matched.Error);

        string[] lines = await File.ReadAllLinesAsync(items, TestContext.Current.CancellationToken);
        Assert.Equal(Passages, lines.Length);
        int found = planted.Zip(lines).Count(pair => IsFound(pair.First, JsonDocument.Parse(pair.Second).RootElement.GetProperty("fields")[0].GetProperty("matches")));
        Assert.True(found >= bar * Passages, $"{found} of {Passages} were found at g = {guarantee}");
    }

    // One match must hold half of the passage; where it has more places than are listed, its own may be among the others.
    private static bool IsFound(Planted passage, JsonElement matches) => matches.EnumerateArray().Any(match =>
    {
        int start = Math.Max(passage.Start, match.GetProperty("start").GetInt32()), end = Math.Min(passage.End, match.GetProperty("end").GetInt32());
        JsonElement sources = match.GetProperty("sources");
        bool isThere = sources.EnumerateArray().Any(source => source.GetProperty("document").GetString() == passage.Document)
            || match.GetProperty("occurrences").GetInt64() > sources.GetArrayLength();
        return isThere && end - start >= (passage.End - passage.Start) / 2;
    });

    private static IEnumerable<Planted> Plant(RealCorpus corpus)
    {
        var random = new Random(20_261_123);
        (string Id, string[] Words)[] texts =
        [
            .. corpus.Documents.Select(document => (document.Id, Words: document.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
                .Where(document => document.Words.Length > 4 * PassageWords && document.Words.Average(word => word.Length) is > 3 and < 10),
        ];
        Assert.True(texts.Length > 20, "the corpus is too small to prove anything");
        for (int i = 0; i < Passages; i++)
        {
            (string id, string[] words) = texts[random.Next(texts.Length)];
            string[] passage = [.. words.AsSpan(random.Next(words.Length - PassageWords), PassageWords)];
            foreach (int at in Enumerable.Range(0, PassageWords).OrderBy(_ => random.Next()).Take(ChangedWords))
                passage[at] = AnyWord(texts, random);
            string before = string.Join(' ', Enumerable.Range(0, WordsAround).Select(_ => AnyWord(texts, random))) + " ";
            string behind = " " + string.Join(' ', Enumerable.Range(0, WordsAround).Select(_ => AnyWord(texts, random)));
            string inside = string.Join(' ', passage);
            int start = System.Text.Encoding.UTF8.GetByteCount(before);
            yield return new Planted(id, before + inside + behind, start, start + System.Text.Encoding.UTF8.GetByteCount(inside));
        }
    }

    private static string AnyWord((string Id, string[] Words)[] texts, Random random)
    {
        string[] words = texts[random.Next(texts.Length)].Words;
        return words[random.Next(words.Length)];
    }

    /// <summary>A changed passage inside other words; the span counts UTF-8 bytes.</summary>
    private sealed record Planted(string Document, string Text, int Start, int End);
}
