namespace Recite.Indexing.Text.Internals;

/// <summary>
/// The slow path: maps a stretch between two boundaries by NFKC_CF and brings it into NFC (Unicode 15.0, section 3.11 and UAX #15).
/// Linear in time and memory, whatever the number of marks.
/// </summary>
internal sealed class Composer(FoldingTable table)
{
    private const int CodePointMask = 0x1FFFFF, ClassShift = 21;
    private const int FirstDecomposable = 0xC0;
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28, Syllables = Leads * Vowels * Trails;

    // Decomposed and ordered: code point and combining class in one number. Composed: the code point.
    private uint[] _parts = new uint[32];
    private int _partCount;

    /// <summary>What NFKC_CF makes of the stretch, in NFC. Valid until the next call.</summary>
    public ReadOnlySpan<uint> Compose(ReadOnlySpan<byte> stretch)
    {
        _partCount = 0;
        foreach (int codePoint in new MappedCodePoints(table, stretch))
            Decompose(codePoint);
        Order();
        return _parts.AsSpan(0, ComposeParts());
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
        if (_partCount == Array.MaxLength)
            throw new ReciteException($"A text has more than {Array.MaxLength} combining marks in a row: cut it into smaller documents.");
        if (_partCount == _parts.Length)
            Array.Resize(ref _parts, (int)Math.Min(_parts.Length * 2L, Array.MaxLength));
        _parts[_partCount++] = ((uint)CodePointBits.GetCombiningClass(table.Lookup(codePoint)) << ClassShift) | (uint)codePoint;
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

    /// <summary>Stable; counting sort for long stretches, or a megabyte of marks would take minutes.</summary>
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

    // In place: what is written never overtakes what is read.
    private int ComposeParts()
    {
        int count = 0, starter = -1;
        uint lastClass = 0;
        foreach (uint part in _parts.AsSpan(0, _partCount))
        {
            uint codePoint = part & CodePointMask;
            uint combiningClass = part >> ClassShift;
            // Blocked: something between the starter and this one has no class or one that is not lower.
            bool isBlocked = count - 1 != starter && lastClass >= combiningClass;
            if (starter >= 0 && !isBlocked && TryComposePair((int)_parts[starter], (int)codePoint, out int composite))
            {
                _parts[starter] = (uint)composite;
                continue;
            }

            if (combiningClass == 0)
                starter = count;
            lastClass = combiningClass;
            _parts[count++] = codePoint;
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
