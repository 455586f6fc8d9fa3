using System.Globalization;

namespace Recite.Indexing.Matching.Near;

/// <summary>How much may be changed in a near-verbatim match: word edits for each hundred words of the input's span, written <c>10%</c>.</summary>
/// <param name="PerMille">Edits for each thousand words, <see cref="Least"/> to <see cref="Most"/>.</param>
public readonly record struct NearTolerance(int PerMille)
{
    /// <summary>The least tolerance, in thousandths.</summary>
    public const int Least = 1;

    /// <summary>The greatest: where every second word is another, nothing is near.</summary>
    public const int Most = 500;

    /// <summary>From this guarantee on, in normalized bytes, too few k-grams are sampled to find short passages with changes.</summary>
    public const int WeakGuarantee = 128;

    /// <summary>Reads <c>10%</c> or <c>7.5%</c>, from 0.1 to 50 percent; false for anything else.</summary>
    public static bool TryParse(string? text, out NearTolerance tolerance)
    {
        tolerance = default;
        if (text is not { Length: > 1 and < 8 } || text[^1] != '%')
            return false;
        if (!decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent))
            return false;

        decimal perMille = percent * 10;
        if (perMille is < Least or > Most || perMille != decimal.Truncate(perMille))
            return false;
        tolerance = new NearTolerance((int)perMille);
        return true;
    }

    /// <summary>The most edits in a span of so many words of the input.</summary>
    public int EditsIn(int words) => (int)((long)words * PerMille / 1000);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerMille / 10m:0.#}%");
}
