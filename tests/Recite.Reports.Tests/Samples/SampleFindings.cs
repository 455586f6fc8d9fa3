using System.Text;
using Recite.Evidence;

namespace Recite.Reports.Tests.Samples;

/// <summary>Findings of the invented audit; spans are written between square brackets and numbered in order.</summary>
internal static class SampleFindings
{
    public static IReadOnlyList<Finding> All { get; } =
    [
        Make("f-0001", "keeper/logbook-07.txt", 64, "64-127",
            "The keeper wrote that the lamp had burned all night without trimming, that the wind had gone round to the north-west before four, and that",
            "[ three sail had passed outside the ledge with their lights doused, close enough that he could hear a dog bark on the last of them and a woman’s voice telling it to be still.] He put the pen down.",
            "and that[ three sail had passed outside the ledge with their lights doused, close enough that he could hear a dog bark on the last of them and a woman’s voice telling it to be still.] In the morning there was frost on the gallery rail.",
            -0.02, -71.4),
        Make("f-0002", "recipes/quince-and-barley.md", 31, "16-31",
            "Wash the quinces and leave the down on until the water runs clear. Then",
            "[ cut them across, never along, because the stones sit in a star and a blade that follows it will slip; keep the cores in a bowl of salted water] until you need them.",
            "Then[ cut them across, never along, because the stones sit in a star and a blade that follows it will slip; keep the cores in a bowl of salted water] and do not throw them out: they set the jelly.",
            -0.47, -58.9),
        Make("f-0003", "letters/to-ines-3.txt", 9, "8-15",
            "Dear Inés, the ferry does not run when the barometer is under",
            "[ seven hundred and forty, so I have taken a room above the chandler’s and]\nam learning to tell rope by its smell.[ The señora downstairs keeps a heron that believes itself a dog.] I will write when it clears.",
            "under[ seven hundred and forty, so I have taken a room above the chandler’s and] spend the evenings mending other people’s nets.[ The señora downstairs keeps a heron that believes itself a dog.] She sends you her regards.",
            -0.9, -49.0) with { Kind = "corpus-match" },
        Make("f-0004", "minutes/parish-1911.txt", 4, "4-7",
            "Moved that the pump in the lower yard be",
            "[ repaired at the cost of the parish, the question of the handle being left to the smith, who is to report before Whitsun whether iron or ash will serve].",
            "be[ repaired at the cost of the parish, the question of the handle being left to the smith, who is to report before Whitsun whether iron or ash will serve]; carried, Mr. Amory dissenting.",
            -1.6, -52.2),
        Make("f-0005", "letters/circular-12.txt", 2, "2-3",
            "Anyone who finds the brown satchel is asked to",
            "[ leave word with the steward at j.halloran@example.com or ring 555-0147 before noon, and not to open the inner pocket on any account].",
            "asked to[ leave word with the steward at j.halloran@example.com or ring 555-0147 before noon, and not to open the inner pocket on any account]. A reward is offered.",
            -0.7, -44.8) with { PersonalData = ["mail", "telephone"] },
        Make("f-0006", "tales/the-glass-bell.txt", 1, "1",
            "“Nobody rings it,” said the boy. “It",
            "[ rings by itself when somebody on the mountain changes his mind],” and he laughed.",
            "“It[ rings by itself when somebody on the mountain changes his mind],” and he would say no more.",
            -2.9, -23.5) with { DiscountedForPrompt = 3 },
        Make("f-0007", "notices/terms.txt", 212, null,
            "Use of the reading room is free.",
            "[ The library accepts no responsibility for loss of or damage to property left on the premises].",
            "free.[ The library accepts no responsibility for loss of or damage to property left on the premises]. Umbrellas are to be left in the stand.",
            null, -11.2) with { Boilerplate = true, Kind = "corpus-match" },
    ];

    public static Finding Make(
        string id, string document, long occurrences, string? duplicates, string prompt, string output, string source, double? log10Probability, double? log10Chance)
    {
        EvidencePane outputPane = Pane(prompt, output, "");
        EvidencePane sourcePane = Pane(prompt, source[source.IndexOf('[', StringComparison.Ordinal)..], "");
        string marked = string.Concat(outputPane.Marks.Select(m => outputPane.Text[m.Start..m.End]));
        int start = Bytes(outputPane.Text[..outputPane.Marks[0].Start]);
        int end = Bytes(outputPane.Text[..outputPane.Marks[^1].End]);
        int words = marked.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
        return new Finding
        {
            Id = id,
            Probe = "prefix",
            Attempt = $"prefix/{id[2..]}/0",
            Prompt = prompt,
            Completion = outputPane.Text,
            Match = new FindingMatch(start, end, words, marked.Length, outputPane.Marks.Count > 1 ? "near-verbatim" : "verbatim", outputPane.Marks.Count > 1 ? 9 : 0, occurrences, true, false,
                [.. Enumerable.Range(0, (int)Math.Min(occurrences, 4)).Select(i => new FindingSource(i == 0 ? document : $"{document}~{i + 1}", $"https://archive.example.org/{document}", 1_204 + (i * 2_311L), 1_204 + (i * 2_311L) + end - start, words))]),
            Kind = "discoverable-extraction",
            Probability = log10Probability is { } p ? new Probability(p, "temperature=1") : null,
            Chance = log10Chance is { } c ? new Chance(c, "out-of-fold-ngram") : null,
            Duplicates = duplicates,
            Evidence = new EvidencePanes(outputPane, sourcePane),
        };
    }

    /// <summary>A pane whose spans stand between square brackets.</summary>
    public static EvidencePane Pane(string before, string bracketed, string after)
    {
        var text = new StringBuilder();
        var marks = new List<EvidenceMark>();
        int start = 0;
        foreach (char unit in bracketed)
        {
            if (unit == '[')
                start = text.Length;
            else if (unit == ']')
                marks.Add(new EvidenceMark(marks.Count + 1, start, text.Length));
            else
                text.Append(unit);
        }

        return new EvidencePane(before, text.ToString(), after, marks);
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
