using System.Collections.Concurrent;
using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>
/// Scores windows with one teacher-forced pass over each window alone (M1), under as many schemes as are wanted. What follows the pass
/// is done row by row on every core, so that the model never waits for one of them.
/// </summary>
internal sealed class WindowScorer(CausalDecoder decoder, int vocabularySize)
{
    private readonly ConcurrentBag<Reader> _readers = [];

    /// <summary>Scores a batch, in order.</summary>
    public List<SuffixScore> Score(IReadOnlyList<ScoringWindow> windows, CancellationToken cancellationToken)
    {
        using LogitsTensor? logits = Run(windows, cancellationToken);
        return Read(windows, logits);
    }

    /// <summary>The pass over those windows of a batch that can be scored; null if there is none.</summary>
    public LogitsTensor? Run(IReadOnlyList<ScoringWindow> windows, CancellationToken cancellationToken)
    {
        // The last token of a window predicts what is not asked for.
        int[][] rows = [.. windows.Where(window => window.CanBeScored).Select(window => window.Tokens.SkipLast(1).ToArray())];
        return rows.Length == 0 ? null : decoder.RunAlone(TokenMatrix.PadRight(rows), cancellationToken);
    }

    /// <summary>Reads the scores of a batch from the logits of its pass.</summary>
    public List<SuffixScore> Read(IReadOnlyList<ScoringWindow> windows, LogitsTensor? logits)
    {
        if (logits is null) return [.. windows.Select(window => window.Fail(window.Fault))];
        var scores = new SuffixScore[windows.Count];
        int[] rows = new int[windows.Count];
        for (int i = 1; i < rows.Length; i++) rows[i] = rows[i - 1] + (windows[i - 1].CanBeScored ? 1 : 0);
        Parallel.For(0, rows.Length, TakeReader, (i, _, reader) =>
        {
            ScoringWindow window = windows[i];
            scores[i] = window.CanBeScored ? ScoreRow(logits.View(reader.Widened), rows[i], window, reader.Scorer) : window.Fail(window.Fault);
            return reader;
        }, _readers.Add);
        return [.. scores];
    }

    private Reader TakeReader() => _readers.TryTake(out Reader? idle) ? idle : new Reader(new TokenScorer(vocabularySize), new float[vocabularySize]);

    private SuffixScore ScoreRow(LogitsView logits, int row, ScoringWindow window, TokenScorer scorer)
    {
        int count = window.ScoredCount;
        IReadOnlyList<SamplingOptions> schemes = window.Request.Schemes;
        double[] logProbabilities = new double[count];
        int[] ranks = new int[count];
        double[] margins = new double[count];
        var moments = new VocabularyMoments[window.Request.WithMoments ? count : 0];
        double[][] under = [.. schemes.Select(_ => new double[count])];
        for (int i = 0; i < count; i++)
        {
            // The token at position p is predicted at position p - 1.
            int position = window.FirstScored + i;
            int token = window.Tokens[position];
            if (!scorer.TryScore(logits.At(row, position - 1, vocabularySize), token, out TokenScorer.TokenScore score))
                return window.Fail("The model gave logits that are not numbers; its weights may be damaged, export it again.");
            (logProbabilities[i], ranks[i], margins[i]) = score;
            if (moments.Length > 0) moments[i] = MomentsOfLogits.Of(logits.At(row, position - 1, vocabularySize));
            if (under.Length > 0) scorer.Load(logits.At(row, position - 1, vocabularySize));
            for (int scheme = 0; scheme < under.Length; scheme++) under[scheme][i] = scorer.ScoreUnder(schemes[scheme], token, score.Rank);
        }

        return new SuffixScore(logProbabilities, ranks, margins)
        {
            RequestIndex = window.Request.Index,
            Schemes = [.. under.Select(values => new SchemeScore(values, IsExact: true))],
            Moments = moments,
            TokenCount = window.Tokens.Count,
        };
    }

    // The buffers of one worker.
    private sealed record Reader(TokenScorer Scorer, float[] Widened);
}
