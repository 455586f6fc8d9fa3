using System.Buffers;

namespace Recite.Indexing.Text.Internals;

/// <summary>
/// <c>text/1</c>: NFKC_Casefold, then every run of anything but letters, marks and numbers is one space. <c>text/2</c>: before that,
/// words hyphenated at line ends are joined, and letters that look like ASCII letters become them.
/// </summary>
internal sealed class TextProfile(int version, bool scalar) : TextNormalizer
{
    private readonly FoldingTable _table = version == 1 ? FoldingTable.First : FoldingTable.Second;

    // Not before it is asked for: the first hash of a process loads the cryptographic library.
    private readonly Lazy<string> _tableDigest = new((version == 1 ? FoldingTable.First : FoldingTable.Second).ComputeDigest);

    private static readonly Lazy<TextProfile> s_first = new(() => FromSwitch(1));
    private static readonly Lazy<TextProfile> s_second = new(() => FromSwitch(2));

    /// <summary><c>text/1</c>, for indexes made with it.</summary>
    public static TextProfile First => s_first.Value;

    /// <summary><c>text/2</c>.</summary>
    public static TextProfile Second => s_second.Value;

    /// <summary>Whether ASCII goes byte by byte even where the processor has vectors.</summary>
    public bool IsScalar => scalar;

    public override string Name => "text";

    public override int Version => version;

    public override string TableDigest => _tableDigest.Value;

    /// <summary>The profile as the AppContext switch <c>Recite.Scalar</c> asks for it.</summary>
    public static TextProfile FromSwitch(int version) => new(version, AppContext.TryGetSwitch("Recite.Scalar", out bool isOn) && isOn);

    public override void Normalize(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        new FoldingPass<NoRecorder>(_table, utf8, output, default, scalar).Run();
    }

    public override NormalizedText NormalizeWithMap(ReadOnlyMemory<byte> utf8)
    {
        var original = new BitSetBuilder(utf8.Length);
        var normalized = new BitSetBuilder(utf8.Length);
        var bytes = new NormalizedBuffer(utf8.Length);
        new FoldingPass<ClusterRecorder>(_table, utf8.Span, bytes, new ClusterRecorder(original, normalized), scalar).Run();
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
            if (_table.IsCutBefore(_table.Lookup(codePoint)) && !(_table.JoinsLines && LineJoin.EndsAt(_table, utf8, at)))
                return at;
            at += length;
        }

        return utf8.Length;
    }

    internal override bool JoinsBehind(ReadOnlySpan<byte> start)
    {
        for (int at = 0, length; at < start.Length; at += length)
        {
            if (!_table.Vanishes(_table.Lookup(Utf8Decoder.Decode(start, at, out length))))
                return false;
        }

        return true;
    }
}
