using CsCheck;
using Recite.Controls.Ngram;

namespace Recite.Tests.Controls.Ngram;

public sealed class KneserNeyTest
{
    private const int A = 1, B = 2, C = 3;

    private static readonly Gen<(int[] Units, int Fold)[]> s_documents =
        Gen.Select(Gen.Int[1, 4].Array[0, 12], Gen.Int[0, 2]).Select((units, fold) => (units, fold)).Array[1, 8];

    [Fact]
    public void Gives_the_probabilities_of_the_example_worked_by_hand()
    {
        // docs/adr/0006-out-of-fold-ngram.md: "a b a b" in fold 0, "a c" in fold 1, bigrams, base 1/4
        using var small = new SmallModel(2, 2, [([A, B, A, B], 0), ([A, C], 1)]);
        NgramModel model = small.Model;
        Assert.Equal(1 / 3.0, model.DiscountOf(1, NgramModel.NoFold), 1e-15);
        Assert.Equal(1 / 2.0, model.DiscountOf(2, NgramModel.NoFold), 1e-15);
        double[] single = [.. new[] { A, B, C, 0 }.Select(unit => model.Probability([], unit, 0.25, NgramModel.NoFold))];
        Assert.Equal([1 / 3.0, 1 / 6.0, 1 / 6.0, 1 / 3.0], single, new Within(1e-15));
        double[] behindA = [.. new[] { A, B, C, 0 }.Select(unit => model.Probability([A], unit, 0.25, NgramModel.NoFold))];
        Assert.Equal([1 / 9.0, 5 / 9.0, 2 / 9.0, 1 / 9.0], behindA, new Within(1e-15));
    }

    [Fact]
    public void Gives_the_probabilities_of_the_example_with_a_fold_left_out()
    {
        using var small = new SmallModel(2, 2, [([A, B, A, B], 0), ([A, C], 1)]);
        NgramModel model = small.Model;
        Assert.Equal(1 / 2.0, model.DiscountOf(1, 1), 1e-15);
        Assert.Equal(3 / 5.0, model.DiscountOf(2, 1), 1e-15);
        double[] single = [.. new[] { A, B, C, 0 }.Select(unit => model.Probability([], unit, 0.25, 1))];
        Assert.Equal([15 / 32.0, 7 / 32.0, 3 / 32.0, 7 / 32.0], single, new Within(1e-15));
        Assert.Equal(0.765625, model.Probability([A], B, 0.25, 1), 1e-15);
        Assert.Equal(0.028125, model.Probability([A], C, 0.25, 1), 1e-15);
    }

    [Fact]
    public void Equals_the_definition_on_random_corpora_with_each_fold_left_out() =>
        Gen.Select(s_documents, Gen.Int[1, 5], Gen.Int[1, 4].Array[0, 6], Gen.Bool).Sample(
            (documents, order, tail, atBorder) =>
            {
                using var small = new SmallModel(order, 3, documents);
                int[] context = [.. (int[])(atBorder ? [0, .. tail] : tail)];
                context = context.Length >= order ? context[^(order - 1)..] : context;
                for (int fold = NgramModel.NoFold; fold < 3; fold++)
                {
                    var naive = new NaiveKneserNey(order, documents.Where(d => d.Fold != fold).Select(d => d.Units));
                    for (int unit = 0; unit <= 5; unit++)
                        Assert.Equal(naive.Probability(context, unit, 1 / 6.0), small.Model.Probability(context, unit, 1 / 6.0, fold), 1e-12);
                }
            },
            iter: 100);

    [Fact]
    public void Probabilities_of_all_continuations_sum_to_one() =>
        Gen.Select(s_documents, Gen.Int[0, 5].Array[0, 4]).Sample(
            (documents, context) =>
            {
                using var small = new SmallModel(5, 3, documents);
                for (int fold = NgramModel.NoFold; fold < 3; fold++)
                    Assert.Equal(1, Enumerable.Range(0, 6).Sum(unit => small.Model.Probability(context, unit, 1 / 6.0, fold)), 1e-12);
            },
            iter: 100);

    [Fact]
    public void Sorting_on_disk_gives_the_same_model_as_sorting_in_memory() =>
        s_documents.Sample(
            documents =>
            {
                (int[], int)[] enough = [.. documents, ([1, 2, 3, 4, 1, 2, 3, 4, 2, 2], 0), ([1, 2, 3, 4, 1, 2, 3, 1], 1)];
                using var inMemory = new SmallModel(5, 3, enough);
                using var onDisk = new SmallModel(5, 3, enough, memoryBytes: 5 * 32);
                Assert.Equal(0, inMemory.RunCount);
                Assert.True(onDisk.RunCount > 0);
                foreach (int[] context in (int[][])[[], [1], [0, 1], [1, 2, 3, 4], [2, 3, 4, 1], [0, 1, 2, 3]])
                {
                    for (int unit = 0; unit <= 5; unit++)
                        Assert.Equal(inMemory.Model.Probability(context, unit, 1 / 6.0, 0), onDisk.Model.Probability(context, unit, 1 / 6.0, 0));
                }
            },
            iter: 30);

    [Fact]
    public void The_most_probable_unit_is_the_one_of_the_highest_probability() =>
        Gen.Select(s_documents, Gen.Int[1, 4].Array[0, 4]).Sample(
            (documents, context) =>
            {
                using var small = new SmallModel(5, 3, documents);
                for (int fold = NgramModel.NoFold; fold < 3; fold++)
                {
                    int best = small.Model.MostProbable(context, _ => 1 / 6.0, fold);
                    double highest = Enumerable.Range(0, 5).Max(unit => small.Model.Probability(context, unit, 1 / 6.0, fold));
                    Assert.Equal(highest, small.Model.Probability(context, best, 1 / 6.0, fold), 1e-12);
                }
            },
            iter: 100);

    [Fact]
    public void What_stands_in_several_folds_is_left_out_by_none()
    {
        using var marked = new SmallModel(3, 2, [([A, B], NgramModelBuilder.InSeveralFolds), ([B, C], 1)]);
        using var without = new SmallModel(3, 2, [([A, B], 0)]);
        Assert.Equal(without.Model.Probability([A], B, 0.25, NgramModel.NoFold), marked.Model.Probability([A], B, 0.25, 1), 1e-15);
    }

    [Fact]
    public void No_n_gram_reaches_over_the_border_of_two_documents()
    {
        // "a" ends one document and "c" begins the next: "a c" was never said.
        using var apart = new SmallModel(2, 1, [([B, A], 0), ([C, B], 0), ([B, A], 0), ([C, B], 0)]);
        using var joined = new SmallModel(2, 1, [([B, A, C, B], 0), ([B, A, C, B], 0)]);
        Assert.True(joined.Model.Probability([A], C, 0.25, NgramModel.NoFold) > 0.5);
        Assert.True(apart.Model.Probability([A], C, 0.25, NgramModel.NoFold) < 0.25);
        Assert.True(apart.Model.Probability([A], NgramKey.Border, 0.25, NgramModel.NoFold) > 0.5);
    }

    private sealed class Within(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double obj) => 0;
    }
}
