using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Matching;

/// <summary>
/// <c>recite match --per-item --near</c> on real texts: passages of 50 words of which every tenth was changed, each inside words of other
/// documents. The bars are those of row T16 of the selftest, which asks the same of the bundled corpus.
/// </summary>
public sealed partial class NearAcceptanceTest
{
    private const int Passages = 600;
    private const int PassageWords = 50;
    private const int ChangedWords = 5;
    private const int WordsAround = 20;

    [Theory]
    [InlineData(32, 0.99)]
    [InlineData(64, 0.97)]
    public Task Finds_changed_passages_of_5_MB_of_real_text(int guarantee, double bar) => CheckAsync("5M", guarantee, bar);

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
        CutText[] texts =
        [
            .. corpus.Documents.Select(document => new CutText(document.Id, document.Text, [.. Words().Matches(document.Text).Cast<Match>()]))
                .Where(text => text.Words.Count > 4 * PassageWords),
        ];
        Assert.True(texts.Length > 20, "the corpus is too small to prove anything");
        for (int planted = 0; planted < Passages;)
        {
            CutText text = texts[random.Next(texts.Length)];
            Match[] passage = [.. text.Words.Skip(random.Next(text.Words.Count - PassageWords)).Take(PassageWords)];
            string whole = text.Text[passage[0].Index..(passage[^1].Index + passage[^1].Length)];
            if (!Ascii.IsValid(whole))
                continue;
            HashSet<int> changed = [.. Enumerable.Range(0, PassageWords).OrderBy(_ => random.Next()).Take(ChangedWords)];
            string inside = string.Concat(passage.Select((word, i) =>
                (changed.Contains(i) ? AnyWord(texts, random) : word.Value)
                + (i + 1 < passage.Length ? text.Text[(word.Index + word.Length)..passage[i + 1].Index] : "")));
            string before = string.Join(' ', Enumerable.Range(0, WordsAround).Select(_ => AnyWord(texts, random))) + " ";
            string behind = " " + string.Join(' ', Enumerable.Range(0, WordsAround).Select(_ => AnyWord(texts, random)));
            yield return new Planted(text.Id, before + inside + behind, before.Length, before.Length + inside.Length);
            planted++;
        }
    }

    // In ASCII a word is a run of letters and digits, so exactly so many words are changed and characters are bytes.
    private static string AnyWord(CutText[] texts, Random random)
    {
        IReadOnlyList<Match> words = texts[random.Next(texts.Length)].Words;
        return words[random.Next(words.Count)].Value;
    }

    [GeneratedRegex("[A-Za-z0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    private sealed record CutText(string Id, string Text, IReadOnlyList<Match> Words);

    /// <summary>A changed passage inside other words; the span counts UTF-8 bytes.</summary>
    private sealed record Planted(string Document, string Text, int Start, int End);
}
