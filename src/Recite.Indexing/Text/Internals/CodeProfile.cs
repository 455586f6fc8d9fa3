using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Recite.Indexing.Text.Internals;

/// <summary>
/// <c>code/1</c>: program text by its lexemes, without comments and layout. <c>code-renamed/1</c>: its structure only, every name,
/// number and string being like every other.
/// </summary>
internal sealed class CodeProfile : TextNormalizer
{
    private readonly bool _renamed;
    private readonly Lazy<string> _tableDigest;

    private CodeProfile(bool renamed)
    {
        _renamed = renamed;
        _tableDigest = new Lazy<string>(() => ComputeDigest(renamed));
    }

    /// <summary><c>code</c>.</summary>
    public static CodeProfile Named { get; } = new(renamed: false);

    /// <summary><c>code-renamed</c>.</summary>
    public static CodeProfile Renamed { get; } = new(renamed: true);

    public override string Name => _renamed ? "code-renamed" : "code";

    public override int Version => 1;

    public override string TableDigest => _tableDigest.Value;

    public override void Normalize(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        new CodePass<NoRecorder>(utf8, output, default, _renamed).Run();
    }

    public override NormalizedText NormalizeWithMap(ReadOnlyMemory<byte> utf8)
    {
        var original = new BitSetBuilder(utf8.Length);
        var normalized = new BitSetBuilder(utf8.Length);
        var bytes = new NormalizedBuffer(utf8.Length);
        new CodePass<ClusterRecorder>(utf8.Span, bytes, new ClusterRecorder(original, normalized), _renamed).Run();
        return new NormalizedText(utf8, bytes.Written, original.Build(utf8.Length), normalized.Build(bytes.Written.Length), leavesOutStart: true);
    }

    /// <summary>A cut is the start of a line that no comment can reach.</summary>
    public override int FindCut(ReadOnlySpan<byte> utf8, int from)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        for (int at = from; at > 0 && at < utf8.Length;)
        {
            bool isLineStart = utf8[at - 1] == '\n' || utf8[at - 1] == '\r' && utf8[at] != '\n';
            if (!isLineStart)
            {
                at = CodeBytes.FindLineEnd(utf8, at) + 1;
                continue;
            }

            int end = Math.Max(
                BlockCommentEnds.FindEndAround(utf8, at, BlockComment.SlashStar),
                BlockCommentEnds.FindEndAround(utf8, at, BlockComment.LongBracket));
            if (end == at)
                return at;
            at = end;
        }

        return from == 0 ? 0 : utf8.Length;
    }

    /// <summary>The first lexeme behind a cut.</summary>
    internal override int FindClusterCut(ReadOnlySpan<byte> utf8, int from)
    {
        for (int cut = FindCut(utf8, from); cut < utf8.Length;)
        {
            int next = FindCut(utf8, cut + 1);
            NormalizedText lines = NormalizeWithMap(utf8[cut..next].ToArray());
            if (lines.ClusterCount > 0)
                return cut + lines.BorderAt(0).Original;
            cut = next;
        }

        return utf8.Length;
    }

    private static string ComputeDigest(bool renamed)
    {
        string tables = FoldingTable.Second.ComputeDigest() + (renamed ? "\ncode-renamed/1\n" + CodeKeywords.Line : "\ncode/1");
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(tables)));
    }
}
