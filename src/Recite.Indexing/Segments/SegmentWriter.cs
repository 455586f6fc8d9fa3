using System.Security.Cryptography;
using System.Text;
using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments.Documents;

namespace Recite.Indexing.Segments;

/// <summary>
/// Writes one segment: text and tables stream to disk batch by batch; the sampled k-grams wait, in memory or spilled, until
/// <see cref="Finish"/> sorts them. Nothing is visible under a segment's name before that.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly string _directory;
    private readonly SamplingPlan _sampling;
    private readonly Dictionary<PartKind, PartWriter> _parts = [];
    private readonly DocumentTables _tables = new();
    private readonly string _temporaryName;
    private readonly NormalizedScratch? _scratch;
    private RecordStore? _records;
    private long _blocks;

    public SegmentWriter(string directory, int ordinal, SegmentPlan plan)
    {
        (_directory, _sampling, _temporaryName) = (directory, plan.Sampling, $"{PartNames.TemporaryPrefix}{ordinal}");
        foreach (PartKind kind in (ReadOnlySpan<PartKind>)[PartKind.Text, PartKind.Blocks, PartKind.Documents, PartKind.Names, PartKind.Keys, PartKind.Copies])
            _parts.Add(kind, Create(kind));
        if (plan.Store == TextStore.Raw)
            _parts.Add(PartKind.Normalized, Create(PartKind.Normalized));
        else
            _scratch = new NormalizedScratch(TemporaryPath("scratch"));
    }

    /// <summary>Workers that sort; the bytes do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory for k-grams that wait to be sorted; what is beyond it is spilled. The bytes do not depend on it.</summary>
    public long RecordBytes { get; init; } = 256L << 20;

    /// <summary>Memory that the normalized text may take while k-grams are ordered by what stands around them; in all it is on disk.</summary>
    public long MappedBytes { get; init; } = 256L << 20;

    public long Documents => _tables.Documents;

    public long OriginalBytes { get; private set; }

    public long NormalizedBytes { get; private set; }

    public void Add(SegmentBatch batch)
    {
        long textStart = _parts[PartKind.Text].PayloadBytes;
        long nameStart = _parts[PartKind.Names].PayloadBytes;
        _parts[PartKind.Text].Write(batch.StoredText.Span);
        _parts[PartKind.Names].Write(batch.Names.Span);
        if (_parts.TryGetValue(PartKind.Normalized, out PartWriter? normalized))
            normalized.Write(batch.Normalized.Span);
        else
            _scratch?.Write(batch.Normalized.Span);

        Span<byte> row = stackalloc byte[DocumentRow.Bytes];
        foreach (DocumentRow document in batch.Documents)
        {
            (document with
            {
                OriginalStart = document.OriginalStart + OriginalBytes,
                NormalizedStart = document.NormalizedStart + NormalizedBytes,
                NameOffset = document.NameOffset + nameStart,
            }).Write(row);
            _parts[PartKind.Documents].Write(row);
        }

        row = row[..BlockRow.Bytes];
        foreach (BlockRow block in batch.Blocks)
        {
            (block with
            {
                StoredOffset = block.StoredOffset + textStart,
                OriginalStart = block.OriginalStart + OriginalBytes,
                NormalizedStart = block.NormalizedStart + NormalizedBytes,
            }).Write(row);
            _parts[PartKind.Blocks].Write(row);
        }

        _records ??= new RecordStore(RecordBytes, TemporaryPath("spill"));
        _records.Add(batch.Records, NormalizedBytes / _sampling.Stride);
        _tables.Add(batch);
        _blocks += batch.Blocks.Count;
        OriginalBytes += batch.OriginalBytes;
        NormalizedBytes += batch.NormalizedBytes;
    }

    /// <summary>Sorts the postings, closes every part and gives the files their final, content-derived name.</summary>
    public ManifestSegment Finish()
    {
        _records ??= new RecordStore(RecordBytes, TemporaryPath("spill"));
        List<ManifestPart> parts = [.. WritePostings(_records), .. FinishTables()];
        string name = Name(parts);
        foreach (PartWriter writer in _parts.Values)
        {
            writer.Dispose();
            File.Move(writer.TemporaryPath, Path.Combine(_directory, PartNames.FileName(name, PartNames.Of(writer.Kind))), overwrite: true);
        }

        return new ManifestSegment(name, Documents, _tables.Copies, _tables.Bytes, OriginalBytes, NormalizedBytes, _records.Count, parts);
    }

    public void Dispose()
    {
        foreach (PartWriter part in _parts.Values)
            part.Dispose();
        _records?.Dispose();
        _scratch?.Dispose();
    }

    private List<ManifestPart> WritePostings(RecordStore records)
    {
        NormalizedMapping mapping;
        if (_parts.TryGetValue(PartKind.Normalized, out PartWriter? normalized))
        {
            normalized.Flush();
            mapping = new NormalizedMapping(normalized.TemporaryPath, PartHeader.Bytes, NormalizedBytes, MappedBytes);
        }
        else
        {
            _scratch!.Flush();
            mapping = new NormalizedMapping(_scratch.Path, 0, NormalizedBytes, MappedBytes);
        }

        using (mapping)
        {
            var writer = new PostingsWriter(_sampling, CreateTracked);
            return [.. writer.Write(records, NormalizedBytes / _sampling.Stride, mapping.Bytes, Threads)];
        }
    }

    private PartWriter CreateTracked(PartKind kind)
    {
        PartWriter part = Create(kind);
        _parts.Add(kind, part);
        return part;
    }

    private static string Name(List<ManifestPart> parts)
    {
        string digests = string.Join('\n', parts.Select(part => part.Digest));
        return "s-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(digests)))[..16];
    }

    private IEnumerable<ManifestPart> FinishTables() => _parts.Values.Where(part => !part.IsFinished).Select(part => part.Kind switch
    {
        PartKind.Blocks => part.Finish(_blocks),
        PartKind.Documents => part.Finish(Documents),
        PartKind.Keys => _tables.WriteKeys(part),
        PartKind.Copies => _tables.WriteCopies(part),
        _ => part.Finish(part.PayloadBytes),
    });

    private PartWriter Create(PartKind kind) => new(TemporaryPath(PartNames.Of(kind)), kind);

    private string TemporaryPath(string part) => Path.Combine(_directory, PartNames.FileName(_temporaryName, part));
}
