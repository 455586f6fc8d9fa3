using System.Security.Cryptography;
using System.Text;
using Recite.Evidence;
using Recite.Indexing.Corpora;
using Recite.Probes;

namespace Recite.Metrics.Species;

/// <summary>
/// The atoms of a corpus (M7): windows of a fixed grid over each document, laid before anything is asked, so that one passage is one atom
/// however it is cut when it comes out. A window is 50 tokens, or 250 characters where no tokenizer is known; the grid begins anew every
/// 64 KiB of a document, and a rest of less than half a window belongs to the one before it. Windows of the same normalized text are one.
/// </summary>
internal sealed class AtomGrid(ProbeContext context)
{
    public const int Tokens = 50;
    public const int Characters = 250;
    internal const int BlockBytes = 64 * 1024;

    private readonly Dictionary<(long Document, long Block), GridWindow[]> _blocks = [];
    private readonly Dictionary<UInt128, int> _atoms = [];

    /// <summary>What one atom is, as reports print it.</summary>
    public string Unit => context.Target.Tokenizer is null
        ? $"windows of {Characters} characters on a fixed grid, the tokenizer not being known"
        : $"windows of {Tokens} tokens on a fixed grid";

    /// <summary>The atoms that a span covers at least half of: any span as long as an atom has one, wherever it begins.</summary>
    /// <param name="document">The document's number.</param>
    /// <param name="start">First byte of its text.</param>
    /// <param name="end">One past the last.</param>
    public IEnumerable<int> Covered(long document, long start, long end)
    {
        for (long block = start / BlockBytes; block * BlockBytes < end; block++)
        {
            foreach (GridWindow window in Windows(document, block))
            {
                long overlap = Math.Min(end, window.End) - Math.Max(start, window.Start);
                if (2 * overlap >= window.End - window.Start)
                    yield return window.Atom;
            }
        }
    }

    private GridWindow[] Windows(long document, long block)
    {
        if (!_blocks.TryGetValue((document, block), out GridWindow[]? windows))
            _blocks[(document, block)] = windows = Lay(context.Index.GetDocument(document), block * BlockBytes);
        return windows;
    }

    private GridWindow[] Lay(DocumentEntry document, long offset)
    {
        // A code point that the border cuts belongs to the block it begins in.
        byte[] text = context.Index.ReadText(document.Number, offset, (int)Math.Min(BlockBytes + 3, document.Bytes - offset));
        int first = Whole(text, 0), last = text.Length <= BlockBytes ? text.Length : Whole(text, BlockBytes);
        if (first >= last)
            return [];
        ReadOnlySpan<byte> block = text.AsSpan(first, last - first);
        int[] borders = [.. Borders(block)];
        var windows = new GridWindow[borders.Length - 1];
        for (int i = 0; i < windows.Length; i++)
        {
            UInt128 content = Digest(NormalizedPiece.Of(context.Index.Normalizer, block[borders[i]..borders[i + 1]]).Span);
            if (!_atoms.TryGetValue(content, out int atom))
                _atoms[content] = atom = _atoms.Count;
            windows[i] = new GridWindow(offset + first + borders[i], offset + first + borders[i + 1], atom);
        }

        return windows;
    }

    private List<int> Borders(ReadOnlySpan<byte> block)
    {
        IReadOnlyList<int> starts;
        int each = Tokens;
        if (context.Target.Tokenizer is { } tokenizer)
        {
            starts = [.. tokenizer.Encode(Encoding.UTF8.GetString(block)).Select(t => t.Start)];
        }
        else
        {
            // The last border is the end of the text and begins no character.
            starts = new CharacterRuler(block).Borders;
            starts = [.. starts.Take(starts.Count - 1)];
            each = Characters;
        }

        List<int> borders = [0];
        for (int at = each; starts.Count - at >= each / 2; at += each)
            borders.Add(starts[at]);
        borders.Add(block.Length);
        return borders;
    }

    private static int Whole(byte[] text, int at)
    {
        while (at < text.Length && (text[at] & 0xC0) == 0x80)
            at++;
        return at;
    }

    /// <summary>The first half of SHA-256: two texts of the same one are not to be found.</summary>
    internal static UInt128 Digest(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private readonly record struct GridWindow(long Start, long End, int Atom);
}
