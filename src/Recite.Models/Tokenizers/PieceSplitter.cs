using System.Text.RegularExpressions;

namespace Recite.Models.Tokenizers;

/// <summary>What becomes of the text a splitting pattern found; the names are those of tokenizer.json.</summary>
internal enum SplitBehavior
{
    /// <summary>Each find is a piece, and so is what lies between two.</summary>
    Isolated,

    /// <summary>A find belongs to the piece before it.</summary>
    MergedWithPrevious,

    /// <summary>A find belongs to the piece after it.</summary>
    MergedWithNext,

    /// <summary>Neighbouring finds are one piece.</summary>
    Contiguous,
}

/// <summary>One step of a pre-tokenizer: splits pieces of text by a pattern, losing nothing.</summary>
internal sealed partial class PieceSplitter(Regex pattern, SplitBehavior behavior, bool invert)
{
    private const int MaxPatternChars = 10_000;

    // Patterns come from files of strangers; a match of an honest one takes microseconds.
    private static readonly TimeSpan s_matchTimeout = TimeSpan.FromSeconds(1);

    private readonly record struct Part(int Start, int End, bool IsMatch);

    /// <summary>The pattern of GPT-2, which <c>ByteLevel</c> means by <c>use_regex</c>.</summary>
    public static PieceSplitter Gpt2 { get; } = new(Gpt2Pattern(), SplitBehavior.Isolated, invert: false);

    /// <summary>A step with a pattern from a file.</summary>
    /// <exception cref="FormatException">.NET cannot read the pattern; the message completes "FILE ...".</exception>
    public static PieceSplitter Create(string pattern, SplitBehavior behavior, bool invert)
    {
        if (pattern.Length > MaxPatternChars) throw new FormatException($"has a splitting pattern of more than {MaxPatternChars} characters");
        try
        {
            return new PieceSplitter(new Regex(pattern, RegexOptions.CultureInvariant, s_matchTimeout), behavior, invert);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"has a splitting pattern that cannot be used here ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>Appends the parts of <paramref name="piece"/> to <paramref name="pieces"/>; they tile it.</summary>
    /// <exception cref="RegexMatchTimeoutException">The pattern takes too long on this text.</exception>
    public void Split(string text, TextPiece piece, List<TextPiece> pieces)
    {
        List<Part> parts = FindParts(text.AsSpan(piece.Start, piece.End - piece.Start), piece.Start);
        for (int i = 0; i < parts.Count; i++)
        {
            if (i > 0 && Joins(parts, i)) pieces[^1] = pieces[^1] with { End = parts[i].End };
            else pieces.Add(new TextPiece(parts[i].Start, parts[i].End));
        }
    }

    // Whether part i is one piece with the part before it. As in the reference implementation a find that follows a find
    // stays alone under "merged with previous", and so does one that a find follows under "merged with next".
    private bool Joins(List<Part> parts, int i) => behavior switch
    {
        SplitBehavior.Contiguous => parts[i].IsMatch == parts[i - 1].IsMatch,
        SplitBehavior.MergedWithPrevious => parts[i].IsMatch && !parts[i - 1].IsMatch,
        SplitBehavior.MergedWithNext => parts[i - 1].IsMatch && !parts[i].IsMatch,
        _ => false,
    };

    private List<Part> FindParts(ReadOnlySpan<char> text, int offset)
    {
        var parts = new List<Part>();
        int done = 0;
        foreach (ValueMatch match in pattern.EnumerateMatches(text))
        {
            if (match.Length == 0) continue;
            if (match.Index > done) parts.Add(new Part(offset + done, offset + match.Index, invert));
            done = match.Index + match.Length;
            parts.Add(new Part(offset + match.Index, offset + done, !invert));
        }

        if (done < text.Length) parts.Add(new Part(offset + done, offset + text.Length, invert));
        return parts;
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Gpt2Pattern();
}
