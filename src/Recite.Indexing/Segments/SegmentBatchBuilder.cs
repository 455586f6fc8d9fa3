using System.Buffers;
using System.Text;
using Recite.Indexing.Postings;
using Recite.Indexing.Segments.Documents;

namespace Recite.Indexing.Segments;

/// <summary>
/// Turns documents into a <see cref="SegmentBatch"/>: the part of a build that runs on every core. One instance serves one
/// worker, batch after batch; what it gives is valid until the next.
/// </summary>
internal sealed class SegmentBatchBuilder(SegmentPlan plan) : IDisposable
{
    private const int CompressionLevel = 3;

    private readonly ZstdSharp.Compressor _compressor = new(CompressionLevel);
    private readonly ArrayBufferWriter<byte> _block = new(SegmentPlan.BlockBytes * 2);
    private readonly List<DocumentRow> _documents = [];
    private readonly List<BlockRow> _blocks = [];
    private readonly GramRecords _records = new();
    private readonly StretchCutter _cutter = new(plan.Normalizer, CheckPoint.MostBytes);
    private readonly ArrayBufferWriter<byte> _points = new();
    private ArrayBufferWriter<byte> _normalized = new();
    private ArrayBufferWriter<byte> _stored = new();
    private ArrayBufferWriter<byte> _names = new();
    private long _original;
    private int _blockNormalizedStart;
    private CheckPoint _lastPoint;

    public SegmentBatch Build(IReadOnlyList<PlacedDocument> documents)
    {
        Reset();
        foreach (PlacedDocument document in documents)
            Append(document);
        CloseBlock();
        int stride = plan.Sampling.Stride;
        AppendGaps(((_normalized.WrittenCount + stride - 1) / stride * stride) - _normalized.WrittenCount);

        _records.Sample(_normalized.WrittenSpan, plan.Sampling);
        return new SegmentBatch
        {
            Builder = this,
            Documents = _documents,
            Keys = [.. documents.Select(document => document.Key)],
            Names = _names.WrittenMemory,
            Blocks = _blocks,
            StoredText = _stored.WrittenMemory,
            OriginalBytes = _original,
            Normalized = _normalized.WrittenMemory,
            Records = _records,
        };
    }

    public void Dispose() => _compressor.Dispose();

    private void Reset()
    {
        _documents.Clear();
        _blocks.Clear();
        _block.ResetWrittenCount();
        _points.ResetWrittenCount();
        _lastPoint = default;
        _normalized.ResetWrittenCount();
        _stored.ResetWrittenCount();
        _names.ResetWrittenCount();
        _original = 0;
        _blockNormalizedStart = 0;

        // One huge document must not pin its buffers for the rest of the build.
        const int Keep = 16 << 20;
        if (_normalized.Capacity > Keep) _normalized = new();
        if (_stored.Capacity > Keep) _stored = new();
        if (_names.Capacity > Keep) _names = new();
    }

    private void Append(PlacedDocument placed)
    {
        ReadOnlyMemory<byte> text = placed.Document.Text;
        long originalStart = _original;
        int normalizedStart = _normalized.WrittenCount;
        int normalizedBytes = 0;
        if (placed.Original == DocumentRow.HoldsText)
        {
            AppendText(text);
            normalizedBytes = _normalized.WrittenCount - normalizedStart;
            AppendGaps(1);
        }

        int nameOffset = _names.WrittenCount;
        int idBytes = AppendName(placed.Document.Id);
        int uriBytes = AppendName(placed.Document.Uri);
        _documents.Add(new DocumentRow(originalStart, text.Length, normalizedStart, normalizedBytes, nameOffset, idBytes, uriBytes, placed.Original));
    }

    private void AppendText(ReadOnlyMemory<byte> text)
    {
        int position = 0;
        while (position < text.Length)
        {
            if (_block.WrittenCount == 0)
                _blockNormalizedStart = _normalized.WrittenCount;

            // Cutting only where normalization can be cut makes every block normalize by itself to its share of the whole.
            int cut = _cutter.Advance(text, position, SegmentPlan.BlockBytes - _block.WrittenCount);
            AppendPoints(isPieceStart: position == 0 || _block.WrittenCount == 0);
            ReadOnlySpan<byte> stretch = text.Span[position..cut];
            plan.Normalizer.Normalize(stretch, _normalized);
            _block.Write(stretch);
            _original += stretch.Length;
            position = cut;
            if (_block.WrittenCount >= SegmentPlan.BlockBytes)
                CloseBlock();
        }
    }

    // Where a document's piece of a block begins, its row says.
    private void AppendPoints(bool isPieceStart)
    {
        foreach (CheckPoint stretch in _cutter.Stretches)
        {
            if (isPieceStart && stretch == default)
                continue;
            var point = new CheckPoint(
                _block.WrittenCount + stretch.Original, _normalized.WrittenCount - _blockNormalizedStart + stretch.Normalized, stretch.IsOneCluster);
            CheckPoints.Write(_points, _lastPoint, point);
            _lastPoint = point;
        }
    }

    private void CloseBlock()
    {
        ReadOnlySpan<byte> block = _block.WrittenSpan;
        if (block.IsEmpty)
            return;

        int storedOffset = _stored.WrittenCount;
        int storedBytes = Store(block);
        _stored.Write(_points.WrittenSpan);
        _blocks.Add(new BlockRow(
            storedOffset,
            storedBytes,
            block.Length,
            _original - block.Length,
            _blockNormalizedStart,
            BlockRow.ChecksumOf(block, _points.WrittenSpan)));
        _block.ResetWrittenCount();
        _points.ResetWrittenCount();
        _lastPoint = default;
    }

    private int Store(ReadOnlySpan<byte> block)
    {
        if (plan.Store == TextStore.Zstd)
        {
            Span<byte> target = _stored.GetSpan(ZstdSharp.Compressor.GetCompressBound(block.Length));
            int compressed = _compressor.Wrap(block, target);

            // Equal lengths mean "raw" to the reader, so what does not shrink is stored as it is.
            if (compressed < block.Length)
            {
                _stored.Advance(compressed);
                return compressed;
            }
        }

        _stored.Write(block);
        return block.Length;
    }

    private int AppendName(string name)
    {
        int bytes = Encoding.UTF8.GetBytes(name, _names.GetSpan(Encoding.UTF8.GetMaxByteCount(name.Length)));
        _names.Advance(bytes);
        return bytes;
    }

    private void AppendGaps(int count)
    {
        _normalized.GetSpan(Math.Max(1, count))[..count].Fill(SegmentPlan.Gap);
        _normalized.Advance(count);
    }
}
