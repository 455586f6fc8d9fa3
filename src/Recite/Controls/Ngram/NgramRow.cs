using System.Runtime.InteropServices;

namespace Recite.Controls.Ngram;

/// <summary>
/// An n-gram with its count over all documents, and with how much of that count each fold takes away when it is left out. At the highest
/// order counts are occurrences; below, they are different units to the left, and a fold takes away those that stand in no other fold.
/// </summary>
/// <param name="High">Upper half of the <see cref="NgramKey"/>.</param>
/// <param name="Low">Lower half.</param>
/// <param name="Total">The count with every fold.</param>
/// <param name="FoldCount">How many folds take something away.</param>
/// <param name="FirstFold">Where these begin in the list of the table.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NgramRow(ulong High, ulong Low, int Total, int FoldCount, long FirstFold)
{
    public const int Bytes = 32;

    public UInt128 Key => new(High, Low);
}

/// <summary>What a fold takes away from a count.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FoldShare(int Fold, int Count)
{
    public const int Bytes = 8;
}
