using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Recite.Reports.Text;

namespace Recite.Reports.Components;

/// <summary>Text from outside: escaped, cut at a limit, invisible characters spelled out.</summary>
/// <remarks>Built by hand because white space between tags would become part of the text.</remarks>
public sealed class VisibleTextView : ComponentBase
{
    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    /// <summary>Most UTF-16 units to show.</summary>
    [Parameter]
    public int Limit { get; set; } = 4_000;

    /// <summary>Whether line feeds and tabs stay as they are; otherwise they are spelled out too.</summary>
    [Parameter]
    public bool KeepLines { get; set; }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        string shown = Cut.Head(Value, Limit);
        Append(builder, shown, KeepLines);
        if (shown.Length < Value.Length)
            OmittedNote.Append(builder, Value.Length - shown.Length);
    }

    internal static void Append(RenderTreeBuilder builder, string text, bool keepLines)
    {
        foreach (VisiblePiece piece in VisibleText.Split(text, keepLines))
        {
            if (!piece.IsCode)
            {
                builder.AddContent(0, piece.Text);
                continue;
            }

            builder.OpenElement(1, "span");
            builder.AddAttribute(2, "class", "code-point");
            builder.AddContent(3, piece.Text);
            builder.CloseElement();
        }
    }
}
