using Microsoft.AspNetCore.Components.Rendering;
using Recite.Reports.Wording;

namespace Recite.Reports.Components;

/// <summary>Says how much of a text is not shown, so that a cut is never taken for the end.</summary>
internal static class OmittedNote
{
    /// <summary>Appends the note; the count is in UTF-16 units, which people call characters.</summary>
    public static void Append(RenderTreeBuilder builder, int omitted)
    {
        builder.OpenElement(10, "span");
        builder.AddAttribute(11, "class", "omitted");
        builder.AddContent(12, $" … {Phrases.Count(omitted)} more not shown … ");
        builder.CloseElement();
    }
}
