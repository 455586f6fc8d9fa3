using System.Buffers;
using System.Security.Cryptography;

namespace Recite.Indexing.Text.Internals;

/// <summary><c>exact/1</c>: the bytes as they are. A cluster is a code point.</summary>
internal sealed class ExactProfile : TextNormalizer
{
    private ExactProfile()
    {
    }

    public static ExactProfile Instance { get; } = new();

    public override string Name => "exact";

    public override int Version => 1;

    public override string TableDigest => "sha256:" + Convert.ToHexStringLower(SHA256.HashData("exact/1"u8));

    public override void Normalize(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output) => output.Write(utf8);

    public override NormalizedText NormalizeWithMap(ReadOnlyMemory<byte> utf8)
    {
        ReadOnlySpan<byte> text = utf8.Span;
        var starts = new BitSetBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            starts.Set(at);
            _ = Utf8Decoder.Decode(text, at, out int length);
            at += length;
        }

        RankedBits codePoints = starts.Build(text.Length);
        return new NormalizedText(utf8, utf8, codePoints, codePoints);
    }

    public override int FindCut(ReadOnlySpan<byte> utf8, int from)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        int cut = Math.Min(from, utf8.Length);
        while (!Utf8Decoder.IsBorder(utf8, cut))
            cut++;
        return cut;
    }
}
