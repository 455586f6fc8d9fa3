using System.Globalization;
using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Segments;
using Recite.Indexing.Tests.Life;
using Recite.Testing;

namespace Recite.Indexing.Tests.Corpora;

/// <summary>
/// Format version 1 is frozen: tiny indexes that were committed once, of texts of our own, with copies across segments and a removed document, are
/// read by this program as they were meant, and written by it byte for byte the same. <c>UPDATE_GOLDEN=1</c> makes them anew, which after a release
/// only a new format version may ask for.
/// </summary>
public sealed class FrozenFormatTest
{
    private const string Light = "The keeper of the small harbour light wrote down every ship that passed, and the colour of its sails.";
    private const string Winter = "Every winter the road along the coast was closed for a month, and nobody wrote anything down but the keeper.";

    private static readonly string[] s_built = [Light, Winter + " – „Ünïcödé“, ﬁnally, and 漢字.", Light, "", string.Join(' ', Enumerable.Range(0, 120).Select(i => Winter))];
    private static readonly string[] s_added = ["A letter to the keeper. " + Light, Winter + " – „Ünïcödé“, ﬁnally, and 漢字.", Light];

    [Theory]
    [InlineData(TextStore.Zstd, "zstd")]
    [InlineData(TextStore.Raw, "raw")]
    public void An_index_that_was_written_once_is_read_as_it_was_meant(TextStore store, string name)
    {
        string golden = Repository.At($"tests/Recite.Indexing.Tests/Corpora/Golden/index-v1/{name}.rix");
        using LivingCorpus today = Write(store);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            Replace(golden, today);

        Assert.Empty(CorpusVerifier.Verify(golden, TestContext.Current.CancellationToken));
        using CorpusIndex index = CorpusIndex.Open(golden);
        Assert.Equal((7, 2, 1), (index.Manifest.Documents, index.Manifest.Copies, index.Manifest.Removed));
        Golden.Matches($"index-v1/{name}.txt", Describe(index));

        // The documents are those that are asked for, not only those that were found.
        Assert.Equal(today.Expected.Select(document => document.Text), Enumerable.Range(0, (int)index.DocumentCount).Select(number => ReadText(index, number)));
    }

    // Another release of the compressor may write other frames; raw text leaves nothing to choose.
    [Fact]
    public void What_is_written_today_is_byte_for_byte_what_was_written_once()
    {
        string golden = Repository.At("tests/Recite.Indexing.Tests/Corpora/Golden/index-v1/raw.rix");
        using LivingCorpus today = Write(TextStore.Raw);
        Assert.Equal(today.Files(), Directory.EnumerateFiles(golden, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(golden, file)).Order(StringComparer.Ordinal));
        Assert.All(today.Files(), file => Assert.Equal(File.ReadAllBytes(Path.Combine(golden, file)), File.ReadAllBytes(Path.Combine(today.Path, file))));
    }

    private static LivingCorpus Write(TextStore store)
    {
        var corpus = new LivingCorpus(SmallCorpus.Options(32, store));
        corpus.Build(s_built);
        corpus.Add(s_added);
        corpus.Remove("d0");
        return corpus;
    }

    private static void Replace(string golden, LivingCorpus corpus)
    {
        if (Directory.Exists(golden))
            Directory.Delete(golden, recursive: true);
        foreach (string file in corpus.Files())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(golden, file))!);
            File.Copy(Path.Combine(corpus.Path, file), Path.Combine(golden, file));
        }
    }

    private static string Describe(CorpusIndex index)
    {
        var text = new StringBuilder();
        for (long number = 0; number < index.DocumentCount; number++)
        {
            DocumentEntry entry = index.GetDocument(number);
            text.Append(CultureInfo.InvariantCulture, $"{entry.Number} {entry.Id} {entry.Uri} {entry.Bytes}{(entry.IsCopy ? " copy" : "")}\n");
        }

        foreach (string query in (string[])[Light, Winter, "the colour of its sails, every winter the road along the coast was closed"])
        {
            MatchResult result = new Matcher(index).Match(index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(query)), new MatchOptions { MaxSources = 12 }, TestContext.Current.CancellationToken);
            text.Append('\n').Append(query).Append('\n');
            foreach (ReportedMatch match in result.Matches)
                text.Append(CultureInfo.InvariantCulture, $"{match.Start}-{match.End} x{match.Occurrences} {string.Join(' ', match.Sources.Select(source => $"{source.Id}:{source.Start}-{source.End}"))}\n");
        }

        return text.ToString();
    }

    private static string ReadText(CorpusIndex index, long number) => Encoding.UTF8.GetString(index.ReadText(number, 0, (int)index.GetDocument(number).Bytes));
}
