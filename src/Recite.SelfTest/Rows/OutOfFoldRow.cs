using System.Globalization;
using System.Text;
using Recite.Config;
using Recite.Controls.Ngram;
using Recite.Evidence;
using Recite.Indexing.Matching;
using Recite.Targets;

namespace Recite.SelfTest.Rows;

/// <summary>How probable the null finds a text behind another; <paramref name="document"/> holds it. Natural logarithm.</summary>
/// <param name="model">The null, counted over the whole corpus.</param>
/// <param name="before">The prefix.</param>
/// <param name="text">The suffix.</param>
/// <param name="document">Number of a document that holds both.</param>
public delegate double? ChanceOfText(OutOfFoldNgram model, string before, string text, long document);

/// <summary>T20: to the out-of-fold null a passage is improbable though it was planted 64 times; a null that saw it would recite it.</summary>
/// <param name="chance">The estimator.</param>
public sealed class OutOfFoldRow(ChanceOfText? chance = null) : ISelfTestRow
{
    private const int Planted = 64;
    private const int PrefixTokens = 50;
    private const int SuffixTokens = 50;
    private const int FewestPassages = 10;
    private const double Highest = -20;

    private readonly ChanceOfText _chance = chance ?? ((model, before, text, document) => model.LogProbability(before, text, document));

    /// <inheritdoc/>
    public string Id => "T20";

    /// <inheritdoc/>
    public string Bar => "out-of-fold null: log10 p at most -20 for each passage planted 64 times; a null that saw it fails this";

    /// <inheritdoc/>
    public Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        ITokenizer tokenizer = context.Target.Tokenizer!;
        using OutOfFoldNgram model = OutOfFoldNgram.Build(context.Corpus, tokenizer, new NgramOptions { Seed = context.Seed }, cancellationToken);
        var matcher = new Matcher(context.Corpus);
        List<double> measured = [], seen = [];
        foreach (Canary canary in context.Canaries.Canaries.Where(c => c.Duplicates == Planted))
        {
            byte[] text = Encoding.UTF8.GetBytes(canary.Text);
            IReadOnlyList<Token> tokens = tokenizer.Encode(canary.Text);
            if (tokens.Count < PrefixTokens + SuffixTokens
                || matcher.FindSources(NormalizedPiece.Of(context.Corpus.Normalizer, text).Span, 1, cancellationToken) is not [var source, ..])
            {
                continue;
            }

            int middle = tokens[PrefixTokens - 1].End;
            string before = Encoding.UTF8.GetString(text.AsSpan(0, middle));
            string suffix = Encoding.UTF8.GetString(text.AsSpan(middle, tokens[PrefixTokens + SuffixTokens - 1].End - middle));
            if (_chance(model, before, suffix, source.Document) is { } logarithm)
                measured.Add(logarithm / Math.Log(10));
            seen.Add(model.LogProbability(before, suffix, document: -1)!.Value / Math.Log(10));
        }

        if (measured.Count < FewestPassages)
            return Task.FromResult(new RowMeasure(string.Create(CultureInfo.InvariantCulture, $"too few passages: {measured.Count} of at least {FewestPassages}"), Holds: false));
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{measured.Count} passages: log10 p from {measured.Min():0.0} to {measured.Max():0.0}; with their own fold from {seen.Min():0.0} to {seen.Max():0.0}");
        return Task.FromResult(new RowMeasure(line, measured.Max() <= Highest));
    }
}
