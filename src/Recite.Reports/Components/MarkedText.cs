using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Recite.Reports.Text;

namespace Recite.Reports.Components;

/// <summary>A pane's text with its spans marked and numbered; each number leads to the same span in the other pane.</summary>
/// <remarks>Built by hand because white space between tags would become part of the text.</remarks>
public sealed class MarkedText : ComponentBase
{
    /// <summary>The pane.</summary>
    [Parameter, EditorRequired]
    public PaneExcerpt Excerpt { get; set; } = null!;

    /// <summary>The other pane.</summary>
    [Parameter, EditorRequired]
    public PaneExcerpt Other { get; set; } = null!;

    /// <summary>Prefix of the ids of this pane's marks.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>Prefix of the ids of the other pane's marks.</summary>
    [Parameter, EditorRequired]
    public string OtherId { get; set; } = "";

    /// <summary>UTF-16 units at the start of the pane's context that belong to the prompt.</summary>
    [Parameter]
    public int PromptUnits { get; set; }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (Excerpt.OmittedBefore > 0)
            OmittedNote.Append(builder, Excerpt.OmittedBefore);
        if (PromptUnits > 0)
            AppendPrompt(builder, Excerpt.Before[..PromptUnits]);
        VisibleTextView.Append(builder, Excerpt.Before[PromptUnits..], keepLines: true);
        var seen = new HashSet<int>();
        foreach (TextRun run in Excerpt.Runs)
        {
            if (run.Mark is { } number)
                AppendMark(builder, run.Text, number, isFirst: seen.Add(number));
            else
                VisibleTextView.Append(builder, run.Text, keepLines: true);
        }

        VisibleTextView.Append(builder, Excerpt.After, keepLines: true);
        if (Excerpt.OmittedAfter > 0)
            OmittedNote.Append(builder, Excerpt.OmittedAfter);
    }

    private static void AppendPrompt(RenderTreeBuilder builder, string prompt)
    {
        builder.OpenElement(30, "span");
        builder.AddAttribute(31, "class", "given");
        VisibleTextView.Append(builder, prompt, keepLines: true);
        builder.CloseElement();
        builder.OpenElement(32, "span");
        builder.AddAttribute(33, "class", "boundary");
        builder.AddContent(34, "end of the prompt");
        builder.CloseElement();
    }

    private void AppendMark(RenderTreeBuilder builder, string text, int number, bool isFirst)
    {
        builder.OpenElement(20, "mark");
        if (isFirst)
            builder.AddAttribute(21, "id", $"{Id}-{number}");
        bool hasOther = Other.Has(number);
        builder.OpenElement(22, hasOther ? "a" : "span");
        builder.AddAttribute(23, "class", "mark-number");
        if (hasOther)
        {
            builder.AddAttribute(24, "href", $"#{OtherId}-{number}");
            builder.AddAttribute(25, "aria-label", $"Span {number}: go to it in the other pane");
        }

        builder.AddContent(26, number);
        builder.CloseElement();
        VisibleTextView.Append(builder, text, keepLines: true);
        builder.CloseElement();
    }
}
