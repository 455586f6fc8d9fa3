using System.Globalization;
using System.Text;
using CsCheck;
using Recite.Indexing.Matching;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Text;
using Recite.SelfTest.Oracles;

namespace Recite.Indexing.Tests.Matching.Near;

public sealed class NearMatchTest
{
    private const string Passage =
        "The keeper of the small harbour light wrote down every ship that passed, and the colour of its sails, until the winter came and no ship passed at all.";

    private static readonly NearTolerance s_tenPercent = new(100);

    [Fact]
    public void A_passage_with_one_word_changed_is_found_whole_with_one_edit_and_beside_it_what_is_verbatim()
    {
        using SmallCorpus corpus = SmallCorpus.Build(["Something else, said before it. " + Passage + " Something else."], SmallCorpus.Options(32));
        string changed = Passage.Replace("colour", "shape", StringComparison.Ordinal);
        MatchResult result = Match(corpus, "And so: " + changed + " Or not?");
        ReportedMatch near = Assert.Single(result.Matches, match => match.Kind == MatchKind.NearVerbatim);
        Assert.Equal((1, 29), (near.Edits, near.Words));
        Assert.Equal(changed.TrimEnd('.'), ("And so: " + changed)[near.Start..near.End]);
        MatchSource source = Assert.Single(near.Sources);
        Assert.Equal(Passage.TrimEnd('.'), Encoding.UTF8.GetString(corpus.Index.ReadText(0, source.Start, (int)(source.End - source.Start))));
        Assert.Equal(2, result.Matches.Count(match => match.Kind == MatchKind.Verbatim && match.Edits == 0));
        Assert.False(near.OccurrencesAreExact);
        Assert.Equal(29.0 / 33, result.Coverage, 12);
    }

