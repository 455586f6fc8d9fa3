using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Geometry;
using UglyToad.PdfPig.Graphics;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Parser;
using UglyToad.PdfPig.PdfFonts;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;
using UglyToad.PdfPig.Util;

namespace Recite.Ingest.Pdf;

/// <summary>
/// Draws a page without drawing: letters are kept with their places, lines, areas and pictures are let go. Bounds what a
/// page may draw: letters, saved states, and forms in forms, of which a few lines can ask for any number.
/// </summary>
internal sealed class LetterGatherer : UndrawnContent<PdfPageLetters>
{
    /// <summary>Most letters of a page; a newspaper page has thirty thousand.</summary>
    public const int MaxLetters = 200_000;

    private const int MaxSavedStates = 1024;
    private const int MaxFormsInForms = 32;
    private const int MaxForms = 100_000;
    private const int OperationsPerCheck = 256;

    private readonly PdfGuard _guard;
    private readonly List<Letter> _letters = [];
    private int _formDepth;
    private int _forms;
    private int _operations;

    /// <summary>Creates the gatherer of one page.</summary>
    public LetterGatherer(
        int pageNumber,
        IResourceStore resourceStore,
        IPdfTokenScanner pdfScanner,
        IPageContentParser pageContentParser,
        ILookupFilterProvider filterProvider,
        CropBox cropBox,
        UserSpaceUnit userSpaceUnit,
        PageRotationDegrees rotation,
        in TransformationMatrix initialMatrix,
        ParsingOptions parsingOptions)
        : base(pageNumber, resourceStore, pdfScanner, pageContentParser, filterProvider, cropBox, userSpaceUnit, rotation, initialMatrix, parsingOptions) =>
        _guard = (PdfGuard)parsingOptions.Logger;

    /// <summary>What looks at forms before they are drawn.</summary>
    public required PageParts Parts { get; init; }

    /// <inheritdoc/>
    public override PdfPageLetters Process(int pageNumberCurrent, IReadOnlyList<IGraphicsStateOperation> operations)
    {
        PageNumber = pageNumberCurrent;
        CloneAllStates();
        ProcessOperations(operations);
        return new PdfPageLetters(_letters);
    }

    /// <inheritdoc/>
    public override void RenderGlyph(
        IFont font,
        CurrentGraphicsState currentState,
        double fontSize,
        double pointSize,
        int code,
        string unicode,
        long currentOffset,
        in TransformationMatrix renderingMatrix,
        in TransformationMatrix textMatrix,
        in TransformationMatrix transformationMatrix,
        CharacterBoundingBox characterBoundingBox)
    {
        if (_letters.Count == MaxLetters)
            throw _guard.Refuse($"has more than {MaxLetters} letters");
        if (_letters.Count % OperationsPerCheck == 0)
            _guard.Check();

        PdfRectangle ink = PerformantRectangleTransformer.Transform(renderingMatrix, textMatrix, transformationMatrix, characterBoundingBox.GlyphBounds);
        PdfRectangle advance = PerformantRectangleTransformer.Transform(renderingMatrix, textMatrix, transformationMatrix, new PdfRectangle(0, 0, characterBoundingBox.Width, UserSpaceUnit.PointMultiples));
        PdfRectangle box = ink.Width > double.Epsilon || ink.Height > double.Epsilon ? ink : advance;
        if (!IsFinite(box) || !IsFinite(advance) || Accents(unicode))
            return;
        _letters.Add(new Letter(
            unicode,
            box,
            box,
            advance.BottomLeft,
            advance.BottomRight,
            advance.Width,
            fontSize,
            font,
            currentState.FontState.TextRenderingMode,
            currentState.CurrentStrokingColor!,
            currentState.CurrentNonStrokingColor!,
            pointSize,
            TextSequence));
    }

    /// <inheritdoc/>
    public override void PushState()
    {
        if (StackSize >= MaxSavedStates)
            throw _guard.Refuse($"saves more than {MaxSavedStates} states of its drawing");
        base.PushState();
    }

    /// <inheritdoc/>
    protected override void ProcessOperations(IReadOnlyList<IGraphicsStateOperation> operations)
    {
        foreach (IGraphicsStateOperation operation in operations)
        {
            if (_operations++ % OperationsPerCheck == 0)
                _guard.Check();
            operation.Run(this);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessFormXObject(StreamToken formStream, NameToken xObjectName)
    {
        if (_formDepth == MaxFormsInForms)
            throw _guard.Refuse($"has forms in more than {MaxFormsInForms} forms");
        if (++_forms > MaxForms)
            throw _guard.Refuse($"draws more than {MaxForms} forms");
        Parts.RefuseForm(formStream);
        _formDepth++;
        try
        {
            base.ProcessFormXObject(formStream, xObjectName);
        }
        finally
        {
            _formDepth--;
        }
    }

    // Some programs draw the accent over the letter as a letter of its own.
    private bool Accents(string unicode)
    {
        if (_letters.Count == 0 || !Diacritics.IsInCombiningDiacriticRange(unicode))
            return false;
        Letter last = _letters[^1];
        if (last.TextSequence != TextSequence || !Diacritics.TryCombineDiacriticWithPreviousLetter(unicode, last.Value, out string? accented))
            return false;
        _letters[^1] = new Letter(
            accented,
            last.BoundingBox,
            last.GlyphRectangleLoose,
            last.StartBaseLine,
            last.EndBaseLine,
            last.Width,
            last.FontSize,
            last.GetFont()!,
            last.RenderingMode,
            last.StrokeColor,
            last.FillColor,
            last.PointSize,
            last.TextSequence);
        return true;
    }

    private static bool IsFinite(in PdfRectangle box) =>
        double.IsFinite(box.Left) && double.IsFinite(box.Right) && double.IsFinite(box.Bottom) && double.IsFinite(box.Top);
}
