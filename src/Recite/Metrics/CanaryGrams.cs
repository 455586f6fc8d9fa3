using System.IO.Hashing;

namespace Recite.Metrics;

/// <summary>
/// Finds which of many texts share a run of at least so many bytes with another text. Every run of that length of every text is kept by its
/// hash; a hash that is found is compared byte by byte.
/// </summary>
internal sealed class CanaryGrams(int length)
{
    private readonly Dictionary<ulong, List<(int Text, int Start)>> _grams = [];
    private readonly Dictionary<int, byte[]> _texts = [];

    /// <summary>Adds a text; false where it is shorter than a run.</summary>
    public bool TryAdd(int name, ReadOnlySpan<byte> text)
    {
        if (text.Length < length)
            return false;
        _texts.Add(name, text.ToArray());
        for (int at = 0; at + length <= text.Length; at++)
        {
            ulong hash = XxHash3.HashToUInt64(text.Slice(at, length));
            if (!_grams.TryGetValue(hash, out List<(int Text, int Start)>? places))
                _grams.Add(hash, places = []);
            places.Add((name, at));
        }

        return true;
    }

    /// <summary>Adds the names of the texts that share a run with <paramref name="output"/> which <paramref name="prompt"/> does not hold.</summary>
    public void Find(ReadOnlySpan<byte> output, ReadOnlySpan<byte> prompt, HashSet<int> found)
    {
        for (int at = 0; at + length <= output.Length; at++)
        {
            ReadOnlySpan<byte> run = output.Slice(at, length);
            if (!_grams.TryGetValue(XxHash3.HashToUInt64(run), out List<(int Text, int Start)>? places) || prompt.IndexOf(run) >= 0)
                continue;
            foreach ((int text, int start) in places)
            {
                if (!found.Contains(text) && _texts[text].AsSpan(start, length).SequenceEqual(run))
                    found.Add(text);
            }
        }
    }
}
