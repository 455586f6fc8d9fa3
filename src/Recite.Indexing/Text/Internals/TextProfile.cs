using System.Buffers;

namespace Recite.Indexing.Text.Internals;

/// <summary><c>text/1</c>: NFKC_Casefold, then every run of anything but letters, marks and numbers is one space.</summary>
internal sealed class TextProfile(bool scalar) : TextNormalizer
{
    // Not before it is asked for: the first hash of a process loads the cryptographic library.
    private readonly Lazy<string> _tableDigest = new(UnicodeTables.ComputeDigest);

    public static TextProfile Instance { get; } = FromSwitch();

    /// <summary>Whether ASCII goes byte by byte even where the processor has vectors.</summary>
    public bool IsScalar => scalar;

    public override string Name => "text";

    public override int Version => 1;

    public override string TableDigest => _tableDigest.Value;

    /// <summary>The profile as the AppContext switch <c>Recite.Scalar</c> asks for it.</summary>
    public static TextProfile FromSwitch() => new(AppContext.TryGetSwitch("Recite.Scalar", out bool isOn) && isOn);

    public override void Normalize(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        new FoldingPass<NoRecorder>(utf8, output, default, scalar).Run();
    }

    public override NormalizedText NormalizeWithMap(ReadOnlyMemory<byte> utf8)
    {
        var original = new BitSetBuilder(utf8.Length);
        var normalized = new BitSetBuilder(utf8.Length);
        var bytes = new NormalizedBuffer(utf8.Length);
        new FoldingPass<ClusterRecorder>(utf8.Span, bytes, new ClusterRecorder(original, normalized), scalar).Run();
        return new NormalizedText(utf8, bytes.Written, original.Build(utf8.Length), normalized.Build(bytes.Written.Length));
    }

    public override int FindCut(ReadOnlySpan<byte> utf8, int from)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        if (from == 0)
            return 0;

        for (int at = from; at < utf8.Length;)
        {
            // The inside of a code point never decodes to a letter, so `from` need not be a border.
            int codePoint = Utf8Decoder.Decode(utf8, at, out int length);
            if (IsCutBefore(UnicodeTables.Lookup(codePoint)))
                return at;
            at += length;
        }

        return utf8.Length;
    }

    /// <summary>A boundary that puts out a letter, mark or number first: nothing composes over it and no separators melt.</summary>
    private static bool IsCutBefore(uint bits)
    {
        if ((bits & CodePointBits.BoundaryBefore) == 0)
            return false;

        uint first = (bits & CodePointBits.Mapped) == 0
            ? bits
            : UnicodeTables.Lookup(Utf8Decoder.Decode(UnicodeTables.GetMapping(bits), 0, out _));
        return CodePointBits.GetClass(first) != CodePointBits.Separator;
    }
}
