namespace Recite.Indexing.Text;

/// <summary>A half-open stretch of a text in bytes: <c>[Start, End)</c>.</summary>
/// <param name="Start">Offset of the first byte.</param>
/// <param name="End">Offset behind the last byte; never below <paramref name="Start"/> in a span that this library returns.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>Number of bytes.</summary>
    public int Length => End - Start;

    /// <summary>Whether there is no byte in it.</summary>
    public bool IsEmpty => End <= Start;

    /// <summary>Whether every byte of <paramref name="other"/> lies in this span; an empty span is contained where its position is.</summary>
    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;

    /// <summary>Whether the byte at <paramref name="offset"/> lies in this span.</summary>
    public bool Contains(int offset) => offset >= Start && offset < End;

    /// <summary>Whether both spans have a byte in common.</summary>
    public bool Overlaps(TextSpan other) => Math.Max(Start, other.Start) < Math.Min(End, other.End);
}
