using System.Globalization;
using System.Text;
using CsCheck;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;
using Recite.SelfTest.Oracles;

namespace Recite.Indexing.Tests.Matching;

public sealed class MatcherTest
{
    private const string Passage = "The keeper of the small harbour light wrote down every ship that passed, and the colour of its sails.";

    // Few different words make many accidental and overlapping matches, which is where matchers go wrong.
    private static readonly Gen<string> RepetitiveText =
        AnyOf("a", "ab", "aba", "Bab", "ab, ab", "b.", "\n", "  ", "ba-ab").Array[0, 120].Select(words => string.Join(' ', words));

    [Fact]
    public void Equals_the_naive_oracle_on_texts_full_of_repetition() =>
        Gen.Select(RepetitiveText.Array[1, 5], RepetitiveText, Gen.Int[30, 40], AnyOf(TextStore.Zstd, TextStore.Raw))
            .Sample((documents, query, guarantee, store) => AssertEqualsOracle(documents, query, SmallCorpus.Options(guarantee, store)), iter: 400);

    [Fact]
    public void Equals_the_naive_oracle_on_excerpts_with_edits() =>
        Gen.Select(Prose(200), Prose(150), Gen.Int[0, 900], Gen.Int[40, 400], AnyOf(32, 64, 128, 200))
            .Sample((first, second, from, length, guarantee) =>
            {
                string text = first + second;
                int start = Math.Min(from, text.Length - 1);
                string excerpt = text.Substring(start, Math.Min(length, text.Length - start));
                string query = "Before it. " + excerpt.ToUpperInvariant().Replace(" ", " \n ", StringComparison.Ordinal) + " (after)";
                AssertEqualsOracle([first, second, second + first], query, SmallCorpus.Options(guarantee));
            }, iter: 100);

