using System.Globalization;

namespace Recite.Indexing.Text;

/// <summary>What a length counts.</summary>
public enum LengthUnit
{
    /// <summary>Code points: of normalized text for thresholds and matches, of the original text for samples.</summary>
    Characters,

    /// <summary>Maximal runs of letters, marks and digits; a code point of a script without spaces is a word by itself.</summary>
    Words,

    /// <summary>Tokens of the target's tokenizer.</summary>
    Tokens,
}

/// <summary>A length with its unit, written <c>150c</c>, <c>30w</c> or <c>50t</c>.</summary>
/// <param name="Value">How many; at least one.</param>
/// <param name="Unit">Of what.</param>
public readonly record struct TextLength(int Value, LengthUnit Unit)
{
    /// <summary>Reads <c>150c</c>, <c>30w</c> or <c>50t</c>; false for anything else.</summary>
    public static bool TryParse(string? text, out TextLength length)
    {
        length = default;
        if (text is not { Length: > 1 })
            return false;

        LengthUnit unit;
        switch (text[^1])
        {
            case 'c': unit = LengthUnit.Characters; break;
            case 'w': unit = LengthUnit.Words; break;
            case 't': unit = LengthUnit.Tokens; break;
            default: return false;
        }

        if (!int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < 1)
            return false;

        length = new TextLength(value, unit);
        return true;
    }

    /// <summary>The unit in full, as reports print it: <c>characters</c>, <c>words</c>, <c>tokens</c>.</summary>
    public string UnitName => Unit switch
    {
        LengthUnit.Characters => "characters",
        LengthUnit.Words => "words",
        _ => "tokens",
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}{UnitName[0]}");
}
