using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Recite.Ingest.Pdf;

/// <summary>
/// The filters of PDF (ISO 32000-1, section 7.4) behind a guard. The library's own unpack whatever comes; pictures, which it can
/// unpack too, are of no use here and come out empty.
/// </summary>
internal sealed class BoundedFilters : BaseFilterProvider
{
    /// <summary>Creates the filters.</summary>
    public BoundedFilters(PdfGuard guard)
        : base(All(guard))
    {
    }

    private static Dictionary<string, IFilter> All(PdfGuard guard)
    {
        var filters = new Dictionary<string, IFilter>(StringComparer.Ordinal);
        Add(new BoundedFilter(guard, new FlateFilter(), UnpackedSizes.OfFlate), NameToken.FlateDecode, NameToken.FlateDecodeAbbreviation);
        Add(new BoundedFilter(guard, new LzwFilter(), UnpackedSizes.OfLzw), NameToken.LzwDecode, NameToken.LzwDecodeAbbreviation);
        Add(new BoundedFilter(guard, new RunLengthFilter(), UnpackedSizes.OfRunLength), NameToken.RunLengthDecode, NameToken.RunLengthDecodeAbbreviation);
        Add(new BoundedFilter(guard, new Ascii85Filter(), UnpackedSizes.OfAscii85), NameToken.Ascii85Decode, NameToken.Ascii85DecodeAbbreviation);
        Add(new BoundedFilter(guard, new AsciiHexDecodeFilter(), UnpackedSizes.OfHex), NameToken.AsciiHexDecode, NameToken.AsciiHexDecodeAbbreviation);
        Add(
            new PictureFilter(),
            NameToken.CcittfaxDecode,
            NameToken.CcittfaxDecodeAbbreviation,
            NameToken.DctDecode,
            NameToken.DctDecodeAbbreviation,
            NameToken.Jbig2Decode,
            NameToken.JpxDecode);
        return filters;

        void Add(IFilter filter, params ReadOnlySpan<NameToken> names)
        {
            foreach (NameToken name in names)
                filters.Add(name.Data, filter);
        }
    }
}
