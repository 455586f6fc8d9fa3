using System.Globalization;
using System.Text;
using CsCheck;
using Recite.Contamination;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Text;
using Recite.Tests.Fakes;

namespace Recite.Tests.Contamination;

public sealed class ContaminationCheckTest
{
    private const string Question = "Which keeper of the harbour light wrote down every ship that passed until the winter came?";
    private const string Answer = "Forty-two.";

    [Fact]
    public void An_item_that_stands_in_the_corpus_is_found_by_every_rule_and_where()
    {
        using var audit = new SmallAudit(["Some other text. " + Question + " And the rest.", RandomText.Make(1, 60)]);
        CheckedItem item = Check(audit.Index, new MatchOptions { Near = new NearTolerance(100) }, ("question", Question));
        Assert.True(item.IsFound);
        Assert.Equal(
            ["verbatim found", "near-verbatim not-found", "ngram-13 found", "ngram-8 found"], item.Verdicts.Select(verdict => $"{verdict.Key} {verdict.Value}"));
        CheckedField field = Assert.Single(item.Fields);
        Assert.Equal((16, 1.0, 16), (field.Words, field.Coverage, field.LongestWords));
        Assert.Equal(("d0", 17, 17 + Question.Length - 1), (field.Matches[0].Sources[0].Document, (int)field.Matches[0].Sources[0].Start, (int)field.Matches[0].Sources[0].End));
        Assert.Equal([new NgramOverlap(13, 4, 4, 0, 0), new NgramOverlap(8, 9, 9, 0, 0)], field.Ngrams);
    }

    [Fact]
    public void An_item_with_changed_words_is_found_near_verbatim_alone()
    {
        using var audit = new SmallAudit([Question]);
        string changed = Question.Replace("harbour", "old", StringComparison.Ordinal).Replace("ship", "boat", StringComparison.Ordinal);
        CheckedItem item = Check(audit.Index, new MatchOptions { Near = new NearTolerance(150), MinimumLength = new TextLength(60, LengthUnit.Characters) }, ("q", changed));
        Assert.Equal(
            ["verbatim absent", "near-verbatim found", "ngram-13 absent", "ngram-8 absent"], item.Verdicts.Select(verdict => $"{verdict.Key} {verdict.Value}"));
        Assert.Equal(2, Assert.Single(item.Fields[0].Matches).Edits);
    }

    [Fact]
    public void An_item_shorter_than_the_guarantee_is_undecided_and_not_clean()
    {
        using var audit = new SmallAudit([Question, Answer]);
        CheckedItem item = Check(audit.Index, new MatchOptions(), ("answer", Answer));
        Assert.All(item.Verdicts.Values, verdict => Assert.Equal(ItemVerdicts.Undecided, verdict));
        Assert.False(item.IsFound);
    }

    [Fact]
    public void An_item_that_is_not_there_is_absent_for_certain()
    {
        using var audit = new SmallAudit([RandomText.Make(1, 90)]);
        CheckedItem item = Check(audit.Index, new MatchOptions(), ("question", Question));
        Assert.Equal(["verbatim absent", "ngram-13 absent", "ngram-8 absent"], item.Verdicts.Select(verdict => $"{verdict.Key} {verdict.Value}"));
    }

    [Fact]
    public void One_field_that_is_found_makes_the_item_found_and_one_that_is_undecided_keeps_it_from_being_absent()
    {
        using var audit = new SmallAudit([Question]);
        Assert.Equal(ItemVerdicts.Found, Check(audit.Index, new MatchOptions(), ("q", Question), ("a", Answer)).Verdicts["verbatim"]);
        string other = RandomText.Make(9, 40);
        Assert.Equal(ItemVerdicts.Undecided, Check(audit.Index, new MatchOptions(), ("q", other), ("a", Answer)).Verdicts["verbatim"]);
        Assert.Equal(ItemVerdicts.Absent, Check(audit.Index, new MatchOptions(), ("q", other), ("a", other)).Verdicts["verbatim"]);
    }

    [Fact]
    public void The_tally_counts_items_by_rule()
    {
        using var audit = new SmallAudit([Question]);
        var check = new ContaminationCheck(audit.Index, new MatchOptions(), [13]);
        var tally = new ContaminationTally(check.Rules);
        foreach (string text in (string[])[Question, Answer, RandomText.Make(9, 40)])
            tally.Add(check.Judge("f", 1, "i", [check.Check("text", Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken)]));
        Assert.Equal([new RuleSummary("verbatim", 3, 1, 1, 1), new RuleSummary("ngram-13", 3, 1, 1, 1)], tally.Summary);
    }

    [Fact]
    public void Ngrams_from_the_guarantee_on_are_counted_as_a_scan_of_the_corpus_counts_them() =>
        Gen.Select(Words(80), Words(80), Words(60), Gen.Int[0, 70], Gen.Int[1, 30], Gen.Int[1, 14]).Sample((first, second, query, from, length, n) =>
        {
            string[] asked = [.. query.Take(20), .. first.Skip(from).Take(length), .. query.Skip(20)];
            using var audit = new SmallAudit([string.Join(' ', first), string.Join(' ', second)]);
            NgramOverlap actual = Check(audit.Index, new MatchOptions(), [n], ("t", string.Join(", ", asked))).Fields[0].Ngrams[0];

            // Words here have spaces around them on both sides, or none at the ends of a text: a scan is a search for the text itself.
            string[] grams = [.. Enumerable.Range(0, Math.Max(0, asked.Length - n + 1)).Select(i => string.Join(' ', asked[i..(i + n)]))];
            bool Stands(string gram) => string.Join(' ', first).Contains(gram, StringComparison.Ordinal) || string.Join(' ', second).Contains(gram, StringComparison.Ordinal);
            Assert.Equal(grams.Length, actual.Total);
            Assert.Equal(grams.Count(gram => gram.Length >= 32 && !Stands(gram)), actual.Absent);
            Assert.InRange(actual.Found, grams.Count(gram => gram.Length >= 32 && Stands(gram)), grams.Count(Stands));
            Assert.Equal(actual.Total, actual.Found + actual.Absent + actual.Undecided);
            Assert.True(actual.Undecided <= grams.Count(gram => gram.Length < 32));
        }, iter: 300);

    private static Gen<string[]> Words(int count) =>
        Gen.Int[0, 300].Array[count].Select(draws => draws.Select(draw => "w" + draw.ToString(CultureInfo.InvariantCulture)).ToArray());

    private static CheckedItem Check(CorpusIndex index, MatchOptions options, params (string Name, string Text)[] fields) => Check(index, options, [13, 8], fields);

    private static CheckedItem Check(CorpusIndex index, MatchOptions options, int[] ngrams, params (string Name, string Text)[] fields)
    {
        var check = new ContaminationCheck(index, options, ngrams);
        return check.Judge("items.jsonl", 1, "item", [.. fields.Select(field => check.Check(field.Name, Encoding.UTF8.GetBytes(field.Text), TestContext.Current.CancellationToken))]);
    }
}
