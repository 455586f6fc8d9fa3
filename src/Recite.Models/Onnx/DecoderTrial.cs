namespace Recite.Models.Onnx;

/// <summary>What a few tokens through a model showed, before anything is believed of it.</summary>
/// <param name="VocabularySize">Tokens that have a logit.</param>
/// <param name="GivesAllPositions">Whether every position gets logits, as scoring needs, or only the last.</param>
/// <param name="BearsPadding">Whether padding on the left changes nothing, so that prompts of different lengths may share a batch.</param>
internal sealed record DecoderTrial(int VocabularySize, bool GivesAllPositions, bool BearsPadding)
{
    // Quantized models move by a few percent between a cached and an uncached pass; a cache that is misread moves more.
    private const double GrossShare = 0.1;

    // What float32 and float16 leave of a difference that should be none, as a share of the logits' spread.
    private const double RoundingShare = 2e-3;

    /// <summary>
    /// Puts three tokens through the model at once, step by step, and beside a shorter sequence. Graphs that derive
    /// positions from the length and not from the mask are found here rather than believed.
    /// </summary>
    /// <exception cref="FormatException">The model contradicts itself; the message completes "FILE ...".</exception>
    public static DecoderTrial Run(CausalDecoder decoder, CancellationToken cancellationToken)
    {
        int[] tokens = [1, 2, 0];
        float[] atOnce;
        int positions, vocabularySize;
        using (var batch = new DecoderBatch(decoder, [tokens]))
        using (LogitsTensor logits = batch.Start(cancellationToken))
        {
            (positions, vocabularySize) = (logits.Positions, logits.VocabularySize);
            atOnce = logits.AtLast(0).ToArray();
        }

        if (positions is not (1 or 3) || vocabularySize < 3) throw new FormatException($"gives logits of the shape [1, {positions}, {vocabularySize}] for three tokens");
        double spread = atOnce.Max() - atOnce.Min();
        if (!double.IsFinite(spread)) throw new FormatException("gives logits that are not numbers");
        if (decoder.HasCache && Difference(RunInSteps(decoder, [tokens[..2]], tokens[2], row: 0, cancellationToken), atOnce) > GrossShare * Math.Max(spread, 1e-3))
            throw new FormatException("gives other logits from its cache than without it, so that the cache cannot be laid out as it seems");

        // The longer row comes first, so that the second begins with padding.
        bool bearsPadding = decoder.Graph is { AttentionMask: not null, IsSingleRow: false }
            && Difference(RunInSteps(decoder, [[2, 1, 0], tokens[..2]], tokens[2], row: 1, cancellationToken), atOnce) <= RoundingShare * spread;
        return new DecoderTrial(vocabularySize, positions == 3, bearsPadding);
    }

    private static float[] RunInSteps(CausalDecoder decoder, int[][] prompts, int next, int row, CancellationToken cancellationToken)
    {
        using var batch = new DecoderBatch(decoder, prompts);
        batch.Start(cancellationToken).Dispose();
        int[] step = new int[prompts.Length];
        Array.Fill(step, next);
        using LogitsTensor logits = batch.Advance(step, cancellationToken);
        return logits.AtLast(row).ToArray();
    }

    private static double Difference(float[] a, float[] b)
    {
        double largest = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = Math.Abs((double)a[i] - b[i]);
            if (double.IsNaN(difference)) return double.PositiveInfinity;
            largest = Math.Max(largest, difference);
        }

        return largest;
    }
}
