using System.Security.Cryptography;
using System.Text;
using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments.Documents;

namespace Recite.Indexing.Segments;

/// <summary>
/// Writes one segment: text and tables stream to disk batch by batch, postings stay in memory (8 bytes each) until
/// <see cref="Finish"/> sorts them. Nothing is visible under a segment's name before that.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly string _directory;
    private readonly SamplingPlan _sampling;
    private readonly Dictionary<PartKind, PartWriter> _parts = [];
    private readonly PostingsWriter _postings = new();
    private readonly DocumentTables _tables = new();
    private readonly string _temporaryName;
    private long _blocks;

    public SegmentWriter(string directory, int ordinal, SegmentPlan plan)
    {
        (_directory, _sampling, _temporaryName) = (directory, plan.Sampling, $"{PartNames.TemporaryPrefix}{ordinal}");
        foreach (PartKind kind in (ReadOnlySpan<PartKind>)[PartKind.Text, PartKind.Blocks, PartKind.Documents, PartKind.Names, PartKind.Keys, PartKind.Copies])
            _parts.Add(kind, Create(kind));
        if (plan.Store == TextStore.Raw)
            _parts.Add(PartKind.Normalized, Create(PartKind.Normalized));
    }

    public long Documents => _tables.Documents;

    public long OriginalBytes { get; private set; }

    public long NormalizedBytes { get; private set; }

    public void Add(SegmentBatch batch)
    {
        long textStart = _parts[PartKind.Text].PayloadBytes;
        long nameStart = _parts[PartKind.Names].PayloadBytes;
        _parts[PartKind.Text].Write(batch.StoredText);
        _parts[PartKind.Names].Write(batch.Names);
        if (_parts.TryGetValue(PartKind.Normalized, out PartWriter? normalized))
            normalized.Write(batch.Normalized.Span);

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

        _postings.Add(batch.Records, NormalizedBytes / _sampling.Stride);
        _tables.Add(batch);
        _blocks += batch.Blocks.Count;
        OriginalBytes += batch.OriginalBytes;
        NormalizedBytes += batch.NormalizedBytes;
    }

    /// <summary>Sorts the postings, closes every part and gives the files their final, content-derived name.</summary>
    public ManifestSegment Finish()
    {
        long postings = _postings.Count;
        byte[] payload = _postings.Build(NormalizedBytes / _sampling.Stride, out PostingsLayout layout);
        using (PartWriter part = Create(PartKind.Postings))
        {
            part.Write(payload);
            List<ManifestPart> parts = [.. FinishTables(), part.Finish(layout.Count, layout.BucketBits, layout.SlotBits)];
            string name = Name(parts);
            foreach (PartWriter writer in _parts.Values.Append(part))
            {
                writer.Dispose();
                File.Move(writer.TemporaryPath, Path.Combine(_directory, PartNames.FileName(name, PartNames.Of(writer.Kind))), overwrite: true);
            }

            return new ManifestSegment(name, Documents, _tables.Copies, _tables.Bytes, OriginalBytes, NormalizedBytes, postings, parts);
        }
    }

    public void Dispose()
    {
        foreach (PartWriter part in _parts.Values)
            part.Dispose();
    }

    private static string Name(List<ManifestPart> parts)
    {
        string digests = string.Join('\n', parts.Select(part => part.Sha256));
        return "s-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(digests)))[..16];
    }

    private IEnumerable<ManifestPart> FinishTables() => _parts.Values.Select(part => part.Kind switch
    {
        PartKind.Blocks => part.Finish(_blocks),
        PartKind.Documents => part.Finish(Documents),
        PartKind.Keys => _tables.WriteKeys(part),
        PartKind.Copies => _tables.WriteCopies(part),
        _ => part.Finish(part.PayloadBytes),
    });

    private PartWriter Create(PartKind kind) =>
        new(Path.Combine(_directory, PartNames.FileName(_temporaryName, PartNames.Of(kind))), kind);
}
