using Recite.Indexing.Text.Internals;

namespace Recite.Indexing.Text;

/// <summary>Goes through the words of a text; see <see cref="WordBreaker"/>.</summary>
public ref struct WordEnumerator
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    internal WordEnumerator(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>Place of the word.</summary>
    public TextSpan Current { get; private set; }

    /// <summary>This one.</summary>
    public readonly WordEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next word; false behind the last.</summary>
    public bool MoveNext()
    {
        uint first = CodePointBits.Separator;
        int length = 0;
        for (; _at < _text.Length; _at += length)
        {
            first = Read(_at, out length);
            if (first != CodePointBits.Separator)
                break;
        }

        if (first == CodePointBits.Separator)
            return false;

        int start = _at;
        _at += length;
        for (; _at < _text.Length; _at += length)
        {
            uint next = Read(_at, out length);
            bool goesOn = next == CodePointBits.Mark || next == CodePointBits.Joined && first != CodePointBits.Alone;
            if (!goesOn)
                break;
        }

        Current = new TextSpan(start, _at);
        return true;
    }

    private readonly uint Read(int at, out int length) => WordBreaker.ClassOf(Utf8Decoder.Decode(_text, at, out length));
}
