using System.Runtime.InteropServices;
using Recite.Indexing.Corpora;
using Recite.Indexing.Duplicates.Internals;

namespace Recite.Indexing.Duplicates;

/// <summary>
/// Goes through the texts from the one with most distinct word 5-grams to the one with fewest; a text is superfluous when a text that stays
/// has at least the threshold of its grams. All pairs that qualify are found, none is guessed: a text that shares n of m grams with another
/// shares at least one of any m - n + 1 of them (the prefix filter of Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007), and
/// only its m - n + 1 rarest are looked up, so that boilerplate gives no candidates. In memory are about 30 bytes for each text and one
/// temporary file at a time; the grams of the corpus, 12 bytes each, are in the files.
/// </summary>
internal sealed class NearTextSearch(CorpusIndex index, LiveTexts texts, NearDuplicateOptions options)
{
    private const int MostFiles = 512;

    // One file's records lie in memory beside their hashes and ranks, and what the files before it left is not collected at once.
    private const int PartsOfMemory = 8;

    // A word and what follows it, in bytes: what the number of grams is guessed from before they are counted.
    private const int BytesPerWord = 5;

    private readonly int[] _gramCounts = new int[texts.Count];

    public NearTexts Run(CancellationToken cancellationToken)
    {
        DirectoryInfo? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("recite-duplicates-");
            using var grams = new SpillFiles<GramRecord>(folder.FullName, "grams", FilesFor(index.Manifest.Bytes / BytesPerWord * Marshal.SizeOf<GramRecord>()));
            SpillGrams(grams, cancellationToken);
            int[] order = OrderBySize();
            int[] gramCounts = Array.ConvertAll(order, text => _gramCounts[text]);
            using var shared = new SharedGramFiles(folder.FullName, FilesFor(gramCounts.Sum(count => (long)count) * Marshal.SizeOf<SharedGram>()), gramCounts);
            Share(grams, order, shared, cancellationToken);
            return Judge(shared, order, gramCounts, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"Near duplicates cannot be found, because the temporary folder '{Path.GetTempPath()}' cannot be written: {e.Message.TrimEnd('.')}. Free some space or name another folder with TMPDIR.", e);
        }
        finally
        {
            folder?.Delete(recursive: true);
        }
    }

    private int FilesFor(long bytes) => options.ForcedPartitions ?? (int)Math.Clamp(bytes / Math.Max(1, options.MemoryBytes / PartsOfMemory) + 1, 1, MostFiles);

    private void SpillGrams(SpillFiles<GramRecord> files, CancellationToken cancellationToken)
    {
        ParallelQuery<(int Text, ulong[] Grams)> all = Enumerable.Range(0, texts.Count).AsParallel().WithCancellation(cancellationToken)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(text => (text, WordGrams.Of(index.Normalizer, texts.Read(text))));
        foreach ((int text, ulong[] grams) in all)
        {
            _gramCounts[text] = grams.Length;
            foreach (ulong gram in grams)
                files.Add((int)Math.BigMul(gram, (ulong)files.Count, out _), new GramRecord(gram, text));
        }
    }

    // Rank 0 has most grams; equal ones in the order of their first documents.
    private int[] OrderBySize()
    {
        int[] order = [.. Enumerable.Range(0, texts.Count)];
        int[] keys = Array.ConvertAll(_gramCounts, count => -count);
        Array.Sort(keys, order);
        for (int first = 0; first < keys.Length;)
        {
            int end = first + 1;
            while (end < keys.Length && keys[end] == keys[first])
                end++;
            Array.Sort(order, first, end - first);
            first = end;
        }

        return order;
    }

    private static void Share(SpillFiles<GramRecord> grams, int[] order, SharedGramFiles shared, CancellationToken cancellationToken)
    {
        var rankOf = new int[order.Length];
        for (int rank = 0; rank < order.Length; rank++)
            rankOf[order[rank]] = rank;
        for (int file = 0; file < grams.Count; file++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            GramRecord[] records = grams.Take(file);
            ulong[] hashes = Array.ConvertAll(records, record => record.Hash);
            int[] ranks = Array.ConvertAll(records, record => rankOf[record.Text]);
            Array.Sort(hashes, ranks);
            for (int first = 0; first < hashes.Length;)
            {
                int end = first + 1;
                while (end < hashes.Length && hashes[end] == hashes[first])
                    end++;
                if (end - first > 1)
                {
                    Array.Sort(ranks, first, end - first);
                    shared.Add(ranks.AsSpan(first, end - first));
                }

                first = end;
            }
        }
    }

    private NearTexts Judge(SharedGramFiles shared, int[] order, int[] gramCounts, CancellationToken cancellationToken)
    {
        var near = new NearTexts(order.Length);
        var judge = new NearTextJudge(shared.Lists, gramCounts, options);
        foreach (ArraySegment<SharedGram> grams in shared.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rank = grams[0].Rank;
            if (judge.Judge(grams) is { } because)
                near.Drop(order[rank], order[because.Rank], (double)because.Shared / gramCounts[rank]);
        }

        return near;
    }
}
