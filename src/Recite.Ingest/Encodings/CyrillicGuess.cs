using System.Text;

namespace Recite.Ingest.Encodings;

/// <summary>
/// Tells the Cyrillic encodings apart: the text is read in each, and the one in which its letters are as frequent as in
/// Russian, and capitals stand where capitals stand, is far ahead of the others or there is no answer.
/// </summary>
internal static class CyrillicGuess
{
    // Russian letters from the most frequent to the rarest. Their frequencies fall by a constant ratio, nearly: a letter of
    // rank r costs CostOfFirst + CostOfRank x r bits, which comes to 4.5 bits a letter in a Russian text.
    private const string ByFrequency = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё";
    private const double CostOfFirst = 3.2;
    private const double CostOfRank = 0.16;
    private const double CostOfOther = 10;
    private const double CostOfInnerCapital = 2;

    private const double MostBitsALetter = 4.9;
    private const double LeastLeadBits = 0.4;
    private const int LeastLetters = 40;

    private static readonly string[] Names = ["koi8-r", "windows-1251", "iso-8859-5", "cp866"];

    private static readonly Lazy<double[][]> Costs = new(static () => [.. Names.Select(CostsOf)]);

    /// <summary>The name of the encoding; null when the text is not plainly Russian in exactly one of them.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, InputFile.HeadBytes)];
        int best = -1;
        double bestBits = double.MaxValue, secondBits = double.MaxValue;
        for (int i = 0; i < Names.Length; i++)
        {
            double bits = BitsALetter(bytes, Costs.Value[i]);
            if (bits < bestBits)
                (best, bestBits, secondBits) = (i, bits, bestBits);
            else
                secondBits = Math.Min(secondBits, bits);
        }

        return bestBits <= MostBitsALetter && secondBits >= bestBits + LeastLeadBits ? Names[best] : null;
    }

    // Words that mix ASCII letters and high bytes are Western, where such words are the rule; they cost as much as can be.
    private static double BitsALetter(ReadOnlySpan<byte> bytes, double[] costs)
    {
        double bits = 0;
        long letters = 0;
        byte before = (byte)' ';
        foreach (byte b in bytes)
        {
            if (b >= 0x80)
            {
                double cost = Math.Abs(costs[b]);
                bool isCapital = costs[b] < 0;
                bits += char.IsAsciiLetter((char)before) ? CostOfOther : cost + (isCapital && before >= 0x80 ? CostOfInnerCapital : 0);
                letters++;
            }
            else if (before >= 0x80 && char.IsAsciiLetter((char)b))
            {
                bits += CostOfOther;
            }

            before = b;
        }

        return letters < LeastLetters ? double.MaxValue : bits / letters;
    }

    // Bits for each high byte; negative for capitals.
    private static double[] CostsOf(string name)
    {
        Encoding encoding = CodePages.Find(name)!;
        double[] costs = new double[256];
        for (int b = 0x80; b < costs.Length; b++)
        {
            char letter = encoding.GetString([(byte)b])[0];
            char lower = char.ToLowerInvariant(letter);
            int rank = ByFrequency.IndexOf(lower, StringComparison.Ordinal);
            double cost = rank < 0 ? CostOfOther : CostOfFirst + (CostOfRank * rank);
            costs[b] = letter == lower ? cost : -cost;
        }

        return costs;
    }
}
