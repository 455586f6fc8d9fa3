namespace Recite.Gates;

/// <summary>What a gate says about an audit.</summary>
public enum Verdict
{
    /// <summary>The whole interval is on the right side of the limit.</summary>
    Pass,

    /// <summary>The whole interval is on the wrong side of the limit.</summary>
    Fail,

    /// <summary>The interval holds the limit, or nothing was measured: more samples are needed.</summary>
    Inconclusive,
}