    // Found on 300 MB of real text: a span that trimming made shorter than the guarantee was dropped as if it stood only inside a longer one.
    [Fact]
    public void Spans_trimmed_below_the_guarantee_are_kept_in_corpora_too_large_to_scan() =>
        Gen.Select(Prose(60), Prose(60), Gen.Int[0, 200], Gen.Int[40, 120]).Sample((first, second, from, length) =>
        {
            int start = Math.Min(from, first.Length - length);
            string piece = first.Substring(start, length);
            string[] documents = [first, second, $"x{piece[..(length - 9)]}x", $"y{piece[7..]}y", second[..100] + piece + second[100..]];
            using SmallCorpus corpus = SmallCorpus.Build(documents, SmallCorpus.Options(32));
            OracleText query = AsciiOracle.Read("query", second[..40] + first);
            string[] expected = [.. NaiveMatcher.Match(query, [.. documents.Select((text, i) => AsciiOracle.Read($"d{i}", text))], 32).Select(match => $"{match.Start}-{match.End}")];
            MatchResult result = new Matcher(corpus.Index) { ScannedBytes = 0 }.Match(
                corpus.Index.Normalizer.NormalizeWithMap(Encoding.ASCII.GetBytes(second[..40] + first)), new MatchOptions(), TestContext.Current.CancellationToken);
            Assert.Equal(expected, result.Matches.Select(match => $"{match.Start}-{match.End}"));
        }, iter: 300);

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(200)]
    public void Finds_a_run_of_exactly_the_guarantee_at_every_phase_of_the_stride(int guarantee)
    {
        string run = string.Concat(Enumerable.Range(0, guarantee).Select(i => (char)('a' + ((i * i) + (i / 7)) % 26)));
        for (int phase = 0; phase <= guarantee; phase++)
        {
            using SmallCorpus corpus = SmallCorpus.Build([new string('z', phase) + "9" + run + "8"], SmallCorpus.Options(guarantee));
            Assert.Equal([new TextSpan(1, guarantee + 1)], new Matcher(corpus.Index).FindMaximalSpans(Encoding.ASCII.GetBytes("7" + run + "6"), default));
            Assert.Empty(new Matcher(corpus.Index).FindMaximalSpans(Encoding.ASCII.GetBytes("7" + run[1..] + "6"), default));
        }
    }

    [Fact]
    public void Never_matches_across_a_document_border()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage[..50], Passage[50..]], SmallCorpus.Options(30));
        MatchResult result = corpus.Match(Passage);
        Assert.Equal(2, result.Matches.Count);
        Assert.All(result.Matches, match => Assert.Single(match.Sources));
    }

    // Found by the selftest: what separates documents on disk is a byte that an exact query may hold.
    [Fact]
    public void A_query_that_holds_the_separator_matches_on_either_side_of_it_and_not_across()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage[..50], Passage[50..]], SmallCorpus.Options(30) with { Normalization = "exact" });
        byte[] query = [.. Encoding.ASCII.GetBytes(Passage[..50]), 0xFF, .. Encoding.ASCII.GetBytes(Passage[50..])];
        MatchResult result = new Matcher(corpus.Index).Match(corpus.Index.Normalizer.NormalizeWithMap(query), new MatchOptions(), TestContext.Current.CancellationToken);
        Assert.Equal(["d0", "d1"], result.Matches.Select(match => Assert.Single(match.Sources).Id));
        Assert.Equal(0, new Matcher(corpus.Index).CountOccurrences(query, TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public void A_whole_document_matches_from_its_first_to_its_last_byte()
    {
        using SmallCorpus corpus = SmallCorpus.Build(["other words entirely, not the ones asked for", Passage]);
        ReportedMatch match = Assert.Single(corpus.Match(Passage).Matches);
        Assert.Equal((0, Passage.Length - 1), (match.Start, match.End));
        Assert.Equal(new MatchSource(1, "d1", "uri:1", 0, Passage.Length - 1, 19), Assert.Single(match.Sources));
        Assert.Equal(1, match.Occurrences);
        Assert.True(match.OccurrencesAreExact);
    }

    [Fact]
    public void A_passage_in_many_documents_keeps_its_count_when_one_of_them_goes_on_longer()
    {
        string[] documents = [.. Enumerable.Range(0, 50).Select(i => $"{Passage} {i.ToString(CultureInfo.InvariantCulture)}"), Passage + " And then night fell."];
        using SmallCorpus corpus = SmallCorpus.Build(documents);
        MatchResult result = corpus.Match(Passage + " And then night came.");
        Assert.Equal(2, result.Matches.Count);
        Assert.Equal([1, 51], result.Matches.Select(match => match.Occurrences));
    }

    [Fact]
    public void Case_spacing_and_punctuation_at_word_edges_are_seen_through_and_offsets_stay_true()
    {
        using SmallCorpus corpus = SmallCorpus.Build(["«" + Passage.Replace("harbour", "ＨＡＲＢＯＵＲ", StringComparison.Ordinal) + "»"]);
        string query = "He said: " + Passage.ToUpperInvariant().Replace(" ", "\r\n\t", StringComparison.Ordinal) + " Indeed!";
        ReportedMatch match = Assert.Single(corpus.Match(query).Matches);
        Assert.Equal(Passage.ToUpperInvariant().Replace(" ", "\r\n\t", StringComparison.Ordinal).TrimEnd('.'), query[match.Start..match.End]);
        MatchSource source = Assert.Single(match.Sources);
        byte[] text = corpus.Index.ReadText(0, source.Start, (int)(source.End - source.Start));
        Assert.Equal(Passage.Replace("harbour", "ＨＡＲＢＯＵＲ", StringComparison.Ordinal).TrimEnd('.'), Encoding.UTF8.GetString(text));
    }

    [Fact]
    public void Coverage_is_the_share_of_words_inside_matches()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage]);
        MatchResult result = corpus.Match(Passage + " " + string.Join(' ', Enumerable.Repeat("unheard", 19)));
        Assert.Equal(0.5, result.Coverage, 12);
        Assert.Equal((19, 38), (result.LongestWords, result.Words));
    }

    [Fact]
    public void A_minimum_in_characters_below_the_guarantee_is_refused_and_names_it()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage]);
        var options = new MatchOptions { MinimumLength = new TextLength(50, LengthUnit.Characters) };
        Assert.Contains("64", Assert.Throws<ReciteException>(() => corpus.Match(Passage, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_minimum_is_judged_on_the_untrimmed_span()
    {
        using SmallCorpus corpus = SmallCorpus.Build(["x" + Passage + "x"]);
        string query = "y" + Passage[..99] + "y";
        int untrimmed = Passage[..99].Length;
        Assert.NotEmpty(corpus.Match(query, new MatchOptions { MinimumLength = new TextLength(untrimmed - 1, LengthUnit.Characters) }).Matches);
        Assert.Empty(corpus.Match(query, new MatchOptions { MinimumLength = new TextLength(untrimmed + 2, LengthUnit.Characters) }).Matches);
    }

    [Fact]
    public void Endless_repetition_on_both_sides_ends_in_bounded_work_and_says_what_it_left_out()
    {
        string endless = string.Concat(Enumerable.Repeat("ha ", 20_000));
        using SmallCorpus corpus = SmallCorpus.Build([endless]);
        MatchResult result = corpus.Match(endless[..6_000]);
        Assert.NotEmpty(result.Matches);
        Assert.True(result.IsComplete || result.Matches.Any(match => !match.OccurrencesAreExact));
    }

    [Fact]
    public void Segments_threads_and_stores_change_no_match() => Prose(120).Array[30].Sample(documents =>
    {
        string query = string.Join(" and ", documents.Take(10).Select(text => text[(text.Length / 3)..]));
        using SmallCorpus corpus = SmallCorpus.Build(documents, SmallCorpus.Options(32));
        string expected = Describe(corpus.Match(query));
        foreach (TextStore store in (TextStore[])[TextStore.Zstd, TextStore.Raw])
        {
            foreach (int threads in (int[])[1, 3])
            {
                corpus.Rebuild(documents, SmallCorpus.Options(32, store, segmentBytes: 1, threads));
                Assert.Equal(expected, Describe(corpus.Match(query)));
            }
        }
    }, iter: 5);

    [Fact]
    public void Order_of_documents_changes_no_span() => Prose(120).Array[20].Sample(documents =>
    {
        string query = string.Join(" and ", documents.Take(6).Select(text => text[(text.Length / 3)..]));
        using SmallCorpus corpus = SmallCorpus.Build(documents, SmallCorpus.Options(32));
        string[] expected = [.. corpus.Match(query).Matches.Select(match => $"{match.Start}-{match.End} {match.Occurrences}")];
        corpus.Rebuild(documents.Reverse(), SmallCorpus.Options(32));
        Assert.Equal(expected, corpus.Match(query).Matches.Select(match => $"{match.Start}-{match.End} {match.Occurrences}"));
    }, iter: 5);

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<string> Prose(int words) =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 5]).Array[words]
            .Select(draws => string.Concat(draws.Select(draw => $"w{draw.Item1}{(draw.Item2 == 0 ? ". " : draw.Item2 == 1 ? ", " : " ")}")));

    private static string Describe(MatchResult result) => string.Join('\n', result.Matches.Select(match =>
        $"{match.Start}-{match.End} {match.Occurrences} {string.Join(' ', match.Sources.Select(source => $"{source.Id}:{source.Start}-{source.End}"))}"));

    private static void AssertEqualsOracle(string[] documents, string query, CorpusBuildOptions options)
    {
        using SmallCorpus corpus = SmallCorpus.Build(documents, options);
        OracleText[] texts = [.. documents.Select((text, i) => AsciiOracle.Read($"d{i}", text))];
        OracleText oracleQuery = AsciiOracle.Read("query", query);

        string expected = string.Join('\n', NaiveMatcher.Match(oracleQuery, texts, options.Guarantee).Select(match =>
            $"{match.Start}-{match.End} {match.Words}w {match.Characters}c {match.Occurrences} {string.Join(' ', match.Sources.Select(source => $"{source.Document}:{source.Start}-{source.End}"))}"));
        string actual = string.Join('\n', corpus.Match(query).Matches.Select(match =>
            $"{match.Start}-{match.End} {match.Words}w {match.Characters}c {match.Occurrences} {string.Join(' ', match.Sources.Select(source => $"{source.Id}:{source.Start}-{source.End}"))}"));
        Assert.Equal(expected, actual);
    }
}
