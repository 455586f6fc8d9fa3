using System.Text;

namespace Recite.Indexing.Tests.Matching;

/// <summary>Documents made from a random seed that are as awkward as real ones: shared headers and tables, quoted passages, several scripts.</summary>
internal static class ProceduralText
{
    private static readonly string[] Alphabets = ["abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрст", "αβγδεζηθικλμνξοπρστ", "春夏秋冬山川海空"];

    public static List<string> Make(int documents, int seed)
    {
        var random = new Random(seed);
        string[][] vocabularies = [.. Alphabets.Select(letters => Enumerable.Range(0, 400).Select(_ => Word(letters, random)).ToArray())];
        string header = Words(vocabularies[0], 60, random);
        string[] cells = [.. Enumerable.Range(0, 6).Select(_ => "<td class=\"cell\">" + Words(vocabularies[0], 2, random) + "</td><td></td>\n")];
        List<string> made = [];
        for (int i = 0; i < documents; i++)
        {
            var text = new StringBuilder(header);
            string[] vocabulary = vocabularies[random.Next(vocabularies.Length)];
            for (int part = 0; part < 12; part++)
            {
                text.Append(random.Next(4) switch
                {
                    0 => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => cells[random.Next(cells.Length)])),
                    1 when made.Count > 0 => Quote(made[random.Next(made.Count)], random),
                    _ => Words(vocabulary, random.Next(60), random) + ".\n",
                });
            }

            made.Add(text.ToString());
        }

        return made;
    }

    private static string Quote(string text, Random random)
    {
        int start = random.Next(text.Length);
        return text.Substring(start, Math.Min(random.Next(20, 500), text.Length - start));
    }

    private static string Words(string[] vocabulary, int count, Random random) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => vocabulary[(int)(Math.Pow(random.NextDouble(), 2) * vocabulary.Length)]));

    private static string Word(string letters, Random random) =>
        new([.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => letters[random.Next(letters.Length)])]);
}
