using System.Text;

namespace Recite.Models.Http.Scoring;

/// <summary>What a server said of one token of a prompt.</summary>
/// <param name="Name">The server's name for the token: its id or its text; equal tokens have equal names.</param>
/// <param name="Bytes">The UTF-8 bytes it stands for, none for a token that is no text; <see langword="null"/> where the server does not tell.</param>
/// <param name="LogProbability">Natural logarithm of its probability; <see langword="null"/> where there is none, as for the first token of a text.</param>
/// <param name="Rank">0 for the most probable token; -1 where unknown.</param>
/// <param name="Top">Log-probabilities of the most probable tokens of all, falling; the true token is among them only if it belongs there. Empty where unknown.</param>
internal sealed record ScoredPosition(string Name, byte[]? Bytes, double? LogProbability, int Rank, double[] Top)
{
    // Above one half nothing can be more probable.
    private const double Half = -0.69314718055994531;

    /// <summary>The rank where it is shown or certain; -1 otherwise.</summary>
    public int KnownRank => Rank < 0 && LogProbability > Half ? 0 : Rank;

    /// <summary>How far the most probable token is ahead of the second; NaN where fewer than two are shown. Differences of logits and of log-probabilities are the same.</summary>
    public double Margin => Top.Length >= 2 ? Top[0] - Top[1] : double.NaN;

    /// <summary>The bytes of a token as a server writes it: <c>bytes:\xe2\x80</c> for a part of a character, its text otherwise; null if the text was damaged.</summary>
    public static byte[]? ReadBytes(string? text)
    {
        const string Mark = "bytes:";
        if (text is null || text.Contains('\uFFFD', StringComparison.Ordinal))
            return null;
        return text.StartsWith(Mark + "\\x", StringComparison.Ordinal) && TryReadEscapes(text.AsSpan(Mark.Length), out byte[] bytes)
            ? bytes
            : Encoding.UTF8.GetBytes(text);
    }

    private static bool TryReadEscapes(ReadOnlySpan<char> escapes, out byte[] bytes)
    {
        bytes = new byte[escapes.Length / 4];
        if (escapes.Length % 4 != 0)
            return false;
        for (int i = 0; i < bytes.Length; i++)
        {
            ReadOnlySpan<char> escape = escapes.Slice(4 * i, 4);
            if (!escape.StartsWith("\\x", StringComparison.Ordinal)
                || !byte.TryParse(escape[2..], System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        return true;
    }
}
