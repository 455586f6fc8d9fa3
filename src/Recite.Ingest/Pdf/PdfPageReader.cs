using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Geometry;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Outline.Destinations;
using UglyToad.PdfPig.Parser;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace Recite.Ingest.Pdf;

/// <summary>Makes pages of letters only. The library creates it by itself, so that the guard comes in as its logger.</summary>
internal sealed class PdfPageReader : BasePageFactory<PdfPageLetters>, IPageFactory<PdfPageLetters>
{
    private readonly PageParts _parts;

    /// <summary>Creates the reader, with the arguments that the library gives.</summary>
    public PdfPageReader(IPdfTokenScanner pdfScanner, IResourceStore resourceStore, ILookupFilterProvider filterProvider, IPageContentParser pageContentParser, ParsingOptions parsingOptions)
        : base(pdfScanner, resourceStore, filterProvider, pageContentParser, parsingOptions) => _parts = new PageParts((PdfGuard)parsingOptions.Logger, pdfScanner, filterProvider);

    /// <inheritdoc/>
    PdfPageLetters IPageFactory<PdfPageLetters>.Create(int number, DictionaryToken dictionary, PageTreeMembers pageTreeMembers, NamedDestinations annotationProvider)
    {
        foreach (DictionaryToken inherited in pageTreeMembers.ParentResources)
            _parts.RefuseFonts(inherited);
        _parts.RefusePage(dictionary);
        return Create(number, dictionary, pageTreeMembers, annotationProvider);
    }

    /// <inheritdoc/>
    protected override PdfPageLetters ProcessPage(
        int pageNumber,
        DictionaryToken dictionary,
        NamedDestinations namedDestinations,
        MediaBox mediaBox,
        CropBox cropBox,
        UserSpaceUnit userSpaceUnit,
        PageRotationDegrees rotation,
        TransformationMatrix initialMatrix,
        IReadOnlyList<IGraphicsStateOperation> operations)
    {
        var letters = new LetterGatherer(pageNumber, ResourceStore, PdfScanner, PageContentParser, FilterProvider, cropBox, userSpaceUnit, rotation, initialMatrix, ParsingOptions) { Parts = _parts };
        return letters.Process(pageNumber, operations);
    }
}
