using Recite.Membership.Blind;
using Recite.Metrics.Statistics;
using Recite.Probes;
using Recite.Tests.Fakes;

namespace Recite.Tests.Membership;

public sealed class BlindGateTest
{
    [Fact]
    public void A_shift_is_refused_by_the_name_of_the_baseline_that_saw_it()
    {
        string[] members = [.. Texts(1, 60).Select(t => t + " 1998")];
        string[] others = [.. Texts(2, 60).Select(t => t + " 2021")];
        BlindVerdict verdict = BlindGate.Judge(members, others, 7, 0.95);
        Assert.False(verdict.IsOpen);
        Assert.Matches("^Membership scores are refused: .* by dates and numbers alone \\(AUC 1\\.000, between 0\\.[89][0-9]* and 1\\.000\\); take non-members of the same source", verdict.Refusal);
    }

    [Fact]
    public void Too_few_texts_are_refused_with_the_number_that_is_needed()
    {
        BlindVerdict verdict = BlindGate.Judge(Texts(1, 25), Texts(2, 25), 7, 0.95);
        Assert.False(verdict.IsOpen);
        Assert.Contains(FormattableString.Invariant($"at least {BlindGate.FewestPerClass(0.95)} texts of each, there are 25 and 25"), verdict.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_text_of_a_class_is_refused_and_breaks_nothing()
    {
        BlindVerdict verdict = BlindGate.Judge(["one text"], ["another one", ""], 7, 0.95);
        Assert.False(verdict.IsOpen);
        Assert.All(verdict.Results, r => Assert.InRange(r.Estimate.FarthestFromChance, BlindGate.Limit, 0.5));
    }

    [Fact]
    public void Order_of_texts_within_a_class_is_all_that_folds_depend_on_besides_the_seed()
    {
        BlindVerdict one = BlindGate.Judge(Texts(1, 50), Texts(2, 50), 7, 0.95);
        Assert.Equal(one.Results, BlindGate.Judge(Texts(1, 50), Texts(2, 50), 7, 0.95).Results);
        Assert.NotEqual(one.Results[0], BlindGate.Judge(Texts(1, 50), Texts(2, 50), 8, 0.95).Results[0]);
    }

    // Ordinary cross-validation fails here: its AUC scatters by twice the variance.
    [Fact]
    public void Where_there_is_nothing_to_learn_the_interval_of_what_learns_covers_one_half()
    {
        const int Runs = 300;
        int covered = 0;
        for (int run = 0; run < Runs; run++)
        {
            SeededRandom random = SeededRandom.For((ulong)run, "blind");
            var texts = new LabelledTexts(Words(random), Words(random), (ulong)run);
            double[] scores = new BagOfWordsBaseline().Score(texts);
            Interval interval = Roc.Estimate([.. scores[..60].Where(double.IsFinite)], [.. scores[60..].Where(double.IsFinite)], 0.95).Interval;
            covered += interval.Low <= 0.5 && interval.High >= 0.5 ? 1 : 0;
        }

        Assert.True(covered >= 0.92 * Runs, FormattableString.Invariant($"covered {covered} of {Runs}"));
    }

    [Fact]
    public void Each_baseline_sees_its_own_kind_of_shift_and_no_other()
    {
        string[] plain = Texts(1, 200);
        string[] longer = [.. Texts(2, 200, words: 40)];
        var lengths = new LabelledTexts(longer, plain, 1);
        Assert.True(Auc(new LengthBaseline(), lengths) > 0.9);
        Assert.InRange(Auc(new NumbersBaseline(), lengths), 0.4, 0.6);

        var dates = new LabelledTexts([.. Texts(3, 200).Select(t => t + " 2001-02-03")], [.. plain.Select(t => t + " 2019-02-03")], 1);
        Assert.True(Auc(new NumbersBaseline(), dates) > 0.9);
        Assert.InRange(Auc(new BagOfWordsBaseline(), dates), 0.35, 0.65);

        var topics = new LabelledTexts([.. Texts(3, 200).Select(t => t + " Zeppelin")], [.. plain.Select(t => t + " Gondolas")], 1);
        Assert.True(Auc(new BagOfWordsBaseline(), topics) > 0.9);
    }

    private static double Auc(IBlindBaseline baseline, LabelledTexts texts)
    {
        double[] scores = baseline.Score(texts);
        return Roc.Auc([.. scores[..texts.Members].Where(double.IsFinite)], [.. scores[texts.Members..].Where(double.IsFinite)]);
    }

    private static string[] Texts(int seed, int count, int words = 20) => [.. Enumerable.Range(0, count).Select(i => RandomText.Make((ulong)((seed * 10_000) + i), words))];

    // Few words, so that there is much to learn by accident.
    private static string[] Words(SeededRandom random) =>
        [.. Enumerable.Range(0, 60).Select(_ => string.Join(' ', Enumerable.Range(0, 12).Select(_ => "w" + new string((char)('a' + (int)random.Below(26)), 2))))];
}
