namespace Recite.Targets;

/// <summary>
/// A window that was scored in one pass, ready to be asked about any split and any suffix length (M1, M3): prefix sums in float64
/// over all its scored tokens. Positions count the scored tokens from 0; a suffix at split <c>s</c> of length <c>k</c> is the
/// half-open range of positions from <c>s</c> to <c>s + k</c>, after everything that stands before <c>s</c> in the window.
/// </summary>
public sealed class WindowScore
{
    private readonly PrefixSums _plain;
    private readonly PrefixSums[] _schemes;
    private readonly int[] _nextMiss;
    private readonly int[] _unknownBefore;
    private readonly RangeMinimum _margins;

    /// <summary>Prepares the answers in time and memory of the window's length, times its logarithm for the margins.</summary>
    /// <param name="score">The scores of the whole window: prefix and suffix of every split in one <see cref="ScoreRequest.Suffix"/>.</param>
    /// <exception cref="ArgumentException">There is no score, or its lists differ in length.</exception>
    public WindowScore(SuffixScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        if (score.Error is not null) throw new ArgumentException($"The window has no score: {score.Error}", nameof(score));
        Length = score.LogProbabilities.Count;
        if (score.Ranks.Count != Length || score.Margins.Count != Length || score.Schemes.Any(scheme => scheme.LogProbabilities.Count != Length))
            throw new ArgumentException("The lists of a score differ in length.", nameof(score));
        _plain = new PrefixSums(score.LogProbabilities);
        _schemes = [.. score.Schemes.Select(scheme => new PrefixSums(scheme.LogProbabilities))];
        _margins = new RangeMinimum(score.Margins);
        _nextMiss = new int[Length + 1];
        _unknownBefore = new int[Length + 1];
        _nextMiss[Length] = Length;
        for (int i = Length - 1; i >= 0; i--) _nextMiss[i] = score.Ranks[i] > 0 ? i : _nextMiss[i + 1];
        for (int i = 0; i < Length; i++) _unknownBefore[i + 1] = _unknownBefore[i] + (score.Ranks[i] < 0 ? 1 : 0);
    }

    /// <summary>Scored tokens of the window.</summary>
    public int Length { get; }

    /// <summary>Natural logarithm of p_z of a suffix at temperature 1, nothing filtered.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The suffix does not lie in the window.</exception>
    public double LogProbability(int split, int suffixLength)
    {
        Check(split, suffixLength);
        return _plain.Sum(split, suffixLength);
    }

    /// <summary>Natural logarithm of p_z of a suffix under one of the schemes that were scored; negative infinity where it is unreachable.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The suffix does not lie in the window, or there is no such scheme.</exception>
    public double LogProbability(int scheme, int split, int suffixLength)
    {
        Check(split, suffixLength);
        ArgumentOutOfRangeException.ThrowIfNegative(scheme);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(scheme, _schemes.Length);
        return _schemes[scheme].Sum(split, suffixLength);
    }

    /// <summary>
    /// Whether greedy decoding gives the suffix: rank 0 at each of its positions. <see langword="null"/> where no rank speaks against
    /// it but some are not told.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The suffix does not lie in the window.</exception>
    public bool? IsGreedy(int split, int suffixLength)
    {
        Check(split, suffixLength);
        if (_nextMiss[split] < split + suffixLength) return false;
        return _unknownBefore[split + suffixLength] == _unknownBefore[split] ? true : null;
    }

    /// <summary>The smallest margin between the two largest logits in the suffix: how close greedy decoding came to another token (M3); NaN where one is not told.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The suffix does not lie in the window or is empty.</exception>
    public double SmallestMargin(int split, int suffixLength)
    {
        Check(split, suffixLength);
        ArgumentOutOfRangeException.ThrowIfZero(suffixLength);
        return _margins.Find(split, suffixLength);
    }

    private void Check(int split, int suffixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(split);
        ArgumentOutOfRangeException.ThrowIfNegative(suffixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(split, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(suffixLength, Length - split);
    }
}