    [Fact]
    public void What_is_verbatim_is_not_repeated_as_near_verbatim()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage], SmallCorpus.Options(32));
        Assert.Equal(MatchKind.Verbatim, Assert.Single(Match(corpus, "Yes. " + Passage.ToUpperInvariant()).Matches).Kind);
    }

    [Fact]
    public void An_accidental_word_a_few_words_away_does_not_lengthen_a_match()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage + " Afterwards nobody heard the bell."], SmallCorpus.Options(32));
        Assert.Equal(MatchKind.Verbatim, Assert.Single(Match(corpus, Passage + " Then came night over the town.").Matches).Kind);
    }

    [Fact]
    public void A_dropped_line_and_an_added_word_are_seen_through()
    {
        string text = string.Join(' ', Enumerable.Range(0, 200).Select(i => $"w{i.ToString(CultureInfo.InvariantCulture)}"));
        using SmallCorpus corpus = SmallCorpus.Build([text], SmallCorpus.Options(32));
        string changed = text.Replace("w60 w61 w62 w63 w64 w65 w66 w67 w68 w69 ", "", StringComparison.Ordinal).Replace("w130 ", "w130 added ", StringComparison.Ordinal);
        ReportedMatch near = Assert.Single(Match(corpus, changed).Matches, match => match.Kind == MatchKind.NearVerbatim);
        Assert.Equal((11, 191), (near.Edits, near.Words));
        Assert.Equal(200, Assert.Single(near.Sources).Words);
    }

    [Fact]
    public void A_near_match_does_not_cross_the_border_of_a_document()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage[..80], Passage[80..]], SmallCorpus.Options(32));
        Assert.All(Match(corpus, Passage.Replace("small", "big", StringComparison.Ordinal).Replace("winter", "summer", StringComparison.Ordinal)).Matches,
            match => Assert.InRange(match.Sources.Single().End, 0, match.Sources.Single().Document == 0 ? 80 : Passage.Length - 80));
    }

    [Fact]
    public void Places_with_other_changes_are_counted_and_the_nearest_gives_the_edits()
    {
        string[] documents =
        [
            Passage.Replace("small", "old", StringComparison.Ordinal).Replace("winter", "frost", StringComparison.Ordinal),
            "Quite another text stands here, with none of it at all.",
            "x y. " + Passage.Replace("winter", "snow", StringComparison.Ordinal) + " z",
        ];
        using SmallCorpus corpus = SmallCorpus.Build(documents, SmallCorpus.Options(32));
        ReportedMatch near = Assert.Single(Match(corpus, Passage).Matches, match => match.Kind == MatchKind.NearVerbatim);
        Assert.Equal((2, 1), (near.Occurrences, near.Edits));
        Assert.Equal(["d0", "d2"], near.Sources.Select(source => source.Id));
    }

    [Fact]
    public void Signs_between_words_that_the_exact_profile_keeps_make_a_near_match_without_edits()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage], SmallCorpus.Options(32) with { Normalization = "exact" });
        ReportedMatch near = Assert.Single(Match(corpus, Passage.Replace("passed,", "passed;", StringComparison.Ordinal)).Matches, match => match.Kind == MatchKind.NearVerbatim);
        Assert.Equal((0, 29), (near.Edits, near.Words));
    }

    [Fact]
    public void The_minimum_length_holds_for_near_matches()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage], SmallCorpus.Options(32));
        string changed = Passage.Replace("colour", "shape", StringComparison.Ordinal);
        Assert.Contains(MatchKind.NearVerbatim, Match(corpus, changed, new TextLength(29, LengthUnit.Words)).Matches.Select(match => match.Kind));
        Assert.Empty(Match(corpus, changed, new TextLength(30, LengthUnit.Words)).Matches);
    }

    [Fact]
    public void Every_near_match_has_exactly_the_edits_it_says_and_borders_that_are_equal() =>
        Gen.Select(RepetitiveText.Array[1, 4], RepetitiveText, Gen.Int[30, 34], Gen.Int[50, 400]).Sample((documents, query, guarantee, perMille) =>
        {
            using SmallCorpus corpus = SmallCorpus.Build(documents, SmallCorpus.Options(guarantee));
            var tolerance = new NearTolerance(perMille);
            foreach (ReportedMatch match in Match(corpus, query, null, tolerance).Matches.Where(match => match.Kind == MatchKind.NearVerbatim))
                AssertHolds(documents, query, match, tolerance, guarantee);
        }, iter: 400);

    [Fact]
    public void A_planted_passage_with_changed_added_and_dropped_words_is_found_at_its_very_bytes() =>
        Gen.Select(Gen.Int[40, 120], Gen.Int[0, 2].Array[8], Gen.Int[0, 9].Array[8], Gen.Int[0, 40], Gen.Int[32, 64]).Sample((words, kinds, gaps, around, guarantee) =>
        {
            string[] passage = [.. Enumerable.Range(0, words).Select(i => $"Word{i * 7919 % 1000}")];
            (List<string> damaged, int edits) = Damage(passage, kinds, gaps, words / 10);
            string original = string.Join(", ", passage), changed = string.Join(" ", damaged);
            string before = string.Concat(Enumerable.Repeat("lorem ", around)), behind = " " + string.Concat(Enumerable.Repeat("ipsum ", around));
            string document = before + original + behind, query = "(" + behind + changed + "). " + before;
            using SmallCorpus corpus = SmallCorpus.Build(["nothing like it", document], SmallCorpus.Options(guarantee));
            List<ReportedMatch> found = [.. Match(corpus, query).Matches];
            if (found.Count == 0 || edits == 0)
                return;

            // A surviving seed was there, so the whole of it must have been found, on both sides to the byte.
            if (!HasSeed(passage, damaged, guarantee))
                return;
            ReportedMatch near = Assert.Single(found, match => match.Kind == MatchKind.NearVerbatim);
            Assert.Equal(changed, query[near.Start..near.End]);
            MatchSource source = Assert.Single(near.Sources);
            Assert.Equal((before.Length, before.Length + original.Length), (source.Start, source.End));
            Assert.Equal(NaiveWordDistance.Count(damaged, passage), near.Edits);
        }, iter: 400);

    [Fact]
    public void A_budget_that_is_spent_leaves_true_matches_and_says_so()
    {
        string endless = string.Concat(Enumerable.Range(0, 3000).Select(i => i % 17 == 0 ? $"ho{i % 5} " : "ha "));
        using SmallCorpus corpus = SmallCorpus.Build([endless], SmallCorpus.Options(32));
        NormalizedText query = corpus.Index.Normalizer.NormalizeWithMap(Encoding.ASCII.GetBytes(endless[300..2300]));
        foreach (long steps in (long[])[1, 100, 10_000, 1_000_000])
        {
            var budget = new StepBudget(steps);
            IReadOnlyList<NearGroup> groups = new NearFinder(corpus.Index, s_tenPercent, budget).Find(query, _ => true, TestContext.Current.CancellationToken);
            Assert.True(budget.IsSpent);
            foreach (NearGroup group in groups)
            {
                string words = Encoding.ASCII.GetString(query.Bytes.Span[group.Input.Start..group.Input.End]);
                Assert.Equal(group.Edits, group.Places.Min(place => NaiveWordDistance.Count(words, endless[(int)place.Start..(int)place.End])));
            }
        }
    }

    private static readonly Gen<string> RepetitiveText =
        Gen.Int[0, 5].Array[0, 90].Select(draws => string.Join(' ', draws.Select(draw => ((string[])["a", "ab", "Abc,", "bcd", "cd.", "e-f"])[draw])));

    private static MatchResult Match(SmallCorpus corpus, string text, TextLength? minimum = null, NearTolerance? tolerance = null) =>
        corpus.Match(text, new MatchOptions { MaxSources = int.MaxValue, MinimumLength = minimum, Near = tolerance ?? s_tenPercent });

    private static void AssertHolds(string[] documents, string query, ReportedMatch match, NearTolerance tolerance, int guarantee)
    {
        IReadOnlyList<string> words = NaiveWordDistance.WordsOf(query[match.Start..match.End]);
        Assert.Equal(words.Count, match.Words);
        Assert.True(string.Join(' ', words).Length >= guarantee);
        AssertWholeWords(query, match.Start, match.End);
        List<int> edits = [];
        foreach (MatchSource source in match.Sources)
        {
            string document = documents[source.Document];
            IReadOnlyList<string> there = NaiveWordDistance.WordsOf(document[(int)source.Start..(int)source.End]);
            Assert.Equal((words[0], words[^1], there.Count), (there[0], there[^1], source.Words));
            AssertWholeWords(document, (int)source.Start, (int)source.End);
            edits.Add(NaiveWordDistance.Count(words, there));
        }

        Assert.Equal(match.Edits, edits.Min());
        Assert.True(edits.Max() * 1000 <= tolerance.PerMille * words.Count);
        Assert.Equal(match.Occurrences, match.Sources.Select(source => (source.Document, source.Start, source.End)).Distinct().Count());
    }

    private static void AssertWholeWords(string text, int start, int end)
    {
        Assert.True(char.IsAsciiLetter(text[start]) && char.IsAsciiLetter(text[end - 1]));
        Assert.True((start == 0 || !char.IsAsciiLetter(text[start - 1])) && (end == text.Length || !char.IsAsciiLetter(text[end])));
    }

    // At least four words are left alone around every change, so that each is worth its price from wherever one comes.
    private static (List<string> Words, int Edits) Damage(string[] passage, int[] kinds, int[] gaps, int most)
    {
        var words = new List<string>();
        int edits = 0, next = 4 + gaps[0];
        for (int i = 0; i < passage.Length; i++)
        {
            if (i < next || edits >= Math.Min(most, kinds.Length) || i + 5 > passage.Length)
            {
                words.Add(passage[i]);
                continue;
            }

            if (kinds[edits] == 0)
                words.Add("changed");
            else if (kinds[edits] == 1)
                words.AddRange([passage[i], "added"]);
            next = i + 5 + gaps[edits];
            edits++;
        }

        return (words, (most * 10 > words.Count) ? 0 : edits);
    }

    private static bool HasSeed(string[] passage, List<string> damaged, int guarantee)
    {
        string original = string.Join(' ', passage), changed = string.Join(' ', damaged);
        for (int i = 0; i + guarantee <= changed.Length; i++)
        {
            if (original.Contains(changed.Substring(i, guarantee), StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
