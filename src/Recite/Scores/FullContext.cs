using System.Buffers;
using System.Text;
using Recite.Indexing.Corpora;
using Recite.Probes;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Scores;

/// <summary>
/// The document before a suffix: from its beginning where the target's context holds that much, else the last part that fits. One pass for
/// one sample; the window's own suffix tokens stay what they are, or there is no pass.
/// </summary>
internal sealed class FullContext(CorpusIndex index, IReadOnlyList<Document> heldOut)
{
    /// <summary>Most tokens of a pass where the target does not say what its context holds.</summary>
    public const int UnknownContextTokens = 2048;

    // Behind the suffix, so that its last word is cut into tokens as in the document.
    private const int BytesBehind = 256;

    private readonly Dictionary<string, Document> _heldOut = heldOut.GroupBy(d => d.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    /// <summary>Whether the document of a sample is at hand; of a text that is no document the window is all there is.</summary>
    public bool Knows(PlannedAttempt attempt) => attempt.Source is { } source && (source.Document >= 0 || _heldOut.ContainsKey(source.Id));

    public TokenCut? Find(PlannedAttempt attempt, ITokenizer tokenizer, int? contextTokens)
    {
        if (attempt.Source is not { } source || Read(source) is not { } stretch)
            return null;

        TokenCut? cut = TokenCut.At(tokenizer.Encode(Encoding.UTF8.GetString(stretch.Text)), stretch.Middle, stretch.End);
        bool sameTokenizer = attempt.PromptTokens is not null;
        if (cut is null || (sameTokenizer && attempt.SuffixTokens is { } expected && !expected.SequenceEqual(cut.Suffix)))
            return null;
        int room = (contextTokens ?? UnknownContextTokens) - cut.Suffix.Count - (tokenizer.BeginningOfText is null ? 0 : 1);
        return room < 1 ? null : cut with { Prefix = [.. cut.Prefix.TakeLast(room)] };
    }

    private Stretch? Read(SampleSource source)
    {
        long from = Math.Max(0, source.Middle - SampleDraw.LongestRead);
        byte[] text;
        if (source.Document >= 0)
        {
            long until = Math.Min(index.GetDocument(source.Document).Bytes, source.End + BytesBehind);
            text = index.ReadText(source.Document, from, (int)(until - from));
        }
        else if (_heldOut.TryGetValue(source.Id, out Document? document) && source.End <= document.Text.Length)
        {
            text = document.Text.Span[(int)from..(int)Math.Min(document.Text.Length, source.End + BytesBehind)].ToArray();
        }
        else
        {
            return null;
        }

        int first = 0;
        while (first < text.Length && from > 0 && (text[first] & 0xC0) == 0x80)
            first++;
        int last = text.Length;
        int end = (int)(source.End - from);
        while (last > end && !IsWhole(text.AsSpan(end, last - end)))
            last--;
        return new Stretch(text[first..last], (int)(source.Middle - from) - first, end - first);
    }

    // Whether a text ends behind a whole code point.
    private static bool IsWhole(ReadOnlySpan<byte> text)
    {
        OperationStatus status = Rune.DecodeLastFromUtf8(text, out _, out _);
        return status == OperationStatus.Done;
    }

    private sealed record Stretch(byte[] Text, int Middle, int End);
}
