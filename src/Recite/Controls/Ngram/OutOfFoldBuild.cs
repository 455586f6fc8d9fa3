using System.Text;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Controls.Ngram;

/// <summary>Makes an <see cref="OutOfFoldNgram"/>: draws documents, finds who shares text with whom, deals out folds, counts.</summary>
internal sealed class OutOfFoldBuild(CorpusIndex index, Matcher matcher, ITokenizer? tokenizer, NgramOptions options)
{
    public OutOfFoldNgram Run(CancellationToken cancellationToken)
    {
        ScratchFolder? folder = null;
        INgramUnits? units = null;
        try
        {
            folder = ScratchFolder.Create("recite-ngram-");
            List<string> notes = [];
            var clusters = new DuplicateClusters(index, matcher);
            List<long> counted = FindClusters(Draw(notes), clusters, notes, cancellationToken);
            FoldPlan folds = Deal(counted, clusters.Union);
            units = UnitsFor(folds.Count, folder.Path);
            NgramModel model = Count(counted, clusters.Union, folds, units, folder.Path, cancellationToken);
            return new OutOfFoldNgram(model, units, clusters.Union, folds, folder, notes);
        }
        catch (Exception e)
        {
            units?.Dispose();
            folder?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw new ReciteException($"The n-gram null cannot write to the temporary folder '{Path.GetTempPath()}': {e.Message.TrimEnd('.')}. Free some space or name another folder with TMPDIR.", e);
            throw;
        }
    }

    // The index of a damaged disk may say anything of lengths; what is read is bounded here.
    private byte[] Read(long document)
    {
        long bytes = Math.Min(index.GetDocument(document).Bytes, options.MostDocumentBytes);
        byte[] text = index.ReadText(document, 0, (int)bytes);
        int end = text.Length;
        while (bytes == options.MostDocumentBytes && end > 0 && (text[end - 1] & 0xC0) == 0x80)
            end--;
        bool isCut = end > 0 && text[end - 1] >= 0xC0;
        return text[..(isCut ? end - 1 : text.Length)];
    }

    private List<long> Draw(List<string> notes)
    {
        long documents = index.DocumentCount;
        if (index.Manifest.Bytes <= options.MostBytes)
            return [.. Sequence(documents)];

        // Every document is equally likely, however long; drawing goes on until the next one would not fit.
        int most = (int)Math.Min(documents, int.MaxValue / 4);
        List<long> order = [.. SeededRandom.For(options.Seed, "n-gram documents").Draw(documents, Math.Min(most, 1 << 22))];
        SeededRandom.For(options.Seed, "n-gram order").Shuffle(order);
        long bytes = 0;
        List<long> drawn = [.. order.TakeWhile(d => (bytes += Math.Min(index.GetDocument(d).Bytes, options.MostDocumentBytes)) <= options.MostBytes)];
        drawn.Sort();
        notes.Add(FormattableString.Invariant($"The n-gram null counted {drawn.Count} of {documents} documents, drawn at random up to {options.MostBytes >> 20} MiB of text."));
        return drawn;
    }

    private static IEnumerable<long> Sequence(long count)
    {
        for (long i = 0; i < count; i++)
            yield return i;
    }

    private List<long> FindClusters(List<long> documents, DuplicateClusters clusters, List<string> notes, CancellationToken cancellationToken)
    {
        List<long> counted = [];
        int unclear = 0;
        foreach (long document in documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (clusters.TryAdd(document, Read(document), cancellationToken))
                counted.Add(document);
            else
                unclear++;
        }

        if (unclear > 0)
            notes.Add($"Not counted by the n-gram null, because they share text with too many others to find them all: {Counted.Of(unclear, "document")}.");
        return counted;
    }

    private FoldPlan Deal(List<long> counted, ClusterUnion clusters)
    {
        var sizes = new Dictionary<long, long>();
        foreach (long document in counted)
        {
            long root = clusters.RootOf(document);
            sizes[root] = sizes.GetValueOrDefault(root) + index.GetDocument(document).Bytes;
        }

        return new FoldPlan(sizes, options.Seed);
    }

    private INgramUnits UnitsFor(int folds, string folder) => tokenizer?.VocabularySize is { } size
        ? new TokenUnits(tokenizer, size)
        : new WordUnits(index.Normalizer, folds, folder, options.MemoryBytes);

    private NgramModel Count(List<long> counted, ClusterUnion clusters, FoldPlan folds, INgramUnits units, string folder, CancellationToken cancellationToken)
    {
        var builder = new NgramModelBuilder(options.Order, folds.Count, folder, options.MemoryBytes);
        foreach (long document in counted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int fold = folds.FoldOf(clusters.RootOf(document));
            builder.Add(units.Learn(Encoding.UTF8.GetString(Read(document)), fold), fold);
        }

        units.Seal(cancellationToken);
        return builder.Build(cancellationToken);
    }
}
