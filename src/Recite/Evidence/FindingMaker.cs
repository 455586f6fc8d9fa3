using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;
using Recite.Probes;
using Recite.Runs;

namespace Recite.Evidence;

/// <summary>Turns what attempts were judged to be into findings that a person can judge: spans, both contexts, sources, occurrences.</summary>
internal sealed class FindingMaker(ProbeContext context)
{
    public const string Extraction = "discoverable-extraction";
    public const string CorpusMatch = "corpus-match";
    private const int MostSources = 10;

    /// <summary>
    /// The findings of one attempt: the extraction, if there is one, and every corpus match that is not the extraction itself.
    /// </summary>
    public IEnumerable<Finding> Make(AttemptOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Extraction is { } extraction)
            yield return MakeExtraction(outcome, extraction, cancellationToken);

        foreach (JudgedMatch judged in outcome.Matches)
        {
            if (outcome.Extraction is not { } span || !span.Overlaps(judged.Match.Normalized))
                yield return MakeMatch(outcome, judged);
        }
    }

    /// <summary>Strongest first: the longest after the prompt discount, then by id.</summary>
    public static IReadOnlyList<Finding> Sort(IEnumerable<Finding> findings) =>
    [
        .. findings.OrderByDescending(f => f.Match.Characters - f.DiscountedForPrompt).ThenBy(f => f.Id, StringComparer.Ordinal),
    ];

    private Finding MakeExtraction(AttemptOutcome outcome, TextSpan span, CancellationToken cancellationToken)
    {
        SampleSource source = outcome.Attempt.Source!;
        ReadOnlySpan<byte> normalized = outcome.Text.Bytes.Span[span.Start..span.End];
        OccurrenceCount occurrences = context.Matcher.CountOccurrences(normalized, cancellationToken);

        // Below the guarantee a look-up can miss places, so the evidence is the place the sample was cut from.
        bool findable = normalized.Length >= context.Index.Manifest.Guarantee && occurrences.Count > 0;
        FindingSource[] sources = findable
            ? [.. context.Matcher.FindSources(normalized, MostSources, cancellationToken).Select(ToSource)]
            : [new FindingSource(source.Id, source.Uri, source.Middle, source.End, outcome.Text.CountWords(span))];
        TextSpan original = outcome.Text.ToOriginalInside(span);
        var match = new FindingMatch(
            original.Start,
            original.End,
            outcome.Text.CountWords(span),
            outcome.Text.CountCharacters(span),
            MatchKinds.Verbatim,
            0,
            Math.Max(1, occurrences.Count),
            occurrences.IsExact && occurrences.Count > 0,
            outcome.IsBoilerplate,
            sources);
        int discounted = outcome.Text.CountCharacters(DiscountOf(outcome, span));
        return Assemble(outcome, Extraction, match, discounted, Excerpt.Cut(context.Index, source.Document, source.Middle, source.End));
    }

    private Finding MakeMatch(AttemptOutcome outcome, JudgedMatch judged)
    {
        ReportedMatch reported = judged.Match;
        var match = new FindingMatch(
            reported.Start,
            reported.End,
            reported.Words,
            reported.Characters,
            MatchKinds.NameOf(reported.Kind),
            reported.Edits,
            reported.Occurrences,
            reported.OccurrencesAreExact,
            judged.IsBoilerplate,
            [.. reported.Sources.Select(ToSource)]);

        // Without a source only where looking for places stopped early; the match itself is verified all the same.
        Excerpt source = reported.Sources is [var first, ..] ? Excerpt.Cut(context.Index, first.Document, first.Start, first.End) : new Excerpt("", "", "");
        return Assemble(outcome, CorpusMatch, match, judged.DiscountedCharacters, source);
    }

    private static Finding Assemble(AttemptOutcome outcome, string kind, FindingMatch match, int discounted, Excerpt source)
    {
        Excerpt output = Excerpt.Cut(outcome.Text.Original.Span, match.Start, match.End);

        // What the model continued is the context of what it said.
        output = output with { Before = Excerpt.Last(outcome.Attempt.Prompt + output.Before) };
        return new Finding
        {
            Id = Name(outcome.Attempt, kind, match),
            Probe = outcome.Attempt.Probe,
            Attempt = outcome.Attempt.Id,
            Prompt = outcome.Attempt.Prompt,
            Completion = outcome.Completion.Text,
            Match = match,
            Kind = kind,
            DiscountedForPrompt = discounted,
            Boilerplate = match.Boilerplate,
            PersonalData = PersonalDataClasses.Find(outcome.Attempt.Prompt, outcome.Completion.Text, source.Before, source.Text, source.After),
            Duplicates = outcome.Attempt.Stratum,
            Evidence = new EvidencePanes(Pane(output), Pane(source)),
        };
    }

    private TextSpan DiscountOf(AttemptOutcome outcome, TextSpan span)
    {
        var discount = new PromptDiscount(NormalizedPiece.Of(context.Index.Normalizer, Encoding.UTF8.GetBytes(outcome.Attempt.Prompt)).Span);
        TextSpan overlap = discount.LongestOverlap(outcome.Text.Bytes.Span[span.Start..span.End]);
        return new TextSpan(span.Start + overlap.Start, span.Start + overlap.End);
    }

    // Both panes show one span, and it is the same one.
    private static EvidencePane Pane(Excerpt excerpt) => new(excerpt.Before, excerpt.Text, excerpt.After, [new EvidenceMark(1, 0, excerpt.Text.Length)]);

    private static FindingSource ToSource(MatchSource source) => new(source.Id, source.Uri, source.Start, source.End, source.Words);

    private static string Name(PlannedAttempt attempt, string kind, FindingMatch match)
    {
        string what = string.Create(CultureInfo.InvariantCulture, $"{attempt.Arm}\0{attempt.Id}\0{kind}\0{match.Start}\0{match.End}");
        if (match.Kind == MatchKinds.NearVerbatim)
            what += "\0near";
        return "f-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..12];
    }
}
