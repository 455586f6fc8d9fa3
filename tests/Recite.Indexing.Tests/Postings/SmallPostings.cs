using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
using Recite.Testing.Files;

namespace Recite.Indexing.Tests.Postings;

/// <summary>The posting parts of made-up hashes, one for each slot.</summary>
internal sealed class SmallPostings : IDisposable
{
    private const int RecordsPerBatch = 700;

    private static readonly PartKind[] Kinds = [PartKind.Directory, PartKind.Prints, PartKind.Slots, PartKind.Heavy];

    private readonly TemporaryFolder _folder = new();
    private readonly List<MappedPart> _open = [];
    private IReadOnlyList<ManifestPart> _parts = [];

    /// <summary>What the manifest says of the bytes of all parts.</summary>
    public string Digests => string.Join(' ', _parts.Select(part => part.Digest));

    /// <summary>Hash number i stands at slot i; the text around them is all gaps, so heavy lists keep the order of slots.</summary>
    public static SmallPostings Write(ulong[] hashes, int threads, long budgetBytes)
    {
        var postings = new SmallPostings();
        using var store = new RecordStore(budgetBytes, postings._folder.At("spill"));
        foreach (int first in Enumerable.Range(0, (hashes.Length + RecordsPerBatch - 1) / RecordsPerBatch).Select(i => i * RecordsPerBatch))
        {
            var batch = new GramRecords();
            batch.Take(hashes.AsSpan(first, Math.Min(RecordsPerBatch, hashes.Length - first)));
            store.Add(batch, first);
        }

        postings.Write(store, SamplingPlan.For(64), hashes.Length, default, threads);
        return postings;
    }

    public PostingsReader Open(bool scalar)
    {
        MappedPart[] parts = [.. Kinds.Zip(_parts, (kind, part) => MappedPart.Open(_folder.At($"{kind}"), kind, part.Bytes))];
        _open.AddRange(parts);
        return new PostingsReader(parts[0], parts[1], parts[2], parts[3], scalar);
    }

    public void Dispose()
    {
        foreach (MappedPart part in _open)
            part.Dispose();
        _folder.Dispose();
    }

    private void Write(RecordStore store, SamplingPlan sampling, long slots, NormalizedBytes text, int threads)
    {
        List<PartWriter> writers = [];
        _parts = new PostingsWriter(sampling, kind =>
        {
            writers.Add(new PartWriter(_folder.At($"{kind}"), kind));
            return writers[^1];
        }).Write(store, slots, text, threads);
        foreach (PartWriter writer in writers)
            writer.Dispose();
    }
}
