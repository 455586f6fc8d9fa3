using System.Text;

namespace Recite.Testing.Text;

/// <summary>
/// The oracle of <c>code/1</c> and <c>code-renamed/1</c>: lexes code points one by one by the plain reading of the definition. Lengths
/// are counted in code points, so long comments should be ASCII.
/// </summary>
public sealed class SlowCode
{
    private static readonly string[] s_directives = SlowCodeWords.Read("directives"), s_keywords = SlowCodeWords.Read("keywords");

    private readonly List<int> _text;
    private readonly bool _renamed;
    private readonly StringBuilder _output = new();
    private bool _lineIsEmpty = true, _isDirective;
    private int _stringEnd = -1, _wordStart = -1, _wordEnd = -1;

    private SlowCode(List<int> text, bool renamed) => (_text, _renamed) = (text, renamed);

    public static byte[] Normalize(ReadOnlySpan<byte> utf8, bool renamed)
    {
        var lexer = new SlowCode(SlowNormalizer.ReadCodePoints(utf8), renamed);
        for (int at = 0; at < lexer._text.Count;)
            at = lexer.Take(at);
        return Encoding.UTF8.GetBytes(lexer._output.ToString());
    }

    private int Take(int at)
    {
        int here = At(at);
        if (here is '\n' or '\r')
        {
            _lineIsEmpty = true;
            _isDirective = false;
            return at + 1;
        }

        if (IsBlank(here) || here > 127 && SlowUnicode.IsSeparator(here))
            return at + 1;
        if (at > _stringEnd && FindComment(at) is { } end)
            return end;

        int next = IsWord(here) ? TakeWord(at) : here is '\'' or '"' or '`' ? TakeQuote(at) : TakeSign(at);
        _lineIsEmpty = false;
        return next;
    }

    private int TakeSign(int at)
    {
        // A hash that is no comment at the start of a line is the one of a directive or an attribute.
        _isDirective |= At(at) == '#' && _lineIsEmpty;
        _output.Append((char)At(at));
        // Two signs that might be a comment elsewhere are taken together: the second begins none with what follows.
        if (Is(at, "//") || Is(at, "/*") || Is(at, "--") || Is(at, @"\\"))
        {
            _output.Append((char)At(at + 1));
            return at + 2;
        }

        if (At(at) != '\\' || At(at + 1) is not ('\'' or '"' or '`'))
            return at + 1;
        _output.Append('"');
        return at + 2;
    }

    private int TakeWord(int start)
    {
        int end = RunEnd(start);
        bool isNumber = IsDigit(At(start)), isHexadecimal = Is(start, "0x") || Is(start, "0X");
        while (isNumber && IsDigit(At(end + 1)) && (At(end) == '.' || At(end) is '+' or '-' && At(end - 1) is 'e' or 'E' && !isHexadecimal))
            end = RunEnd(end + 1);

        string word = string.Concat(_text[start..end].Select(char.ConvertFromUtf32));
        bool isKept = !_renamed || s_keywords.Contains(word, StringComparer.Ordinal);
        _output.Append(isKept ? word : isNumber ? "0" : "i").Append(' ');
        (_wordStart, _wordEnd) = (start, end);
        return end;
    }

    private int TakeQuote(int at)
    {
        bool behindWord = _wordEnd == at && (at - _wordStart > 2 || At(_wordStart) > 127 || IsDigit(At(_wordStart)) || At(_wordStart + 1) > 127 && at - _wordStart > 1);
        bool isApostrophe = At(at) == '\'' && !_lineIsEmpty && (behindWord || At(at - 1) is '&' or '<');
        int closing = at <= _stringEnd || isApostrophe ? -1 : ClosingQuote(at);
        if (closing >= 0 && _renamed)
        {
            _output.Append("\"\"");
            return closing + 1;
        }

        if (closing >= 0)
            _stringEnd = closing;
        _output.Append('"');
        return at + 1;
    }

    private int ClosingQuote(int opening)
    {
        for (int at = opening + 1; at < _text.Count && At(at) is not ('\n' or '\r'); at++)
        {
            if (At(at) == At(opening))
                return at;
            if (At(at) == '\\' && At(at + 1) is not ('\n' or '\r'))
                at++;
        }

        return -1;
    }

    private int? FindComment(int at)
    {
        int lineEnd = _text.FindIndex(at, codePoint => codePoint is '\n' or '\r') is var found and >= 0 ? found : _text.Count;
        if (Is(at, "//"))
        {
            bool isDivision = IsDigit(At(at + 2)) || At(at + 2) == ' ' && IsDigit(At(at + 3));
            bool isAddress = !_lineIsEmpty && At(at - 1) == ':';
            return isDivision || isAddress ? null : lineEnd;
        }

        if (Is(at, "/*"))
        {
            bool isTight = !_lineIsEmpty && At(at - 1) is >= '0' and <= '9' or >= 'A' and <= 'Z' or >= 'a' and <= 'z' or '_' or '.' or '~' or '*' or '}' or '"' or '\'';
            int? end = BlockEnd(at, at + 2, "*/");
            return _lineIsEmpty || !isTight || end - at <= 256 && end <= lineEnd ? end : null;
        }

        if (At(at) == '#' && _lineIsEmpty)
        {
            string word = string.Concat(_text.Skip(at + 1).TakeWhile(codePoint => codePoint < 128 && IsWord(codePoint)).Select(char.ConvertFromUtf32));
            return Is(at + 1, "[") || Is(at + 1, "![") || s_directives.Contains(word, StringComparer.Ordinal) ? null : lineEnd;
        }

        if (At(at) == '#')
        {
            bool isSpaced = IsBlank(At(at - 1)) && (IsBlank(At(at + 1)) || At(at + 1) == '#' || At(at + 1) == '!' && At(at + 2) != '[');
            return isSpaced && !_isDirective ? lineEnd : null;
        }

        if (!Is(at, "--") || !_lineIsEmpty && !IsBlank(At(at - 1)))
            return null;
        int? block = Is(at, "--[[") ? BlockEnd(at, at + 4, "]]") : null;
        return block ?? (IsBlank(At(at + 2)) || At(at + 2) == '-' ? lineEnd : null);
    }

    private int? BlockEnd(int opening, int from, string closing)
    {
        for (int at = from; at + 2 <= Math.Min(_text.Count, opening + (16 << 10)); at++)
        {
            if (Is(at, closing))
                return at + 2;
        }

        return null;
    }

    private int RunEnd(int at)
    {
        while (IsWord(At(at)))
            at++;
        return at;
    }

    private bool Is(int at, string ascii) => ascii.Select((letter, i) => At(at + i) == letter).All(isSame => isSame);

    private int At(int index) => index >= 0 && index < _text.Count ? _text[index] : -1;

    private static bool IsDigit(int codePoint) => codePoint is >= '0' and <= '9';

    private static bool IsBlank(int codePoint) => codePoint is <= ' ' or 127;

    private static bool IsWord(int codePoint) => codePoint == '_' || codePoint >= 0 && !SlowUnicode.IsSeparator(codePoint);
}
