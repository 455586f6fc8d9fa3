namespace Recite.Reports.Text;

/// <summary>Cuts strings without parting a surrogate pair.</summary>
internal static class Cut
{
    /// <summary>At most <paramref name="limit"/> UTF-16 units from the start.</summary>
    public static string Head(string text, int limit) => text.Length <= limit ? text : text[..Snap(text, limit)];

    /// <summary>At most <paramref name="limit"/> UTF-16 units, one more where a pair would be parted, from the end.</summary>
    public static string Tail(string text, int limit) => text.Length <= limit ? text : text[Snap(text, text.Length - limit)..];

    /// <summary>The border at or one before <paramref name="at"/> that parts no pair.</summary>
    public static int Snap(string text, int at) =>
        at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;

    /// <summary>How many UTF-16 units the first <paramref name="bytes"/> bytes of UTF-8 are; a pair that is cut counts whole.</summary>
    public static int UnitsOf(string text, int bytes)
    {
        int at = 0;
        for (int left = bytes; left > 0 && at < text.Length;)
        {
            bool isPair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
            left -= isPair ? 4 : text[at] < 0x80 ? 1 : text[at] < 0x800 ? 2 : 3;
            at += isPair ? 2 : 1;
        }

        return at;
    }
}
