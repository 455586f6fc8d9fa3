using System.Text;
using Recite.Indexing.Text;

namespace Recite.Evidence;

/// <summary>
/// The prompt discount (M17, after Aerni et al. 2024): what a completion shares with what the model was shown is no memory. From each match
/// its longest overlap with the prompt is subtracted, in characters of normalized text; a model that copies its prompt scores 0.
/// </summary>
/// <remarks>
/// Worked example: prompt "call me ishmael some years", match "me ishmael some years ago": overlap "me ishmael some years" = 21 characters.
/// An overlap of fewer than 16 characters is what any two texts share ("one of the") and was not supplied by the prompt: it is not
/// subtracted, unless it is the whole match.
/// The overlap is found by running the prompt through the suffix automaton of the match (Blumer et al. 1985): time in the sum of both lengths.
/// </remarks>
internal sealed class PromptDiscount
{
    /// <summary>Characters from which on an overlap is no accident.</summary>
    public const int ShortestOverlap = 16;

    private readonly int[] _prompt;
    private readonly int _shortest;

    /// <summary>Prepares everything the model was shown, normalized.</summary>
    public PromptDiscount(ReadOnlySpan<byte> normalizedPrompt, int shortest = ShortestOverlap)
    {
        _prompt = CodePoints(normalizedPrompt);
        _shortest = shortest;
    }

    /// <summary>The longest stretch of the match that also stands in the prompt, in UTF-8 bytes of <paramref name="match"/>; empty where there is none.</summary>
    public TextSpan LongestOverlap(ReadOnlySpan<byte> match)
    {
        int[] points = CodePoints(match);
        (int endInPoints, int length) = new SuffixAutomaton(points).LongestCommon(_prompt);
        bool isAccident = length < _shortest && length < points.Length;
        return length == 0 || isAccident ? default : new TextSpan(Offset(match, endInPoints - length), Offset(match, endInPoints));
    }

    /// <summary>
    /// Every stretch of the match that also stands in the prompt: the longest, and in what is left on either side of it again. A prompt
    /// that came back with some words changed is taken off as a whole.
    /// </summary>
    public IReadOnlyList<TextSpan> AllOverlaps(ReadOnlySpan<byte> match)
    {
        var overlaps = new List<TextSpan>();
        var rest = new Stack<TextSpan>([new TextSpan(0, match.Length)]);
        while (rest.TryPop(out TextSpan piece))
        {
            TextSpan overlap = LongestOverlap(match[piece.Start..piece.End]);
            if (overlap.Length < Math.Min(_shortest, match.Length))
                continue;
            overlap = new TextSpan(piece.Start + overlap.Start, piece.Start + overlap.End);
            overlaps.Add(overlap);
            rest.Push(new TextSpan(piece.Start, overlap.Start));
            rest.Push(new TextSpan(overlap.End, piece.End));
        }

        return overlaps;
    }

    private static int[] CodePoints(ReadOnlySpan<byte> utf8)
    {
        var points = new List<int>(utf8.Length);
        while (!utf8.IsEmpty)
        {
            _ = Rune.DecodeFromUtf8(utf8, out Rune rune, out int length);
            points.Add(rune.Value);
            utf8 = utf8[length..];
        }

        return [.. points];
    }

    private static int Offset(ReadOnlySpan<byte> utf8, int codePoints)
    {
        int at = 0;
        for (int i = 0; i < codePoints; i++)
        {
            _ = Rune.DecodeFromUtf8(utf8[at..], out _, out int length);
            at += length;
        }

        return at;
    }
}
