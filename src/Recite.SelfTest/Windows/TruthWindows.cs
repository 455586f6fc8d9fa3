using System.Text;
using Recite.Targets;

namespace Recite.SelfTest.Windows;

/// <summary>Windows of tokens cut from the ground truth, always the same ones in the same order: what was planted often first, then the rest.</summary>
internal static class TruthWindows
{
    /// <summary>Consecutive windows of exactly <paramref name="length"/> tokens of every canary and every text that was never trained.</summary>
    public static IEnumerable<int[]> Cut(SelfTestContext context, int length) => Cut(context, length, length);

    /// <summary>The same, a window beginning every <paramref name="stride"/> tokens.</summary>
    public static IEnumerable<int[]> Cut(SelfTestContext context, int length, int stride)
    {
        ITokenizer tokenizer = context.Target.Tokenizer ?? throw new InvalidOperationException("The bundled model has a tokenizer.");
        IEnumerable<string> canaries = context.Canaries.Canaries.OrderByDescending(canary => canary.Duplicates).Select(canary => canary.Text);
        foreach (string text in canaries.Concat(context.NeverTrained.Select(document => Encoding.UTF8.GetString(document.Text.Span))))
        {
            int[] tokens = [.. tokenizer.Encode(text).Select(token => token.Id)];
            for (int start = 0; start + length <= tokens.Length; start += stride) yield return tokens[start..(start + length)];
        }
    }
}
