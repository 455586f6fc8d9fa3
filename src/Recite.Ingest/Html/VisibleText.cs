using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Recite.Ingest.Html;

/// <summary>
/// The title and the visible text of a page, read from AngleSharp's tokens and not from its tree: a tree of hostile markup is
/// quadratic in time and memory and as deep as the page is long; tokens are read in linear time, and depth costs nothing.
/// </summary>
internal static class VisibleText
{
    private const int TokensPerCheck = 4096;

    /// <summary>Extracts the text: lines for blocks, white space as a browser shows it, no markup, scripts or hidden parts.</summary>
    /// <param name="page">The decoded page.</param>
    /// <param name="isXml">Whether an empty element may close itself, as in XHTML; inside SVG and MathML it always may.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <param name="withTitle">Whether the title of the page is text of it.</param>
    public static string Extract(string page, bool isXml, CancellationToken ct, bool withTitle = true)
    {
        using var source = new TextSource(page);
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver)
        {
            SkipComments = true,
            DisableElementPositionTracking = true,
            IsAcceptingCharacterData = isXml,
        };
        var text = new TextLayout();
        var hidden = new HiddenPart(hidesTitle: !withTitle);
        int foreignDepth = 0;
        for (long tokens = 0; ; tokens++)
        {
            if (tokens % TokensPerCheck == 0)
                ct.ThrowIfCancellationRequested();
            HtmlToken token = tokenizer.Get();
            switch (token.Type)
            {
                case HtmlTokenType.EndOfFile:
                    return text.ToString();
                case HtmlTokenType.Character when !hidden.IsOpen:
                    text.Append(token.Data);
                    break;
                case HtmlTokenType.StartTag:
                    HtmlTagToken tag = token.AsTag();
                    bool isForeign = tag.Name is "svg" or "math";
                    bool closesItself = tag.IsSelfClosing && (isXml || isForeign || foreignDepth > 0);
                    foreignDepth += isForeign && !closesItself ? 1 : 0;
                    if (!closesItself)
                        tokenizer.State = HtmlElements.ContentOf(tag.Name);
                    hidden.Open(tag, closesItself);
                    if (!hidden.IsOpen)
                        text.Open(tag.Name, closesItself);
                    break;
                case HtmlTokenType.EndTag:
                    if (foreignDepth > 0 && (token.Name is "svg" or "math"))
                        foreignDepth--;
                    if (!hidden.IsOpen)
                        text.Close(token.Name);
                    hidden.Close(token.Name);
                    break;
            }
        }
    }
}
