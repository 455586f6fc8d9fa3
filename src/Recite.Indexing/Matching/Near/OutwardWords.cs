namespace Recite.Indexing.Matching.Near;

/// <summary>Numbers of words, counted from a place outwards in one direction.</summary>
internal abstract class OutwardWords
{
    /// <summary>Stands behind the last word.</summary>
    public const int End = -1;

    /// <summary>The number of the word so many words away, or <see cref="End"/>.</summary>
    public abstract int this[int index] { get; }
}

/// <summary>Words of an array from <paramref name="first"/> on, forward or backward, up to but without <paramref name="end"/>.</summary>
internal sealed class ArrayWords(int[] words, int first, int end) : OutwardWords
{
    private readonly int _step = first <= end ? 1 : -1;
    private readonly int _count = Math.Abs(end - first);

    public override int this[int index] => index < _count ? words[first + (index * _step)] : End;
}
