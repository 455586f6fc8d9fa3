using System.Buffers;

namespace Recite.Indexing.Text.Internals;

/// <summary>
/// One pass of <c>code</c> or <c>code-renamed</c> over one text. Nothing but a comment reaches over a line end, so what is read wrongly
/// stays wrong for a line at most. Definition: <c>docs/formats/normalization.md</c>.
/// </summary>
internal ref struct CodePass<TRecorder>(ReadOnlySpan<byte> text, IBufferWriter<byte> output, TRecorder recorder, bool renamed)
    where TRecorder : struct, IClusterRecorder
{
    private const int LongestStringPrefix = 2;

    private readonly ReadOnlySpan<byte> _text = text;
    private CodeOutput _output = new(output);
    private CodeMarkerReader _markers = new(text);
    private CodeClusters<TRecorder> _clusters = new(recorder);
    private bool _isDirective;
    private int _stringEnd;
    private int _wordStart = -1;
    private int _wordEnd = -1;
    private bool _owesSpace;

    public void Run()
    {
        for (int at = 0; at < _text.Length;)
        {
            at = CodeBytes.ClassOf(_text[at]) switch
            {
                CodeByte.Letter or CodeByte.Digit => TakeWord(at),
                CodeByte.Blank => at + 1,
                CodeByte.LineEnd => EndLine(at),
                CodeByte.Quote => at < _stringEnd ? TakeInnerQuote(at) : TakeQuote(at),
                CodeByte.Marker => TakeMarker(at),
                CodeByte.Backslash => TakeEscape(at),
                CodeByte.Wide => TakeWide(at),
                _ => TakeSign(at),
            };
        }

        PaySpace(_text.Length);
        _output.Flush();
    }

    private int EndLine(int at)
    {
        _clusters.EndLine();
        _isDirective = false;
        return at + 1;
    }

    private int TakeSign(int at)
    {
        Begin(at);
        _output.Write(_text[at]);
        return at + 1;
    }

    private int TakeWord(int at)
    {
        int end = CodeWords.FindEnd(_text, at);
        Begin(at);
        ReadOnlySpan<byte> word = _text[at..end];
        if (!renamed || CodeKeywords.Contains(word))
            _output.Write(word);
        else
            _output.Write(CodeBytes.ClassOf(word[0]) == CodeByte.Digit ? (byte)'0' : (byte)'i');
        (_wordStart, _wordEnd, _owesSpace) = (at, end, true);
        return end;
    }

    private int TakeWide(int at)
    {
        uint kind = WordBreaker.ClassOf(Utf8Decoder.Decode(_text, at, out int length));
        return kind == CodePointBits.Separator ? at + length : TakeWord(at);
    }

    private int TakeEscape(int at)
    {
        Begin(at);
        _output.Write((byte)'\\');
        bool takesNext = at + 1 < _text.Length && CodeBytes.ClassOf(_text[at + 1]) is CodeByte.Quote or CodeByte.Backslash;
        if (!takesNext)
            return at + 1;
        _output.Write(_text[at + 1] == '\\' ? (byte)'\\' : (byte)'"');
        return at + 2;
    }

    // All quotes are one, for formatters exchange them.
    private int TakeQuote(int at)
    {
        if (IsApostrophe(at))
        {
            PaySpace(at);
            _clusters.BeginJoined(at, _output.Written);
            _output.Write((byte)'"');
            return at + 1;
        }

        int closing = CodeBytes.FindClosingQuote(_text, at);
        Begin(at);
        if (closing < 0)
        {
            _output.Write((byte)'"');
            return at + 1;
        }

        if (renamed)
        {
            _output.Write("\"\""u8);
            return closing + 1;
        }

        _clusters.OpenString(at, _output.Written);
        _output.Write((byte)'"');
        _stringEnd = closing + 1;
        return at + 1;
    }

    private int TakeInnerQuote(int at)
    {
        Begin(at);
        if (at + 1 == _stringEnd)
            _clusters.CloseString(at, _output.Written);
        _output.Write((byte)'"');
        return at + 1;
    }

    /// <summary>Whether a single quote opens nothing: behind a word that is no prefix of a string, and before a lifetime.</summary>
    private readonly bool IsApostrophe(int at)
    {
        if (_text[at] != '\'' || _clusters.IsLineEmpty)
            return false;
        bool isBehindWord = _wordEnd == at && (at - _wordStart > LongestStringPrefix || CodeBytes.ClassOf(_text[_wordStart]) != CodeByte.Letter);
        return isBehindWord || _text[at - 1] is (byte)'&' or (byte)'<';
    }

    private int TakeMarker(int at)
    {
        bool isInString = at < _stringEnd;
        CodeMarker marker = isInString ? ReadInString(at) : _markers.Read(at, _clusters.IsLineEmpty, _isDirective);
        switch (marker.Kind)
        {
            case CodeMarkerKind.Sign:
                return TakeSign(at);
            case CodeMarkerKind.Comment:
                _clusters.MeetComment();
                return marker.End;
            case CodeMarkerKind.PlainCode:
                _isDirective |= _clusters.IsLineEmpty && _text[at] == '#';
                Begin(at);
                _clusters.JoinNext();
                break;
            default:
                PaySpace(at);
                _clusters.BeginMarker(at, _output.Written, isInString ? _stringEnd : 0);
                break;
        }

        _output.Write(_text[at..marker.End]);
        return marker.End;
    }

    // A string hides comments; that it does must not be forgotten where the text is cut.
    private readonly CodeMarker ReadInString(int at)
    {
        byte next = at + 1 < _text.Length ? _text[at + 1] : (byte)0;
        return (_text[at], next) switch
        {
            ((byte)'#', _) => new CodeMarker(CodeMarkerKind.Code, at + 1),
            ((byte)'/', (byte)'/' or (byte)'*') or ((byte)'-', (byte)'-') => new CodeMarker(CodeMarkerKind.Code, at + 2),
            _ => new CodeMarker(CodeMarkerKind.Sign, at + 1),
        };
    }

    private void Begin(int at)
    {
        PaySpace(at);
        _clusters.Begin(at, _output.Written);
    }

    /// <summary>Writes the space behind the last word; what vanished between it and the offset is where it came from.</summary>
    private void PaySpace(int at)
    {
        if (!_owesSpace)
            return;
        _owesSpace = false;
        if (at > _wordEnd)
            _clusters.BeginSpace(_wordEnd, _output.Written);
        _output.Write((byte)' ');
    }
}
