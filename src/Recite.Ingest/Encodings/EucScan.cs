namespace Recite.Ingest.Encodings;

/// <summary>
/// What bytes look like as pairs of bytes from 0xA1 on: EUC-JP, EUC-KR and the part of GB18030 that is GB2312. Every run of
/// high bytes is even in them; words of a single-byte alphabet are odd half of the time.
/// </summary>
/// <param name="Characters">Pairs.</param>
/// <param name="Kana">Pairs in the rows of hiragana and katakana.</param>
/// <param name="Marks">Pairs in the rows of punctuation and full-width letters.</param>
/// <param name="Early">Pairs in rows 0xB0 to 0xC8: all Hangul syllables, and the first half of the common Chinese characters.</param>
/// <param name="Common">Pairs in rows 0xB0 to 0xD7: all common Chinese characters.</param>
/// <param name="Broken">Bytes that begin no pair.</param>
internal readonly record struct EucScan(long Characters, long Kana, long Marks, long Early, long Common, long Broken)
{
    // Korean and Chinese are told apart by where the characters are not, which takes a few of them.
    private const int LeastCharacters = 16;

    /// <summary>The name of the encoding beyond fair doubt; else null.</summary>
    public string? Guess()
    {
        long words = Characters - Marks;
        if (words < LeastCharacters || Broken * 200 > Characters)
            return null;
        if (Kana * 5 >= words)
            return "euc-jp";
        if (Early * 20 >= words * 19)
            return "euc-kr";
        return Common * 5 >= words * 4 && Early * 10 <= words * 8 ? "gb18030" : null;
    }

    public static EucScan Of(ReadOnlySpan<byte> bytes)
    {
        long characters = 0, kana = 0, marks = 0, early = 0, common = 0, broken = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte lead = bytes[i];
            if (lead < 0x80)
                continue;
            if (i + 1 == bytes.Length)
                break;
            if (lead is < 0xA1 or 0xFF || bytes[i + 1] is < 0xA1 or 0xFF)
            {
                broken++;
                continue;
            }

            i++;
            characters++;
            kana += lead is 0xA4 or 0xA5 ? 1 : 0;
            marks += lead <= 0xA3 ? 1 : 0;
            early += lead is >= 0xB0 and <= 0xC8 ? 1 : 0;
            common += lead is >= 0xB0 and <= 0xD7 ? 1 : 0;
        }

        return new EucScan(characters, kana, marks, early, common, broken);
    }
}
