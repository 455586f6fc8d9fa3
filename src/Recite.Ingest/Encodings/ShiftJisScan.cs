namespace Recite.Ingest.Encodings;

/// <summary>What bytes look like as Shift-JIS (JIS X 0208 as in windows-31j).</summary>
/// <param name="Characters">Double-byte characters.</param>
/// <param name="Kana">Those in hiragana and katakana, and the punctuation beside them: no Japanese text is without.</param>
/// <param name="Odd">Half-width katakana and characters outside the tables, which are rare in texts.</param>
/// <param name="Broken">Bytes that begin nothing.</param>
internal readonly record struct ShiftJisScan(long Characters, long Kana, long Odd, long Broken)
{
    private const int LeastCharacters = 8;

    /// <summary>Whether this is Japanese beyond fair doubt.</summary>
    public bool IsJapanese => Characters >= LeastCharacters && Broken * 200 <= Characters && Kana * 5 >= Characters && Odd * 10 <= Characters;

    public static ShiftJisScan Of(ReadOnlySpan<byte> bytes)
    {
        long characters = 0, kana = 0, odd = 0, broken = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte lead = bytes[i];
            if (lead < 0x80)
                continue;
            if (lead is >= 0xA1 and <= 0xDF)
            {
                odd++;
                continue;
            }

            // A pair that the end of the bytes cuts in two is no sign of anything.
            if (i + 1 == bytes.Length)
                break;
            byte trail = bytes[i + 1];
            if (lead is 0x80 or 0xA0 or > 0xFC || trail is < 0x40 or 0x7F or > 0xFC)
            {
                broken++;
                continue;
            }

            i++;
            characters++;
            kana += IsKana(lead, trail) ? 1 : 0;
            odd += lead is (>= 0x84 and < 0x88) or > 0xEA ? 1 : 0;
        }

        return new ShiftJisScan(characters, kana, odd, broken);
    }

    private static bool IsKana(byte lead, byte trail) => lead switch
    {
        0x81 => trail <= 0x5B,
        0x82 => trail is >= 0x9F and <= 0xF1,
        0x83 => trail <= 0x96,
        _ => false,
    };
}
