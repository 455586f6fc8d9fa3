using System.IO.Compression;
using System.Text;
using Recite.Targets;

namespace Recite.Membership;

/// <summary>
/// Scores of how well a target knows a text, each larger where membership is more likely. They tell how probable the text is under the
/// target, which is something else than whether it was trained on: that is why they stand behind the blind gate.
/// </summary>
public static class MembershipScores
{
    /// <summary>The mean log-probability of a token, the negated loss (Yeom et al. 2018).</summary>
    public static double Loss(IReadOnlyList<double> logProbabilities) => logProbabilities.Average();

    /// <summary>
    /// The mean log-probability over the text's size when compressed by zlib, in bytes (Carlini et al. 2021): a text that is probable only
    /// because it is repetitive compresses well and loses.
    /// </summary>
    public static double ZlibRatio(IReadOnlyList<double> logProbabilities, string text) => Loss(logProbabilities) / ZlibBytes(text);

    /// <summary>
    /// Min-K%: the mean of the share of tokens that are the *least* probable (Shi et al. 2024); a text that was trained on has fewer
    /// surprises. At least one token counts. Worked example: log-probabilities -1, -5, -2, -3 and a share of 0.5: (-5 - 3) / 2 = -4.
    /// </summary>
    public static double MinK(IReadOnlyList<double> logProbabilities, double share) => MeanOfLowest(logProbabilities, share);

    /// <summary>
    /// Min-K%++: the same after each log-probability is standardized by mean and standard deviation of log p over the vocabulary at its
    /// position, both under the target's own distribution (Zhang et al. 2024). A position where the target leaves no choice (deviation 0)
    /// has no surprise to measure and counts as 0.
    /// </summary>
    public static double MinKPlusPlus(IReadOnlyList<double> logProbabilities, IReadOnlyList<VocabularyMoments> moments, double share) =>
        MeanOfLowest([.. logProbabilities.Select((value, i) => Standardize(value, moments[i]))], share);

    /// <summary>
    /// How much more probable the text is under the target than under a model that never saw it, per token of the target (the reference
    /// model of Carlini et al. 2021; with many such models it becomes the likelihood ratio attack of Carlini et al. 2022).
    /// </summary>
    public static double ReferenceRatio(IReadOnlyList<double> logProbabilities, IReadOnlyList<double> reference) =>
        (logProbabilities.Sum() - reference.Sum()) / logProbabilities.Count;

    /// <summary>Size of the text when compressed by zlib (RFC 1950), in bytes.</summary>
    public static int ZlibBytes(string text)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(Encoding.UTF8.GetBytes(text));
        return (int)compressed.Length;
    }

    private static double Standardize(double value, VocabularyMoments moments) =>
        moments.StandardDeviation > 0 ? (value - moments.Mean) / moments.StandardDeviation : 0;

    private static double MeanOfLowest(IReadOnlyList<double> values, double share)
    {
        int count = Math.Max(1, (int)Math.Floor(values.Count * share));
        return values.Order().Take(count).Average();
    }
}
