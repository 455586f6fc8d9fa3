using Recite.Targets;

namespace Recite.SelfTest.Rows;

/// <summary>A text whose probability is to be checked by drawing.</summary>
/// <param name="Prefix">What is shown.</param>
/// <param name="Suffix">What should come back.</param>
/// <param name="Scheme">How it is drawn.</param>
/// <param name="Bin">Which range of probabilities it stands for.</param>
/// <param name="Probability">What the estimator says.</param>
internal sealed record SampledText(int[] Prefix, int[] Suffix, SamplingOptions Scheme, int Bin, double Probability);

/// <summary>Chooses texts so that every range of probabilities is met equally often under every scheme.</summary>
internal sealed class SampledTextChoice(int textsPerBin)
{
    /// <summary>Tokens shown before each suffix.</summary>
    public const int PrefixTokens = 8;

    /// <summary>Longest suffix.</summary>
    public const int LongestSuffix = 20;

    private const int ShortestSuffix = 2;

    private static readonly (double Low, double High)[] s_bins = [(.01, .1), (.1, .3), (.3, .6), (.6, .9), (.9, .99)];

    private readonly List<SampledText> _texts = [];
    private readonly int[,] _room = Fill(textsPerBin);

    /// <summary>Ways of sampling: as the model is, cooler, the 40 best, and a nucleus.</summary>
    public static IReadOnlyList<SamplingOptions> Schemes { get; } =
    [
        new() { Temperature = 1 },
        new() { Temperature = .7 },
        new() { Temperature = 1, TopK = 40 },
        new() { Temperature = 1, TopP = .9 },
    ];

    /// <summary>Ranges of probabilities.</summary>
    public static int BinCount => s_bins.Length;

    /// <summary>What was chosen so far.</summary>
    public IReadOnlyList<SampledText> Texts => _texts;

    /// <summary>Whether nothing more is wanted.</summary>
    public bool IsFull => _texts.Count == s_bins.Length * textsPerBin;

    /// <summary>Takes a window once, where a range and a scheme still want one, at the first such suffix length from a start that moves on.</summary>
    public void Offer(int[] window, WindowScore score, int number)
    {
        int lengths = LongestSuffix - ShortestSuffix + 1;
        for (int step = 0; step < lengths * Schemes.Count; step++)
        {
            int scheme = (number + step) % Schemes.Count;
            // Squares, so that most texts are short: a long suffix costs as many tokens per sample.
            int begin = number / Schemes.Count % lengths;
            int length = ShortestSuffix + (begin * begin / lengths + step / Schemes.Count) % lengths;
            double probability = Math.Exp(score.LogProbability(scheme, 0, length));
            int bin = Array.FindIndex(s_bins, range => probability >= range.Low && probability <= range.High);
            if (bin < 0 || _room[bin, scheme] == 0) continue;
            _room[bin, scheme]--;
            _texts.Add(new SampledText(window[..PrefixTokens], window[PrefixTokens..(PrefixTokens + length)], Schemes[scheme], bin, probability));
            return;
        }
    }

    private static int[,] Fill(int textsPerBin)
    {
        int[,] room = new int[s_bins.Length, Schemes.Count];
        for (int bin = 0; bin < s_bins.Length; bin++)
        {
            for (int scheme = 0; scheme < Schemes.Count; scheme++) room[bin, scheme] = (textsPerBin + scheme) / Schemes.Count;
        }

        return room;
    }
}
