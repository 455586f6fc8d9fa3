using System.Text;
using Recite.Indexing.Corpora;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Controls;

/// <summary>
/// The held-out control of recorded outputs, which cannot be asked again: how many excerpts of never-trained documents, as long as the
/// outputs, hold a corpus match. One excerpt per document, since excerpts of one document are not independent. Documents that share text
/// with the corpus stay in: what is measured is how often ordinary text does.
/// </summary>
internal sealed class HeldOutExcerpts(NullContext context)
{
    public NullMeasure Measure(IReadOnlyList<AttemptOutcome> outputs, CancellationToken cancellationToken)
    {
        int[] lengths = [.. outputs.Select(o => o.Completion.Text.EnumerateRunes().Count()).Where(length => length > 0)];
        if (lengths.Length == 0)
            return new NullMeasure { NotRun = "No output holds any text." };

        SeededRandom random = SeededRandom.For(context.Probing.Config.Seed, "held-out excerpts");
        List<Document> documents = [.. context.HeldOut];
        random.Shuffle(documents);
        var excerpts = new List<AttemptOutcome>();
        int tooShort = 0;
        foreach (Document document in documents)
        {
            if (excerpts.Count == lengths.Length)
                break;
            if (Cut(document, lengths[excerpts.Count], random) is { } excerpt)
                excerpts.Add(Judge(document, excerpt, cancellationToken));
            else
                tooShort++;
        }

        return excerpts.Count == 0
            ? new NullMeasure { NotRun = "No held-out document is as long as the outputs." }
            : new NullMeasure
            {
                Rates = [.. NullRates.For(context, NullRates.CorpusMatch, "held-out", []).MakeOverAttempts(NullRates.MatchTrials(excerpts))],
                Notes = tooShort == 0 ? [] : [$"Left out, because shorter than the output they were to stand beside: {Counted.Of(tooShort, "held-out document")}."],
            };
    }

    private static string? Cut(Document document, int length, SeededRandom random)
    {
        Rune[] runes = [.. Encoding.UTF8.GetString(document.Text.Span).EnumerateRunes()];
        if (runes.Length < length)
            return null;
        int start = (int)random.Below(runes.Length - length + 1);
        return string.Concat(runes.Skip(start).Take(length));
    }

    private AttemptOutcome Judge(Document document, string excerpt, CancellationToken cancellationToken)
    {
        var attempt = new PlannedAttempt
        {
            Ordinal = -1,
            Id = document.Id,
            Arm = "held-out",
            Probe = context.Probe.Name,
            Sample = document.Id,
            Prompt = "",
            MaxTokens = 0,
        };
        var completion = new Completion { RequestIndex = 0, Disposition = Disposition.Completed, Text = excerpt };
        return context.Probe.Judge(attempt, completion, context.Probing, cancellationToken);
    }
}
