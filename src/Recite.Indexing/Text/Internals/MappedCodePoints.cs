namespace Recite.Indexing.Text.Internals;

/// <summary>Goes through what a table maps a text to, code point by code point.</summary>
internal ref struct MappedCodePoints(FoldingTable table, ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private ReadOnlySpan<byte> _mapping;
    private int _at;

    public int Current { get; private set; }

    public readonly MappedCodePoints GetEnumerator() => this;

    public bool MoveNext()
    {
        int length;
        while (_mapping.IsEmpty)
        {
            if (_at == _text.Length)
                return false;

            Current = Utf8Decoder.Decode(_text, _at, out length);
            _at += length;
            uint bits = table.Lookup(Current);
            if ((bits & CodePointBits.Mapped) == 0)
                return true;
            _mapping = table.GetMapping(bits);
        }

        Current = Utf8Decoder.Decode(_mapping, 0, out length);
        _mapping = _mapping[length..];
        return true;
    }
}
