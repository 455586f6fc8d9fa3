namespace Recite.Models.Tokenizers;

/// <summary>Everything a <see cref="ByteLevelTokenizer"/> is made of; what the tokenizer's files say, checked.</summary>
internal sealed record TokenizerModel
{
    private const int MaxWholePieceBytes = 1024;

    /// <summary>Tokens and merges.</summary>
    public required BpeVocabulary Vocabulary { get; init; }

    /// <summary>Tokens beside the vocabulary proper.</summary>
    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    /// <summary>The steps of the pre-tokenizer, in order.</summary>
    public required IReadOnlyList<PieceSplitter> Splitters { get; init; }

    /// <summary>Whether a text that does not begin with a space gets one.</summary>
    public bool AddsPrefixSpace { get; init; }

    /// <summary>Whether a piece that is a vocabulary entry as a whole is that token, whatever the merges say (<c>ignore_merges</c>).</summary>
    public bool PrefersWholePieces { get; init; }

    /// <summary>The token before every text, if any.</summary>
    public int? BeginningOfText { get; init; }

    /// <summary>The token that a whole piece is, if there is one.</summary>
    public bool TryFindWhole(ReadOnlySpan<byte> piece, out int id)
    {
        id = 0;
        return piece.Length <= MaxWholePieceBytes && Vocabulary.TryFind(WriteEntry(piece), out id);
    }

    private static string WriteEntry(ReadOnlySpan<byte> piece)
    {
        Span<char> chars = stackalloc char[piece.Length];
        for (int i = 0; i < piece.Length; i++) chars[i] = ByteAlphabet.CharOf(piece[i]);
        return new string(chars);
    }
}
