using Recite.Probes;

namespace Recite.SelfTest.Oracles;

/// <summary>
/// Draws corpora that share long runs with each other and with themselves, and queries of every shape that an index can get wrong.
/// </summary>
internal sealed class GlyphWriter(SeededRandom random)
{
    private const int LongestDocument = 120;

    /// <summary>The shapes of queries, in turn.</summary>
    public static IReadOnlyList<string> Shapes { get; } =
        ["empty", "whole document", "across a border", "excerpt", "excerpt rewritten", "two excerpts", "document and more", "broken bytes between", "unrelated"];

    /// <summary>Texts of one corpus; now and then an empty one.</summary>
    public IReadOnlyList<Glyph[]> DrawCorpus()
    {
        var documents = new List<Glyph[]>();
        int count = 2 + (int)random.Below(5);
        for (int i = 0; i < count; i++)
        {
            int length = random.Below(12) == 0 ? 0 : 20 + (int)random.Below(LongestDocument - 20);
            var document = new List<Glyph>();
            while (document.Count < length)
                document.AddRange(documents.Count > 0 && random.Below(3) > 0 ? Excerpt(Pick(documents)) : Fresh(1 + (int)random.Below(50)));
            documents.Add([.. document.Take(length)]);
        }

        // A builder refuses a corpus without any text.
        documents.Add([.. Fresh(60)]);
        return documents;
    }

    /// <summary>A query of the shape with this number.</summary>
    public Glyph[] DrawQuery(int shape, IReadOnlyList<Glyph[]> documents)
    {
        int at = (int)random.Below(documents.Count);
        return Shapes[shape] switch
        {
            "empty" => [],
            "whole document" => documents[at],
            "across a border" => [.. documents[at], .. documents[(at + 1) % documents.Count]],
            "excerpt" => Excerpt(documents[at]),
            "excerpt rewritten" => [.. Fresh(5), .. Excerpt(documents[at]).Select(Rewrite), .. Fresh(5)],
            "two excerpts" => [.. Excerpt(documents[at]), .. Excerpt(Pick(documents))],
            "document and more" => [.. Fresh(8), .. documents[at], .. Fresh(8)],
            "broken bytes between" => [.. Excerpt(documents[at]), Pick(Glyph.Broken), .. Excerpt(documents[at]).SelectMany(Break)],
            _ => [.. Fresh(20 + (int)random.Below(80))],
        };
    }

    private IEnumerable<Glyph> Fresh(int length)
    {
        for (int i = 0; i < length; i++)
            yield return random.Below(5) == 0 ? Pick(Glyph.Separators) : Pick(Glyph.Letters);
    }

    private Glyph[] Excerpt(Glyph[] document)
    {
        int start = (int)random.Below(document.Length + 1);
        return document[start..Math.Min(document.Length, start + (int)random.Below(document.Length + 1))];
    }

    // Another way to write the same, where there is one.
    private Glyph Rewrite(Glyph glyph) =>
        Pick([.. Glyph.Letters.Concat(Glyph.Separators).Where(other => other.Normal.AsSpan().SequenceEqual(glyph.Normal))]);

    private Glyph[] Break(Glyph glyph) => glyph.IsSeparator && random.Below(4) == 0 ? [Pick(Glyph.Broken), glyph] : [glyph];

    private T Pick<T>(IReadOnlyList<T> items) => items[(int)random.Below(items.Count)];
}
