using System.Collections.Frozen;
using AngleSharp.Html.Parser;

namespace Recite.Ingest.Html;

/// <summary>What the HTML standard says about elements, as far as text cares (html.spec.whatwg.org, sections 13.2 and 15.3).</summary>
internal static class HtmlElements
{
    private static readonly FrozenSet<string> Blocks = Set(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
        + "frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre "
        + "search section select summary table tbody textarea tfoot thead title tr ul xmp");

    private static readonly FrozenSet<string> NeverShown = Set("script style template noembed noframes iframe datalist");

    private static readonly FrozenSet<string> Verbatim = Set("pre textarea listing xmp plaintext");

    // Void elements have no end, and these may leave theirs out: hiding up to an end tag would hide the rest of the page.
    private static readonly FrozenSet<string> WithoutSureEndTag = Set(
        "area base body br caption col colgroup dd dt embed head hr html img input li link meta optgroup option p param rp rt source "
        + "tbody td tfoot th thead tr track wbr");

    /// <summary>Whether the element stands on lines of its own.</summary>
    public static bool IsBlock(string name) => Blocks.Contains(name);

    /// <summary>Whether a table puts the element beside its neighbour.</summary>
    public static bool IsCell(string name) => name is "td" or "th";

    /// <summary>Whether white space inside the element is shown as it is.</summary>
    public static bool IsVerbatim(string name) => Verbatim.Contains(name);

    /// <summary>Whether the element's content is no visible text, wherever it stands.</summary>
    public static bool IsNeverShown(string name) => NeverShown.Contains(name);

    /// <summary>Whether the element always has an end tag.</summary>
    public static bool HasEndTag(string name) => !WithoutSureEndTag.Contains(name);

    /// <summary>How the tokenizer has to read the content of the element; the tree builder would say so if there were one.</summary>
    public static HtmlParseMode ContentOf(string name) => name switch
    {
        "title" or "textarea" => HtmlParseMode.RCData,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "script" => HtmlParseMode.Script,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
