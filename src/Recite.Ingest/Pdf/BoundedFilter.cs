using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Recite.Ingest.Pdf;

/// <summary>A filter of the library that is asked only when what it would give is not too much.</summary>
/// <param name="guard">What is charged.</param>
/// <param name="filter">The filter.</param>
/// <param name="measure">Bytes it would give, or any larger number than the second argument when they are more than that.</param>
internal sealed class BoundedFilter(PdfGuard guard, IFilter filter, Func<Memory<byte>, long, long> measure) : IFilter
{
    private const long MaxRowBits = 8L << 20;   // of a predictor: a picture of 40 000 colored pixels in a row has a tenth of that

    public bool IsSupported => filter.IsSupported;

    public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
    {
        guard.Charge(measure(input, guard.BytesLeft));
        RefuseLongRows(DecodeParameterResolver.GetFilterParameters(streamDictionary, filterIndex));
        return filter.Decode(input, streamDictionary, filterProvider, filterIndex);
    }

    // A predictor makes room for one row before it sees the first byte of it (ISO 32000-1, section 7.4.4.4).
    private void RefuseLongRows(DictionaryToken? parameters)
    {
        double bits = Number(parameters, "Columns", 1) * Number(parameters, "Colors", 1) * Number(parameters, "BitsPerComponent", 8);
        if (!(bits is > 0 and < MaxRowBits))
            throw guard.Refuse("has a stream with rows that are too long");
    }

    private static double Number(DictionaryToken? parameters, string name, double without) =>
        parameters is not null && parameters.Data.TryGetValue(name, out IToken? token) && token is NumericToken number ? number.Double : without;
}
