using System.Text;
using Recite.Probes;

namespace Recite.Tests.Fakes;

/// <summary>Text that shares nothing with other text: sentences of made-up words, different for every seed.</summary>
internal static class RandomText
{
    public static string Make(ulong seed, int words)
    {
        var random = new SeededRandom(SeededRandom.Derive(seed, "text"));
        var text = new StringBuilder();
        for (int i = 0; i < words; i++)
        {
            text.Append(i == 0 ? "" : i % 9 == 0 ? ". " : " ");
            for (long letter = 3 + random.Below(6); letter > 0; letter--)
                text.Append((char)('a' + random.Below(26)));
        }

        return text.Append('.').ToString();
    }
}
