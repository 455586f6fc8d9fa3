using Recite.Controls.Ngram;
using Recite.Indexing.Text;
using Recite.Testing.Files;

namespace Recite.Tests.Controls.Ngram;

public sealed class WordUnitsTest
{
    [Fact]
    public void Spellings_of_all_words_sum_to_one()
    {
        using var folder = new TemporaryFolder();
        using WordSpelling spelling = WordSpelling.Count([("ab"u8.ToArray(), 0), ("abc"u8.ToArray(), 1), ("ba"u8.ToArray(), NgramModelBuilder.InSeveralFolds)], 2, folder.Path, 1 << 20, CancellationToken.None);
        foreach (int fold in (int[])[NgramModel.NoFold, 0, 1])
        {
            // Words of no byte, of one byte, and for two bytes what is left over: no word is longer than nothing, and nothing is lost.
            double none = spelling.Probability([], fold);
            double single = Enumerable.Range(0, 256).Sum(b => spelling.Probability([(byte)b], fold));
            double two = Enumerable.Range(0, 256 * 256).Sum(b => spelling.Probability([(byte)(b >> 8), (byte)b], fold));
            double known = (fold is 1 ? 0 : spelling.Probability("abc"u8, fold)) + none + single + two;
            Assert.True(known < 1, $"{known}");
            Assert.True(known > 0.3, $"{known}");
        }
    }

    [Fact]
    public void Known_words_and_all_unknown_ones_sum_to_one()
    {
        using var folder = new TemporaryFolder();
        using var units = new WordUnits(TextNormalizer.For("text"), 2, folder.Path, 1 << 20);
        var builder = new NgramModelBuilder(3, 2, folder.Path, 1 << 20);
        builder.Add(units.Learn("To be or not to be.", 0), 0);
        builder.Add(units.Learn("Be not afraid; be quiet.", 1), 1);
        units.Seal(CancellationToken.None);
        using NgramModel model = builder.Build(CancellationToken.None);
        IReadOnlyList<NgramUnit> context = units.Read("to be");
        int[] ids = [.. context.Select(c => c.Id)];
        int[] vocabulary = [0, .. units.Read("to be or not afraid quiet").Select(u => u.Id)];
        foreach (int fold in (int[])[NgramModel.NoFold, 0, 1])
        {
            double known = vocabulary.Sum(id => model.Probability(ids, id, units.BaseProbability(id, fold), fold));

            // A word that was never counted gets its spelling's share of what is set aside, so the share of all of them is the spellings' rest.
            NgramUnit strange = units.Read("xylophone").Single();
            double setAside = model.Probability(ids, strange.Id, 1, fold);
            double unknown = setAside * (1 - vocabulary.Sum(id => units.BaseProbability(id, fold)));
            Assert.Equal(1, known + unknown, 1e-9);
            Assert.Equal(setAside * units.BaseProbability(strange, fold), model.Probability(ids, strange.Id, units.BaseProbability(strange, fold), fold), 1e-15);
        }
    }

    [Fact]
    public void A_word_is_counted_in_the_spelling_without_a_fold_that_it_stands_in_alone()
    {
        using var folder = new TemporaryFolder();
        using var units = new WordUnits(TextNormalizer.For("text"), 2, folder.Path, 1 << 20);
        units.Learn("secret word", 0);
        units.Learn("another word", 1);
        units.Seal(CancellationToken.None);
        NgramUnit secret = units.Read("secret").Single();
        NgramUnit word = units.Read("WORD!").Single();
        Assert.True(units.BaseProbability(secret, 0) < units.BaseProbability(secret, 1) / 1000);
        Assert.True(units.BaseProbability(word, 0) > units.BaseProbability(secret, 0) * 1000);
    }

    [Fact]
    public void Units_know_where_they_stand_in_the_text_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        using var units = new WordUnits(TextNormalizer.For("text"), 1, folder.Path, 1 << 20);
        // Two bytes for ö, two for ß: the quotation mark is byte 0 and the word ends before byte 7.
        Assert.Equal([(1, 7), (10, 14)], units.Read("\"Größ\", that").Select(u => (u.Start, u.End)));
    }
}
