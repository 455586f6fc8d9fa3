using System.Text;
using System.Xml;

namespace Recite.Ingest.Docx;

/// <summary>Gathers the text of WordprocessingML as its nodes go by (ECMA-376-1, sections 17.3.1 to 17.3.3).</summary>
internal sealed class DocxText(InputFile file, IngestOptions options)
{
    private readonly StringBuilder _text = new();
    private int _paragraphStart;
    private int _alternativeDepth = -1;
    private bool _isText;

    /// <summary>Takes the node on which the reader stands.</summary>
    public void Take(XmlReader xml)
    {
        // The same drawing stands a second time for programs that do not know its first form.
        if (_alternativeDepth >= 0)
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.Depth == _alternativeDepth)
                _alternativeDepth = -1;
            return;
        }

        switch (xml.NodeType)
        {
            case XmlNodeType.Element:
                Begin(xml);
                break;
            case XmlNodeType.EndElement when xml.LocalName is "p":
                EndParagraph();
                break;
            case XmlNodeType.EndElement when xml.LocalName is "t":
                _isText = false;
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when _isText:
                _text.Append(xml.Value);
                file.RefuseLongText(_text.Length, options.MaxDocumentBytes);
                break;
        }
    }

    /// <summary>Ends a paragraph; an empty one leaves no line.</summary>
    public void EndParagraph()
    {
        if (_text.Length == _paragraphStart)
            return;
        _text.Append('\n');
        _paragraphStart = _text.Length;
    }

    /// <summary>The text so far, without white space at its end.</summary>
    public override string ToString() => _text.ToString().TrimEnd();

    private void Begin(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "t":
                _isText = !xml.IsEmptyElement;
                break;
            case "tab":
                AppendInside('\t');
                break;
            case "br" or "cr":
                AppendInside('\n');
                break;
            case "noBreakHyphen":
                AppendInside('\u2011');
                break;
            case "Fallback" when !xml.IsEmptyElement:
                _alternativeDepth = xml.Depth;
                break;
        }
    }

    // Tabs are declared in the properties of a paragraph, too, before it has any text.
    private void AppendInside(char c)
    {
        if (_text.Length > _paragraphStart)
            _text.Append(c);
    }
}
