using System.Buffers;
using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Segments;

/// <summary>A profile that counts how much of a text is mapped.</summary>
internal sealed class CountingNormalizer(TextNormalizer inner) : TextNormalizer
{
    /// <summary>The longest text that was mapped at once.</summary>
    public int MostMapped { get; private set; }

    /// <summary>Texts that were mapped.</summary>
    public int Calls { get; private set; }

    public override string Name => inner.Name;

    public override int Version => inner.Version;

    public override string TableDigest => inner.TableDigest;

    public override void Normalize(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output) => inner.Normalize(utf8, output);

    public override NormalizedText NormalizeWithMap(ReadOnlyMemory<byte> utf8)
    {
        (MostMapped, Calls) = (Math.Max(MostMapped, utf8.Length), Calls + 1);
        return inner.NormalizeWithMap(utf8);
    }

    public override int FindCut(ReadOnlySpan<byte> utf8, int from) => inner.FindCut(utf8, from);
}
