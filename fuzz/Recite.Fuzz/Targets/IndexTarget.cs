using System.Text;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Indexing.Duplicates;
using Recite.Indexing.Matching;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Segments;

namespace Recite.Fuzz.Targets;

/// <summary>
/// Opens, asks and verifies an index of which one file is not what was written. The first byte chooses the index (raw or compressed
/// text), the second the kind of file; the third says whether the rest is the whole file, or changes to it: three bytes of place, one of value.
/// Lengths in the manifest, its digest and the header's checksum are made right again, so that what lies behind them is reached.
/// </summary>
internal sealed class IndexTarget : IFuzzTarget
{
    private const int MostDocuments = 16;
    private const int ChangeBytes = 4;

    // Near matches of the text of equal rows are as many as there are pairs of rows: thousands of runs a minute are worth more.
    private const int MostNearBytes = 1000;

    private static readonly MatchOptions Exact = new();
    private static readonly MatchOptions Near = Exact with { Near = new NearTolerance(100) };

    private readonly Lazy<DamagedIndex[]> _indexes = new(() => [DamagedIndex.Make(TextStore.Zstd), DamagedIndex.Make(TextStore.Raw)]);

    public string Name => "index";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < 3)
            return;
        DamagedIndex index = _indexes.Value[input[0] % 2];
        if (index.FileAt(input[1] % DamagedIndex.FileCount) is not { } file)
            return;
        byte[] content = input[2] % 2 == 0 ? input[3..].ToArray() : Change(index.Original(file), input[3..]);
        index.Damage(file, content);
        try
        {
            Use(index.Path);
        }
        catch (ReciteException e)
        {
            Require.That(e.Message.Length > 0 && !e.Message.Contains('\n', StringComparison.Ordinal), "an error is not one line");
        }
        finally
        {
            index.Repair(file);
        }
    }

    public IEnumerable<(string Name, byte[] Input)> Seeds()
    {
        for (byte store = 0; store < 2; store++)
        {
            DamagedIndex index = _indexes.Value[store];
            for (byte place = 0; place < DamagedIndex.FileCount; place++)
            {
                if (index.FileAt(place) is not { } file)
                    continue;
                string name = $"{store}-{Path.GetExtension(file).TrimStart('.')}";
                yield return ($"{name}-whole", [store, place, 0, .. index.Original(file)]);
                yield return ($"{name}-changed", [store, place, 1, 64, 0, 0, 255, 16, 0, 0, 255, 24, 0, 0, 127]);
            }
        }
    }

    private static byte[] Change(byte[] content, ReadOnlySpan<byte> changes)
    {
        for (; changes.Length >= ChangeBytes && content.Length > 0; changes = changes[ChangeBytes..])
            content[(changes[0] | (changes[1] << 8) | (changes[2] << 16)) % content.Length] = changes[3];
        return content;
    }

    private static void Use(string path)
    {
        _ = CorpusVerifier.Verify(path, CancellationToken.None);
        using CorpusIndex index = CorpusIndex.Open(path);
        var matcher = new Matcher(index);
        foreach (string query in DamagedIndex.Texts)
        {
            MatchResult result = matcher.Match(index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(query)), query.Length > MostNearBytes ? Exact : Near, CancellationToken.None);
            Require.That(result.Matches.All(match => match.Start >= 0 && match.End <= result.Bytes && match.Start <= match.End), "a match lies outside of its input");
        }

        for (long number = 0; number < Math.Min(index.DocumentCount, MostDocuments); number++)
        {
            DocumentEntry document = index.GetDocument(number);
            _ = index.ReadText(number, 0, (int)Math.Min(document.Bytes, 100));
        }

        Require.That(DuplicateFinder.FindExact(index, CancellationToken.None).All(cluster => cluster.Documents > 1), "a document is a duplicate of nothing");
    }
}
