using System.Numerics.Tensors;
using Recite.Indexing;
using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>A window to be scored: its tokens with the beginning of text, and the first that is scored.</summary>
internal readonly record struct ScoringWindow(IReadOnlyList<int> Tokens, int FirstScored);

/// <summary>
/// Scores windows with one teacher-forced pass over each window alone (M1): log-probabilities by a log-softmax in float64,
/// ranks with ties counted from the smaller id, margins between the two largest logits.
/// </summary>
internal sealed class WindowScorer(CausalDecoder decoder, int vocabularySize)
{
    private readonly double[] _shifted = new double[vocabularySize];

    /// <summary>One token's score.</summary>
    internal readonly record struct TokenScore(double LogProbability, int Rank, double Margin);

    /// <summary>Scores a batch, in order.</summary>
    /// <exception cref="ReciteException">The model gave something that is no number.</exception>
    public List<SuffixScore> Score(IReadOnlyList<ScoringWindow> windows, CancellationToken cancellationToken)
    {
        // The last token of a window predicts what is not asked for.
        TokenMatrix tokens = TokenMatrix.PadRight([.. windows.Select(window => window.Tokens.SkipLast(1).ToArray())]);
        using DecoderCache empty = decoder.CreateEmptyCache(windows.Count);
        using LogitsTensor logits = decoder.Run(tokens, empty, cancellationToken);
        var scores = new List<SuffixScore>(windows.Count);
        for (int row = 0; row < windows.Count; row++) scores.Add(ScoreRow(logits, row, windows[row]));
        return scores;
    }

    /// <summary>Scores one token against the logits that predict it.</summary>
    /// <exception cref="ReciteException">The logits hold something that is no number.</exception>
    public TokenScore ScoreToken(ReadOnlySpan<float> logits, int token)
    {
        TensorPrimitives.ConvertChecked<float, double>(logits, _shifted);
        double own = _shifted[token];
        double largest = TensorPrimitives.Max<double>(_shifted);
        if (!double.IsFinite(largest)) throw new ReciteException("The model gave logits that are not numbers; its weights may be damaged, export it again.");
        int rank = 0;
        double second = double.NegativeInfinity;
        bool metLargest = false;
        for (int other = 0; other < _shifted.Length; other++)
        {
            double logit = _shifted[other];
            if (logit > own || (logit == own && other < token)) rank++;
            if (logit == largest && !metLargest) metLargest = true;
            else if (logit > second) second = logit;
        }

        TensorPrimitives.Subtract(_shifted, largest, _shifted);
        TensorPrimitives.Exp<double>(_shifted, _shifted);
        double logProbability = own - largest - Math.Log(TensorPrimitives.Sum<double>(_shifted));
        return new TokenScore(logProbability, rank, largest - second);
    }

    private SuffixScore ScoreRow(LogitsTensor logits, int row, ScoringWindow window)
    {
        int count = window.Tokens.Count - window.FirstScored;
        double[] logProbabilities = new double[count];
        int[] ranks = new int[count];
        double[] margins = new double[count];
        for (int i = 0; i < count; i++)
        {
            // The token at position p is predicted at position p - 1.
            int position = window.FirstScored + i;
            (logProbabilities[i], ranks[i], margins[i]) = ScoreToken(logits.At(row, position - 1), window.Tokens[position]);
        }

        return new SuffixScore(logProbabilities, ranks, margins);
    }
}
