using UglyToad.PdfPig;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace Recite.Ingest.Pdf;

/// <summary>
/// Looks at what a page is made of before the library does: at the width tables (ISO 32000-1, section 9.7.4.3) and character maps of its
/// fonts, where three numbers can stand for two thousand million characters of which it would write down each, and at how often a page
/// names one content.
/// </summary>
internal sealed class PageParts(PdfGuard guard, IPdfTokenScanner scanner, ILookupFilterProvider filters)
{
    private const long MaxCharacters = 1 << 20;   // of one font: as many as Unicode has
    private const int MaxReferences = 16;

    private readonly HashSet<DictionaryToken> _fonts = new(ReferenceEqualityComparer.Instance);

    /// <summary>Throws when the page, or a font that it names, costs too much.</summary>
    /// <exception cref="IngestException">It does.</exception>
    public void RefusePage(DictionaryToken page)
    {
        RefuseFonts(ResourcesOf(page));
        if (Entry(page, "Contents") is not ArrayToken contents)
            return;
        foreach (IToken content in contents.Data)
            guard.Charge(1 + (Resolve(content) is StreamToken stream ? stream.Data.Length : 0));
    }

    /// <summary>Throws when a form, or a font that it names, costs too much.</summary>
    /// <exception cref="IngestException">It does.</exception>
    public void RefuseForm(StreamToken form)
    {
        guard.Charge(form.Data.Length);
        RefuseFonts(ResourcesOf(form.StreamDictionary));
    }

    /// <summary>Throws when a font that the resources name costs too much.</summary>
    /// <exception cref="IngestException">It does.</exception>
    public void RefuseFonts(DictionaryToken? resources)
    {
        foreach (IToken font in Values(Entry(resources, "Font")))
            RefuseFont(Resolve(font) as DictionaryToken);

        // A graphics state may bring a font of its own, beside its size.
        foreach (IToken state in Values(Entry(resources, "ExtGState")))
        {
            if (Entry(Resolve(state) as DictionaryToken, "Font") is ArrayToken { Data: [IToken font, ..] })
                RefuseFont(Resolve(font) as DictionaryToken);
        }
    }

    private DictionaryToken? ResourcesOf(DictionaryToken owner) => Entry(owner, "Resources") as DictionaryToken;

    private void RefuseFont(DictionaryToken? font)
    {
        if (font is null || !_fonts.Add(font))
            return;
        RefuseMap(Entry(font, "ToUnicode") as StreamToken);
        RefuseMap(Entry(font, "Encoding") as StreamToken);
        if (Entry(font, "DescendantFonts") is not ArrayToken descendants)
            return;
        foreach (IToken descendant in descendants.Data)
        {
            RefuseRanges(Entry(Resolve(descendant) as DictionaryToken, "W") as ArrayToken, valuesOfRange: 1);
            RefuseRanges(Entry(Resolve(descendant) as DictionaryToken, "W2") as ArrayToken, valuesOfRange: 3);
        }
    }

    private void RefuseMap(StreamToken? map)
    {
        if (map is not null && CharacterMaps.CharactersOf(map.Decode(filters, scanner).Span) > MaxCharacters)
            throw guard.Refuse($"has a font with a map of more than {MaxCharacters} characters");
    }

    // Either a first character and an array of values, or a first and a last one and the values of all between.
    private void RefuseRanges(ArrayToken? table, int valuesOfRange)
    {
        long characters = 0;
        for (int i = 0; table is not null && i + 1 < table.Data.Count;)
        {
            if (Resolve(table.Data[i + 1]) is ArrayToken values)
            {
                characters += values.Data.Count;
                i += 2;
                continue;
            }

            double first = Number(table.Data[i]), last = Number(table.Data[i + 1]);
            double length = last - first + 1;
            i += 2 + valuesOfRange;
            characters += length > 0 ? (long)Math.Min(length, MaxCharacters) : 0;
            if (length > MaxCharacters || last >= int.MaxValue || characters > MaxCharacters)
                throw guard.Refuse($"has a font with widths of more than {MaxCharacters} characters");
        }
    }

    private double Number(IToken token) => Resolve(token) is NumericToken number ? number.Double : 0;

    private IToken? Entry(DictionaryToken? dictionary, string name) =>
        dictionary is not null && dictionary.Data.TryGetValue(name, out IToken? token) ? Resolve(token) : null;

    private static IEnumerable<IToken> Values(IToken? token) => token is DictionaryToken dictionary ? dictionary.Data.Values : [];

    private IToken? Resolve(IToken? token)
    {
        for (int i = 0; i < MaxReferences && token is IndirectReferenceToken reference; i++)
            token = scanner.Get(reference.Data)?.Data;
        return token;
    }
}
