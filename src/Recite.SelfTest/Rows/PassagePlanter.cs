using System.Text;
using Recite.Indexing.Corpora;
using Recite.Probes;

namespace Recite.SelfTest.Rows;

/// <summary>A word of a document as white space divides it.</summary>
/// <param name="Text">The word with the signs that cling to it.</param>
/// <param name="Start">First UTF-8 byte.</param>
/// <param name="End">One past the last.</param>
internal sealed record CutWord(string Text, int Start, int End);

/// <summary>A document cut into words.</summary>
internal sealed record CutDocument(Document Document, IReadOnlyList<CutWord> Words)
{
    /// <summary>Cuts a document.</summary>
    public static CutDocument Of(Document document)
    {
        var words = new List<CutWord>();
        ReadOnlySpan<byte> text = document.Text.Span;
        for (int at = 0; at < text.Length; at++)
        {
            int start = at;
            while (at < text.Length && text[at] > (byte)' ')
                at++;
            if (at > start)
                words.Add(new CutWord(Encoding.UTF8.GetString(text[start..at]), start, at));
        }

        return new CutDocument(document, words);
    }
}

/// <summary>Cuts passages of the corpus and plants damaged copies of them in texts that are not of it.</summary>
/// <param name="corpus">Documents to cut from.</param>
/// <param name="foreign">Words, in order, of documents that share nothing with them.</param>
/// <param name="random">Where the choices come from.</param>
internal sealed class PassagePlanter(IReadOnlyList<CutDocument> corpus, string[] foreign, SeededRandom random)
{
    private const int WordsAround = 25;

    private readonly PassageDamage _damage = new(random, foreign);

    /// <summary>A passage of so many words with that damage; null where no document is long enough.</summary>
    public PlantedPassage? Plant(int words, DamageKind kind)
    {
        List<CutDocument> longEnough = [.. corpus.Where(cut => cut.Words.Count >= words)];
        if (longEnough.Count == 0)
            return null;
        CutDocument cut = longEnough[(int)random.Below(longEnough.Count)];
        int first = (int)random.Below(cut.Words.Count - words + 1);
        CutWord[] passage = [.. cut.Words.Skip(first).Take(words)];
        byte[] before = Encoding.UTF8.GetBytes(Foreign()), behind = Encoding.UTF8.GetBytes(Foreign());
        byte[] damaged = Encoding.UTF8.GetBytes(_damage.Apply([.. passage.Select(word => word.Text)], kind) + " ");
        return new PlantedPassage(
            cut.Document, passage[0].Start, passage[^1].End, words, [.. before, .. damaged, .. behind], before.Length, before.Length + damaged.Length);
    }

    private string Foreign()
    {
        int first = (int)random.Below(foreign.Length - WordsAround);
        return string.Join(' ', foreign[first..(first + WordsAround)]) + " ";
    }
}
