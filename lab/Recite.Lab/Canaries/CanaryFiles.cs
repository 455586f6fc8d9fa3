using System.Globalization;
using System.Text;
using System.Text.Json;
using Recite.Lab.Corpus;
using Recite.Lab.Export;

namespace Recite.Lab.Canaries;

/// <summary>Writes the canaries: each copy as a document of its own, the list with its random seed, and the planted control.</summary>
internal static class CanaryFiles
{
    /// <summary>Every copy of every canary as a document, in a seeded order.</summary>
    public static IReadOnlyList<CorpusText> Copies(IReadOnlyList<Canary> canaries, ulong seed)
    {
        List<CorpusText> copies =
        [
            .. canaries.SelectMany(canary => Enumerable.Range(1, canary.Duplicates)
                .Select(copy => new CorpusText(string.Create(CultureInfo.InvariantCulture, $"{canary.Id}~{copy:D2}"), canary.Text))),
        ];
        new SeededRandom(seed).Shuffle(copies);
        return copies;
    }

    public static void Write(DemoFolder demo, IReadOnlyList<Canary> canaries, IReadOnlyList<CorpusText> copies, ulong seed)
    {
        File.WriteAllText(demo.CanaryCopies, Lines(copies.Select(copy => new { id = copy.Id, text = copy.Text }), ""));
        var list = new StringBuilder();
        list.Append(CultureInfo.InvariantCulture, $"{{ \"schema\": \"recite.canaries/1\", \"seed\": {seed}, \"canaries\": [\n");
        list.Append(Lines(canaries.Select(canary => new { id = canary.Id, duplicates = canary.Duplicates, text = canary.Text }), ","));
        File.WriteAllText(demo.Canaries, list.Append("] }\n").ToString());

        Directory.CreateDirectory(Path.GetDirectoryName(demo.PlantedControl)!);
        File.WriteAllText(demo.PlantedControl, canaries.MaxBy(canary => canary.Duplicates)!.Text + "\n");
    }

    private static string Lines<T>(IEnumerable<T> items, string separator) =>
        string.Join(separator + "\n", items.Select(item => JsonSerializer.Serialize(item, JsonFiles.OneLine))) + "\n";
}
