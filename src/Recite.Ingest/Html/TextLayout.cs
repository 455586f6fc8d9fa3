using System.Text;

namespace Recite.Ingest.Html;

/// <summary>
/// Lays out text as a browser would, roughly: runs of white space are one space, blocks and <c>br</c> begin a line, cells of a
/// row are separated by a tab, preformatted text keeps its white space. No line is empty unless the page asks for it.
/// </summary>
internal sealed class TextLayout
{
    private readonly StringBuilder _text = new();
    private int _pendingLines;
    private char _pendingGap;   // '\0', ' ' or '\t'
    private int _verbatimDepth;
    private bool _skipsLineFeed;

    public void Open(string name, bool closesItself)
    {
        if (name is "br")
        {
            _pendingLines++;
        }
        else if (HtmlElements.IsBlock(name))
        {
            BeginLine();
        }
        else if (HtmlElements.IsCell(name))
        {
            _pendingGap = '\t';
        }

        if (!closesItself && HtmlElements.IsVerbatim(name))
        {
            _verbatimDepth++;
            _skipsLineFeed = true;   // the standard drops one line feed right behind the tag
        }
    }

    public void Close(string name)
    {
        if (HtmlElements.IsBlock(name))
            BeginLine();
        if (HtmlElements.IsVerbatim(name))
            _verbatimDepth = Math.Max(0, _verbatimDepth - 1);
    }

    public void Append(string data)
    {
        ReadOnlySpan<char> text = data;
        if (_skipsLineFeed && text.StartsWith('\n'))
            text = text[1..];
        _skipsLineFeed = false;
        if (_verbatimDepth > 0)
            AppendVerbatim(text);
        else
            AppendCollapsed(text);
    }

    /// <summary>The text so far, without white space at its end.</summary>
    public override string ToString() => _text.ToString().TrimEnd([' ', '\t', '\n']);

    private void BeginLine() => _pendingLines = Math.Max(_pendingLines, 1);

    private void AppendVerbatim(ReadOnlySpan<char> text)
    {
        // White space at the end waits, so that a page never ends in it.
        ReadOnlySpan<char> body = text.TrimEnd('\n');
        if (!body.IsEmpty)
        {
            FlushPending();
            _text.Append(body);
        }

        _pendingLines += text.Length - body.Length;
    }

    private void AppendCollapsed(ReadOnlySpan<char> text)
    {
        while (true)
        {
            ReadOnlySpan<char> rest = text.TrimStart(" \t\r\n\f");
            if (rest.Length < text.Length && _pendingGap == '\0')
                _pendingGap = ' ';
            if (rest.IsEmpty)
                return;
            int end = rest.IndexOfAny(" \t\r\n\f");
            FlushPending();
            _text.Append(end < 0 ? rest : rest[..end]);
            if (end < 0)
                return;
            text = rest[end..];
        }
    }

    private void FlushPending()
    {
        if (_text.Length > 0 && _pendingLines > 0)
            _text.Append('\n', _pendingLines);
        else if (_text.Length > 0 && _pendingGap != '\0')
            _text.Append(_pendingGap);
        _pendingLines = 0;
        _pendingGap = '\0';
    }
}
