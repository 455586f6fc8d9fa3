using System.Text;
using Recite.Evidence;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Probes;

/// <summary>Judges completions the way every probe shares: compares with the true suffix, looks up the corpus, discounts the prompt.</summary>
internal static class CompletionJudge
{
    public static AttemptOutcome Judge(PlannedAttempt attempt, Completion completion, ProbeContext context, CancellationToken cancellationToken)
    {
        TextNormalizer normalizer = context.Index.Normalizer;
        NormalizedText text = normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(completion.Text));
        ReadOnlyMemory<byte> prompt = NormalizedPiece.Of(normalizer, Encoding.UTF8.GetBytes(attempt.Prompt));
        var outcome = new AttemptOutcome { Attempt = attempt, Completion = completion, Text = text };

        if (attempt.Suffix is { } suffix)
        {
            ReadOnlyMemory<byte> expected = NormalizedPiece.Of(normalizer, Encoding.UTF8.GetBytes(suffix));
            TextSpan? found = FindSuffix(text.Bytes.Span, expected.Span);
            bool echo = prompt.Span.IndexOf(expected.Span) >= 0;
            outcome = outcome with
            {
                Extraction = echo ? null : found,
                IsEcho = echo && found is not null,
                IsBoilerplate = Boilerplate.Is(expected.Span),
            };
        }

        return AddMatches(outcome, new PromptDiscount(prompt.Span), context, cancellationToken);
    }

    /// <summary>
    /// Discoverable extraction: the completion, trimmed of spaces and cut to the suffix's length in normalized characters, equals the
    /// normalized suffix. Equal code points are equal bytes, so this is whether it begins with it.
    /// </summary>
    public static TextSpan? FindSuffix(ReadOnlySpan<byte> completion, ReadOnlySpan<byte> suffix)
    {
        TextSpan inner = NormalizedPiece.TrimSpaces(completion);
        return !suffix.IsEmpty && completion[inner.Start..inner.End].StartsWith(suffix)
            ? new TextSpan(inner.Start, inner.Start + suffix.Length)
            : null;
    }

    private static AttemptOutcome AddMatches(AttemptOutcome outcome, PromptDiscount discount, ProbeContext context, CancellationToken cancellationToken)
    {
        NormalizedText text = CutToSuffix(outcome, context.Index.Normalizer);
        if (text.Bytes.Length < context.Index.Manifest.Guarantee)
            return WithLongest(outcome, 0, 0);

        MatchThreshold threshold = context.Threshold;
        int longestCharacters = 0, longestWords = 0;
        MatchResult everything = context.Matcher.Match(text, new MatchOptions { MaxSources = 1 }, cancellationToken);
        foreach (ReportedMatch match in everything.Matches)
        {
            if (Boilerplate.Is(Bytes(text, match.Normalized)))
                continue;
            TextSpan overlap = Overlap(discount, text, match);
            longestCharacters = Math.Max(longestCharacters, match.Characters - text.CountCharacters(overlap));
            longestWords = Math.Max(longestWords, match.Words - text.CountWords(overlap));
        }

        // Asked again with the least length, since the engine applies it to the untrimmed match.
        var matches = new List<JudgedMatch>();
        MatchResult longEnough = context.Matcher.Match(
            text, new MatchOptions { MinimumLength = threshold.ForEngine, Near = context.Config.Match.Near }, cancellationToken);
        foreach (ReportedMatch match in longEnough.Matches)
        {
            if (match.Kind == MatchKind.NearVerbatim)
            {
                AddNear(matches, text, match, discount, threshold);
                continue;
            }

            TextSpan overlap = Overlap(discount, text, match);
            bool engineDecided = overlap.IsEmpty && threshold.ForEngine is not null;
            if (engineDecided || threshold.Measure(text, match.Normalized) - (overlap.IsEmpty ? 0 : threshold.Measure(text, overlap)) >= threshold.Least.Value)
                matches.Add(new JudgedMatch(match, text.CountCharacters(overlap), Boilerplate.Is(Bytes(text, match.Normalized))));
        }

        return WithLongest(outcome with { Matches = matches, IsLookupComplete = everything.IsComplete && longEnough.IsComplete }, longestCharacters, longestWords);
    }

    // What was changed in a repeated prompt divides it into several overlaps, so all of them are taken off, not the longest alone.
    private static void AddNear(List<JudgedMatch> matches, NormalizedText text, ReportedMatch match, PromptDiscount discount, MatchThreshold threshold)
    {
        int length = threshold.Measure(text, match.Normalized), shown = 0;
        foreach (TextSpan overlap in discount.AllOverlaps(Bytes(text, match.Normalized)))
        {
            var inText = new TextSpan(match.Normalized.Start + overlap.Start, match.Normalized.Start + overlap.End);
            length -= threshold.Measure(text, inText);
            shown += text.CountCharacters(inText);
        }

        if (length >= threshold.Least.Value)
            matches.Add(new JudgedMatch(match, shown, Boilerplate.Is(Bytes(text, match.Normalized))));
    }

    // Where the suffix was not cut in tokens, the target was asked for enough of them in any tokenizer, which is mostly far more text
    // than the suffix has; searched is as much as was asked for, or the rate would depend on the tokenizer.
    private static NormalizedText CutToSuffix(AttemptOutcome outcome, TextNormalizer normalizer)
    {
        if (outcome.Attempt is not { Suffix: { } suffix, SuffixTokens: null })
            return outcome.Text;
        int left = suffix.EnumerateRunes().Count();
        int end = 0;
        foreach (Rune character in outcome.Completion.Text.EnumerateRunes())
        {
            if (left-- == 0)
                return normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(outcome.Completion.Text[..end]));
            end += character.Utf16SequenceLength;
        }

        return outcome.Text;
    }

    private static AttemptOutcome WithLongest(AttemptOutcome outcome, int characters, int words)
    {
        // An extraction may be shorter than the guarantee, and then no look-up finds it.
        if (outcome is { Extraction: { } span, IsBoilerplate: false })
        {
            characters = Math.Max(characters, outcome.Text.CountCharacters(span));
            words = Math.Max(words, outcome.Text.CountWords(span));
        }

        return outcome with { LongestCharacters = characters, LongestWords = words };
    }

    private static TextSpan Overlap(PromptDiscount discount, NormalizedText text, ReportedMatch match)
    {
        TextSpan inMatch = discount.LongestOverlap(Bytes(text, match.Normalized));
        return new TextSpan(match.Normalized.Start + inMatch.Start, match.Normalized.Start + inMatch.End);
    }

    private static ReadOnlySpan<byte> Bytes(NormalizedText text, TextSpan span) => text.Bytes.Span[span.Start..span.End];
}
