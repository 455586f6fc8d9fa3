namespace Recite.Ingest.Encodings;

/// <summary>
/// What bytes look like as pairs whose second byte may be a letter: Big5, and GB18030 with characters beyond GB2312 (its GBK
/// part, and sequences of four bytes with digits in them).
/// </summary>
/// <param name="Characters">Pairs and sequences of four.</param>
/// <param name="Common">Pairs in the part of GB18030 that holds the common Chinese characters.</param>
/// <param name="Common5">Pairs in the part of Big5 that holds the common Chinese characters.</param>
/// <param name="Low">Pairs whose second byte is below 0x80: two in five in Big5, hardly any in GB18030.</param>
/// <param name="Marks">Pairs that are punctuation in both.</param>
/// <param name="Broken">Bytes that begin neither.</param>
internal readonly record struct BigScan(long Characters, long Common, long Common5, long Low, long Marks, long Broken)
{
    private const int LeastCharacters = 16;

    /// <summary>The name of the encoding beyond fair doubt; else null.</summary>
    public string? Guess()
    {
        long words = Characters - Marks;
        if (words < LeastCharacters || Broken * 200 > Characters)
            return null;
        if (Common * 10 >= words * 7)
            return "gb18030";
        return Common5 * 5 >= words * 4 && Low * 5 >= words ? "big5" : null;
    }

    public static BigScan Of(ReadOnlySpan<byte> bytes)
    {
        long characters = 0, common = 0, common5 = 0, low = 0, marks = 0, broken = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte lead = bytes[i];
            if (lead < 0x80)
                continue;
            if (i + 1 == bytes.Length)
                break;
            byte trail = bytes[i + 1];
            bool isFour = trail is >= 0x30 and <= 0x39;
            if (lead is 0x80 or 0xFF || (!isFour && trail is < 0x40 or 0x7F or 0xFF))
            {
                broken++;
                continue;
            }

            i += isFour ? 3 : 1;
            characters++;
            low += trail is >= 0x40 and < 0x7F ? 1 : 0;
            marks += lead is >= 0xA1 and <= 0xA3 ? 1 : 0;
            common += lead is >= 0xB0 and <= 0xD7 && trail >= 0xA1 ? 1 : 0;
            common5 += lead is >= 0xA4 and <= 0xC6 && trail is < 0x7F or >= 0xA1 ? 1 : 0;
        }

        return new BigScan(characters, common, common5, low, marks, broken);
    }
}
