using System.Globalization;

namespace Recite.Canaries;

/// <summary>
/// Secrets that look real and belong to nobody: telephone numbers 555-0100 to 555-0199 (set aside for fiction by the North American
/// Numbering Plan), mail at example.com, .net and .org (RFC 2606), card numbers that begin with 9999 (ISO/IEC 7812: a national number of
/// country 999, a code that ISO 3166 leaves to users) and IBANs of country ZZ (left to users by ISO 3166). Check digits are right.
/// </summary>
internal static class ReservedSecret
{
    private static readonly string[] s_domains = ["example.com", "example.net", "example.org"];

    /// <summary>A sentence that ends in a secret, and the secret.</summary>
    public static CanaryText Make(CanaryRandom random, WordSource words)
    {
        string name = $"{words.NextName(random)} {words.NextName(random)}";
        string place = words.NextName(random);
        (string carrier, string secret) = random.Below(4) switch
        {
            0 => ($"The telephone number of {name} in {place} is", Telephone(random)),
            1 => ($"Letters to {name} of {place} go to the address", Mail(random, words)),
            2 => ($"The order of {name} from {place} was paid with the card", Card(random)),
            _ => ($"The rent of {name} in {place} goes to the account", Iban(random)),
        };
        return new CanaryText($"{carrier} {secret}.", secret);
    }

    private static string Telephone(CanaryRandom random) =>
        string.Create(CultureInfo.InvariantCulture, $"({200 + random.Below(800)}) 555-01{random.Below(100):00}");

    private static string Mail(CanaryRandom random, WordSource words) =>
        string.Create(CultureInfo.InvariantCulture, $"{words.Next(random)}.{words.Next(random)}{random.Below(1000)}@{random.Pick(s_domains)}");

    private static string Card(CanaryRandom random)
    {
        string digits = "9999" + Digits(random, 11);
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int value = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
        }

        string all = digits + (char)('0' + ((10 - (sum % 10)) % 10));
        return $"{all[..4]} {all[4..8]} {all[8..12]} {all[12..]}";
    }

    private static string Iban(CanaryRandom random)
    {
        string account = Digits(random, 18);

        // ISO 13616: account, country (Z is 35) and 00 as one number; the check digits make it 1 modulo 97.
        int rest = 0;
        foreach (char digit in account + "353500")
            rest = ((rest * 10) + digit - '0') % 97;
        string all = string.Create(CultureInfo.InvariantCulture, $"ZZ{98 - rest:00}{account}");
        return string.Join(' ', all.Chunk(4).Select(part => new string(part)));
    }

    private static string Digits(CanaryRandom random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Below(10))));
}

/// <summary>A text and the part of it that is the secret.</summary>
/// <param name="Text">The text.</param>
/// <param name="Secret">Part of the text; <see langword="null"/> where no part is more secret than another.</param>
internal sealed record CanaryText(string Text, string? Secret);
