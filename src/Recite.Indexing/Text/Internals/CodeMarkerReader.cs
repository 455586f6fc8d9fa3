namespace Recite.Indexing.Text.Internals;

/// <summary>
/// Says of each <c>//</c>, <c>/*</c>, <c>#</c> and <c>--</c> whether it begins a comment, from the line that it stands in: no language
/// needs to be known. Rules: <c>docs/formats/normalization.md</c>.
/// </summary>
internal ref struct CodeMarkerReader(ReadOnlySpan<byte> text)
{
    private const int LongestTightComment = 256;

    private readonly ReadOnlySpan<byte> _text = text;
    private BlockCommentEnds _slashStar = new(text, BlockComment.SlashStar);
    private BlockCommentEnds _longBracket = new(text, BlockComment.LongBracket);

    /// <summary>Reads the marker at the offset.</summary>
    /// <param name="at">Where <c>/</c>, <c>#</c> or <c>-</c> stands.</param>
    /// <param name="isFirst">Whether nothing but white space and comments stands before it on the line.</param>
    /// <param name="isDirective">Whether the line is one for a preprocessor.</param>
    public CodeMarker Read(int at, bool isFirst, bool isDirective)
    {
        byte next = at + 1 < _text.Length ? _text[at + 1] : (byte)0;
        return (_text[at], next) switch
        {
            ((byte)'#', _) => ReadHash(at, isFirst, isDirective),
            ((byte)'/', (byte)'/') => ReadSlashes(at, isFirst),
            ((byte)'/', (byte)'*') => ReadSlashStar(at, isFirst),
            ((byte)'-', (byte)'-') => ReadDashes(at, isFirst),
            _ => new CodeMarker(CodeMarkerKind.Sign, at + 1),
        };
    }

    private readonly CodeMarker ReadSlashes(int at, bool isFirst)
    {
        int operand = at + 2 < _text.Length && _text[at + 2] == ' ' ? at + 3 : at + 2;
        if (CodeBytes.IsDigitAt(_text, operand))
            return new CodeMarker(CodeMarkerKind.PlainCode, at + 2);
        return !isFirst && _text[at - 1] == ':' ? new CodeMarker(CodeMarkerKind.Code, at + 2) : LineComment(at);
    }

    private CodeMarker ReadSlashStar(int at, bool isFirst)
    {
        int end = _slashStar.Find(at);
        if (end < 0)
            return new CodeMarker(CodeMarkerKind.PlainCode, at + 2);

        bool isTight = !isFirst && (CodeBytes.IsWord(_text[at - 1]) || _text[at - 1] is (byte)'.' or (byte)'~' or (byte)'*' or (byte)'}' or (byte)'"' or (byte)'\'');
        bool isComment = !isTight || end - at <= LongestTightComment && !_text[at..end].ContainsAny((byte)'\n', (byte)'\r');
        return isComment ? new CodeMarker(CodeMarkerKind.Comment, end) : new CodeMarker(CodeMarkerKind.Code, at + 2);
    }

    private readonly CodeMarker ReadHash(int at, bool isFirst, bool isDirective)
    {
        ReadOnlySpan<byte> rest = _text[(at + 1)..];
        int end = rest.StartsWith("!["u8) ? at + 3 : at + 1;
        if (isFirst)
        {
            bool isAttribute = end > at + 1 || rest.StartsWith("["u8);
            return isAttribute || CodeDirectives.BeginsWithOne(rest) ? new CodeMarker(CodeMarkerKind.PlainCode, end) : LineComment(at);
        }

        bool isSpaced = CodeBytes.IsBlankAt(_text, at - 1) && (CodeBytes.IsBlankAt(_text, at + 1) || _text[at + 1] is (byte)'#' or (byte)'!' && end == at + 1);
        return isSpaced && !isDirective ? LineComment(at) : new CodeMarker(CodeMarkerKind.Code, end);
    }

    private CodeMarker ReadDashes(int at, bool isFirst)
    {
        int block = _text[at..].StartsWith("--[["u8) ? _longBracket.Find(at) : -1;
        bool isLine = CodeBytes.IsBlankAt(_text, at + 2) || _text[at + 2] == '-';
        if (block < 0 && !isLine)
            return new CodeMarker(CodeMarkerKind.PlainCode, at + 2);
        if (!isFirst && !CodeBytes.IsBlankAt(_text, at - 1))
            return new CodeMarker(CodeMarkerKind.Code, at + 2);
        return block < 0 ? LineComment(at) : new CodeMarker(CodeMarkerKind.Comment, block);
    }

    private readonly CodeMarker LineComment(int at) => new(CodeMarkerKind.Comment, CodeBytes.FindLineEnd(_text, at));
}
