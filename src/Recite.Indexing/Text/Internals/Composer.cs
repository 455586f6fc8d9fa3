namespace Recite.Indexing.Text.Internals;

/// <summary>
/// The slow path: brings a stretch between two boundaries, already mapped by NFKC_CF, into NFC (Unicode 15.0, section 3.11 and UAX #15).
/// Linear in time and memory, whatever the number of marks.
/// </summary>
internal sealed class Composer
{
    private const int CodePointMask = 0x1FFFFF, ClassShift = 21;
    private const int FirstDecomposable = 0xC0;
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28, Syllables = Leads * Vowels * Trails;

    private int[] _mapped = new int[32];
    private int _mappedCount;

    // Code point and combining class in one number.
    private uint[] _parts = new uint[32];
    private int _partCount;
    private int[] _result = [];

    /// <summary>Starts a new stretch.</summary>
    public void Clear()
    {
        _mappedCount = 0;
        _partCount = 0;
    }

    /// <summary>Appends a code point that NFKC_CF gave.</summary>
    public void Add(int codePoint)
    {
        if (_mappedCount == _mapped.Length)
            Array.Resize(ref _mapped, _mapped.Length * 2);
        _mapped[_mappedCount++] = codePoint;
    }

    /// <summary>The stretch in NFC, or false if it was in NFC as it was added. Valid until the next stretch.</summary>
    public bool TryChange(out ReadOnlySpan<int> composed)
    {
        composed = _mapped.AsSpan(0, _mappedCount);
        foreach (int codePoint in composed)
            Decompose(codePoint);
        Order();
        if (_result.Length < _partCount)
            _result = new int[_parts.Length];
        ReadOnlySpan<int> result = _result.AsSpan(0, Compose(_result));
        bool isSame = composed.SequenceEqual(result);
        composed = result;
        return !isSame;
    }

    private void Decompose(int codePoint)
    {
        int syllable = codePoint - SyllableBase;
        if (codePoint >= FirstDecomposable && CompositionTables.TryDecompose(codePoint, out int[]? parts))
        {
            foreach (int part in parts)
                Append(part);
        }
        else if ((uint)syllable < Syllables)
        {
            Append(LeadBase + (syllable / (Vowels * Trails)));
            Append(VowelBase + (syllable / Trails % Vowels));
            if (syllable % Trails != 0)
                Append(TrailBase + (syllable % Trails));
        }
        else
        {
            Append(codePoint);
        }
    }

    private void Append(int codePoint)
    {
        if (_partCount == _parts.Length)
            Array.Resize(ref _parts, _parts.Length * 2);
        _parts[_partCount++] = ((uint)CodePointBits.GetCombiningClass(UnicodeTables.Lookup(codePoint)) << ClassShift) | (uint)codePoint;
    }

    private void Order()
    {
        for (int start = 0; start < _partCount;)
        {
            int end = start;
            while (end < _partCount && _parts[end] >> ClassShift != 0)
                end++;
            if (end - start > 1)
                SortByClass(_parts.AsSpan(start, end - start));
            start = end + 1;
        }
    }

    /// <summary>Stable; counting sort for long stretches, or a megabyte of marks would take a day.</summary>
    private static void SortByClass(Span<uint> marks)
    {
        if (marks.Length <= 24)
        {
            for (int i = 1; i < marks.Length; i++)
            {
                uint mark = marks[i];
                int at = i;
                for (; at > 0 && marks[at - 1] >> ClassShift > mark >> ClassShift; at--)
                    marks[at] = marks[at - 1];
                marks[at] = mark;
            }

            return;
        }

        Span<int> next = stackalloc int[257];
        next.Clear();
        foreach (uint mark in marks)
            next[(int)(mark >> ClassShift) + 1]++;
        for (int i = 1; i < next.Length; i++)
            next[i] += next[i - 1];
        uint[] unordered = marks.ToArray();
        foreach (uint mark in unordered)
            marks[next[(int)(mark >> ClassShift)]++] = mark;
    }

    private int Compose(Span<int> result)
    {
        int count = 0, starter = -1;
        uint lastClass = 0;
        foreach (uint part in _parts.AsSpan(0, _partCount))
        {
            int codePoint = (int)(part & CodePointMask);
            uint combiningClass = part >> ClassShift;
            // Blocked: something between the starter and this one has no class or one that is not lower.
            bool isBlocked = count - 1 != starter && lastClass >= combiningClass;
            if (starter >= 0 && !isBlocked && TryComposePair(result[starter], codePoint, out int composite))
            {
                result[starter] = composite;
                continue;
            }

            if (combiningClass == 0)
                starter = count;
            lastClass = combiningClass;
            result[count++] = codePoint;
        }

        return count;
    }

    private static bool TryComposePair(int first, int second, out int composite)
    {
        int lead = first - LeadBase, vowel = second - VowelBase;
        if ((uint)lead < Leads && (uint)vowel < Vowels)
        {
            composite = SyllableBase + (((lead * Vowels) + vowel) * Trails);
            return true;
        }

        int syllable = first - SyllableBase, trail = second - TrailBase;
        if ((uint)syllable < Syllables && syllable % Trails == 0 && trail is > 0 and < Trails)
        {
            composite = first + trail;
            return true;
        }

        return CompositionTables.TryCompose(first, second, out composite);
    }
}
