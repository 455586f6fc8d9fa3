using AngleSharp.Html.Parser.Tokens;

namespace Recite.Ingest.Html;

/// <summary>Follows an element that is not shown to its end tag, counting elements of the same name inside it.</summary>
/// <param name="hidesTitle">Whether the title counts as hidden.</param>
internal sealed class HiddenPart(bool hidesTitle)
{
    private string? _name;
    private int _depth;

    /// <summary>Whether what is read is hidden.</summary>
    public bool IsOpen => _name is not null;

    public void Open(HtmlTagToken tag, bool closesItself)
    {
        if (closesItself)
            return;
        if (_name is not null)
        {
            _depth += string.Equals(_name, tag.Name, StringComparison.Ordinal) ? 1 : 0;
        }
        else if (HtmlElements.IsNeverShown(tag.Name) || (hidesTitle && tag.Name is "title") || (HtmlElements.HasEndTag(tag.Name) && IsMarkedHidden(tag)))
        {
            _name = tag.Name;
            _depth = 1;
        }
    }

    public void Close(string name)
    {
        if (_name is not null && string.Equals(_name, name, StringComparison.Ordinal) && --_depth == 0)
            _name = null;
    }

    private static bool IsMarkedHidden(HtmlTagToken tag)
    {
        foreach (HtmlAttributeToken attribute in tag.Attributes)
        {
            if (attribute.Name is "hidden")
                return true;
        }

        return false;
    }
}
