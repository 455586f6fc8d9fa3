using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Recite.Ingest;

/// <summary>
/// Gives every name once: a repeated one becomes <c>name~2</c>, <c>name~3</c>, ... Remembers 64-bit hashes (XxHash3), not names,
/// so that a hundred million ids fit in memory; two names that collide cost one of them a needless number.
/// </summary>
internal sealed class UniqueNames
{
    private readonly HashSet<ulong> _taken = [];
    private readonly Dictionary<ulong, int> _lastNumbers = [];

    /// <summary>The name itself when it is new, else the name with the lowest number that is free.</summary>
    public string Claim(string name)
    {
        ulong hash = Hash(name);
        if (_taken.Add(hash))
            return name;

        ref int last = ref CollectionsMarshal.GetValueRefOrAddDefault(_lastNumbers, hash, out _);
        last = Math.Max(last, 1);
        string numbered;
        do
        {
            last++;
            numbered = $"{name}~{last}";
        }
        while (!_taken.Add(Hash(numbered)));
        return numbered;
    }

    private static ulong Hash(string name) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan()));
}
