using System.Buffers;
using System.Buffers.Binary;

namespace Recite.Indexing.Text.Internals;

/// <summary>
/// One pass of <c>text</c> over one text. ASCII goes through <see cref="AsciiFolder"/>; a code point between two boundaries is
/// looked up; only a stretch that may compose or reorder goes through <see cref="Composer"/>.
/// </summary>
internal ref struct FoldingPass<TRecorder>(FoldingTable table, ReadOnlySpan<byte> text, IBufferWriter<byte> output, TRecorder recorder, bool scalar)
    where TRecorder : struct, IClusterRecorder
{
    // Large enough to make calls rare, small enough to stay in the first-level cache.
    private const int BlockBytes = 16 << 10;
    private const int LongestMapping = 64;

    private readonly ReadOnlySpan<byte> _text = text;
    private Span<byte> _room;
    private int _used;
    private long _flushed;
    private bool _afterSeparator;
    private Composer? _composer;

    private readonly long Written => _flushed + _used;

    public void Run()
    {
        for (int at = 0; at < _text.Length;)
        {
            if (table.JoinsLines && LineJoin.TryFind(table, _text, at, out int right))
            {
                at = FoldJoined(right);
                continue;
            }

            int ascii = MeasureAscii(at);
            bool isBeforeHyphen = at + ascii < _text.Length && _text[at + ascii] == '-';
            // What follows may compose with the last byte, so that one is left to the general path. A hyphen never does.
            if (at + ascii < _text.Length && !isBeforeHyphen)
                ascii--;
            if (ascii > 0)
            {
                FoldAscii(at, ascii);
                at += ascii;
            }

            if (at < _text.Length && !isBeforeHyphen)
                at = FoldGeneral(at);
        }

        output.Advance(_used);
    }

    /// <summary>How much ASCII follows, up to a hyphen that joins a word.</summary>
    private readonly int MeasureAscii(int at)
    {
        int most = Math.Min(BlockBytes, _text.Length - at);
        if (!table.JoinsLines)
        {
            int ascii = _text.Slice(at, most).IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            return ascii < 0 ? most : ascii;
        }

        for (int count = 0; ; count++)
        {
            count += scalar ? AsciiRun.MeasureScalar(_text, at + count, most - count) : AsciiRun.Measure(_text, at + count, most - count);
            if (count == most || _text[at + count] != '-' || LineJoin.TryFind(table, _text, at + count, out _))
                return count;
        }
    }

    /// <summary>Goes on at the second half of a hyphenated word, whose first letter belongs to the cluster of the letter before.</summary>
    private int FoldJoined(int at)
    {
        long normalizedAt = Written;
        int next = FoldGeneral(at);
        recorder.Retract(at, at + 1, normalizedAt, normalizedAt + 1);
        return next;
    }

    private void FoldAscii(int at, int count)
    {
        Reserve(count + AsciiFolder.Slack);
        ReadOnlySpan<byte> ascii = _text.Slice(at, count);
        bool wasAfterSeparator = _afterSeparator;
        int written = scalar
            ? AsciiFolder.FoldScalar(ascii, _room[_used..], ref _afterSeparator)
            : AsciiFolder.Fold(ascii, _room[_used..], ref _afterSeparator);
        recorder.BeginAscii(ascii, at, Written, written, wasAfterSeparator);
        _used += written;
    }

    /// <summary>Goes on until a hyphen or two ASCII bytes follow and gives their offset, or the end.</summary>
    private int FoldGeneral(int at)
    {
        uint bits = Read(at, out int length);
        while (true)
        {
            int next = at + length;
            if (next == _text.Length)
            {
                Fold(bits, at, length);
                return next;
            }

            uint following = Read(next, out int followingLength);
            if ((following & (CodePointBits.BoundaryBefore | CodePointBits.LineHyphen)) != CodePointBits.BoundaryBefore)
            {
                if ((following & CodePointBits.BoundaryBefore) == 0)
                    return FoldStretch(at);
                Fold(bits, at, length);
                return next;
            }

            Fold(bits, at, length);
            if (_text[next] < 0x80 && next + 1 < _text.Length && _text[next + 1] < 0x80)
                return next;
            at = next;
            bits = following;
            length = followingLength;
        }
    }

    /// <summary>Normalizes from a boundary up to the next one, which it gives.</summary>
    private int FoldStretch(int start)
    {
        int end = FindBoundary(start, out bool isComposed);
        if (!isComposed && TryCompose(start, end))
            return end;

        // Nothing composes or moves, so every code point can stand for itself.
        for (int at = start, length; at < end; at += length)
            Fold(Read(at, out length), at, length);
        return end;
    }

    /// <summary>The first boundary behind <paramref name="start"/>, and whether a glance shows that nothing before it composes or moves.</summary>
    private readonly int FindBoundary(int start, out bool isComposed)
    {
        isComposed = true;
        int lastClass = 0, at = start;
        while (at < _text.Length)
        {
            uint bits = Read(at, out int length);
            if ((bits & CodePointBits.BoundaryBefore) != 0 && at > start)
                break;

            int combiningClass = CodePointBits.GetCombiningClass(bits);
            if ((bits & (CodePointBits.Mapped | CodePointBits.ComposesBackward)) != 0 || combiningClass != 0 && combiningClass < lastClass)
                isComposed = false;
            lastClass = combiningClass;
            at += length;
        }

        return at;
    }

    private bool TryCompose(int start, int end)
    {
        _composer ??= new Composer(table);
        ReadOnlySpan<uint> composed = _composer.Compose(_text[start..end]);
        if (IsUnchanged(_text[start..end], composed))
            return false;

        BeginUnlessJoined(start, (int)composed[0]);
        foreach (uint codePoint in composed)
            Emit((int)codePoint);
        return true;
    }

    private readonly bool IsUnchanged(ReadOnlySpan<byte> stretch, ReadOnlySpan<uint> composed)
    {
        int count = 0;
        foreach (int mapped in new MappedCodePoints(table, stretch))
        {
            if (count == composed.Length || composed[count++] != mapped)
                return false;
        }

        return count == composed.Length;
    }

    /// <summary>Writes what one code point becomes where its neighbours do not matter.</summary>
    private void Fold(uint bits, int at, int length)
    {
        if ((bits & (CodePointBits.Mapped | CodePointBits.ClassMask)) is CodePointBits.Joined or CodePointBits.Alone or CodePointBits.Mark)
        {
            recorder.Begin(at, Written);
            Copy(_text, at, length);
        }
        else if ((bits & CodePointBits.Mapped) == 0)
        {
            BeginUnlessJoined(at, ' ');
            EmitSeparator();
        }
        else
        {
            FoldMapped(bits, at);
        }
    }

    private void FoldMapped(uint bits, int at)
    {
        ReadOnlySpan<byte> mapping = table.GetMapping(bits);
        if (mapping.IsEmpty)
            return;

        if ((bits & CodePointBits.MapsToSeparator) == 0)
        {
            recorder.Begin(at, Written);
            Copy(mapping, 0, mapping.Length);
            return;
        }

        BeginUnlessJoined(at, Utf8Decoder.Decode(mapping, 0, out _));
        for (int i = 0, length; i < mapping.Length; i += length)
            Emit(Utf8Decoder.Decode(mapping, i, out length));
    }

    private readonly uint Read(int at, out int length) => table.Lookup(Utf8Decoder.Decode(_text, at, out length));

    /// <summary>A cluster begins here, unless it begins with a separator that melts into the one before.</summary>
    private readonly void BeginUnlessJoined(int at, int firstCodePoint)
    {
        if (!_afterSeparator || CodePointBits.GetClass(table.Lookup(firstCodePoint)) != CodePointBits.Separator)
            recorder.Begin(at, Written);
    }

    private void Emit(int codePoint)
    {
        if (CodePointBits.GetClass(table.Lookup(codePoint)) == CodePointBits.Separator)
        {
            EmitSeparator();
            return;
        }

        Reserve(LongestMapping);
        _used += Utf8Decoder.Encode(codePoint, _room[_used..]);
        _afterSeparator = false;
    }

    private void EmitSeparator()
    {
        if (_afterSeparator)
            return;

        Reserve(LongestMapping);
        _room[_used++] = (byte)' ';
        _afterSeparator = true;
    }

    private void Copy(ReadOnlySpan<byte> from, int at, int length)
    {
        Reserve(LongestMapping);
        Span<byte> room = _room[_used..];
        // Four bytes at once where they are there: what is too much is overwritten next.
        if (length <= 4 && at + 4 <= from.Length)
            BinaryPrimitives.WriteUInt32LittleEndian(room, BinaryPrimitives.ReadUInt32LittleEndian(from[at..]));
        else
            from.Slice(at, length).CopyTo(room);
        _used += length;
        _afterSeparator = false;
    }

    private void Reserve(int count)
    {
        if (_room.Length - _used >= count)
            return;

        output.Advance(_used);
        _flushed += _used;
        _used = 0;
        _room = output.GetSpan(count);
    }
}
