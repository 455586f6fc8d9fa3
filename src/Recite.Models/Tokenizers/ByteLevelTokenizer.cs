using System.Text;
using System.Text.RegularExpressions;
using Recite.Indexing;
using Recite.Targets;

namespace Recite.Models.Tokenizers;

/// <summary>
/// Byte-level byte pair encoding (Radford et al. 2019) as tokenizer.json describes it: added tokens are cut out, the rest is
/// split by patterns, each piece is merged from its bytes. The spans of the tokens tile the text. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A text is encoded as it stands: special tokens in it are spelled with ordinary ones, and a normalizer (NFC) is not applied.
/// Where the tokenizer puts a space before every text, that space belongs to the first token and to no byte of the text.
/// </remarks>
internal sealed class ByteLevelTokenizer(TokenizerModel model) : ITokenizer
{
    private readonly AddedTokens _addedTokens = new(model.AddedTokens);
    private readonly Dictionary<int, byte[]> _addedBytes = model.AddedTokens.ToDictionary(
        token => token.Id, token => token.IsSpecial ? [] : Encoding.UTF8.GetBytes(token.Content));

    /// <inheritdoc/>
    public int? BeginningOfText => model.BeginningOfText;

    /// <inheritdoc/>
    public int? VocabularySize => LargestId + 1;

    /// <summary>The largest id that <see cref="Encode"/> can produce.</summary>
    public int LargestId { get; } = model.AddedTokens.Where(token => !token.IsSpecial).Select(token => token.Id)
        .Append(model.Vocabulary.LargestId).Max();

    /// <inheritdoc/>
    /// <exception cref="ReciteException">A pattern of the tokenizer's file takes too long on this text.</exception>
    public IReadOnlyList<Token> Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<Token>(text.Length / 3);
        var merger = new BpeMerger(model.Vocabulary);
        int done = 0, doneBytes = 0;
        while (done < text.Length)
        {
            AddedToken? added = _addedTokens.FindNext(text, done, out int position);
            if (position > done)
            {
                string segment = text[done..position];
                EncodeSegment(segment, doneBytes, merger, tokens);
                doneBytes += Encoding.UTF8.GetByteCount(segment);
            }

            done = position;
            if (added is null) continue;
            int length = Encoding.UTF8.GetByteCount(added.Content);
            tokens.Add(new Token(added.Id, doneBytes, doneBytes + length));
            (done, doneBytes) = (done + added.Content.Length, doneBytes + length);
        }

        return tokens;
    }

    /// <inheritdoc/>
    /// <remarks>Special tokens and ids outside the vocabulary stand for no text.</remarks>
    public string Decode(IReadOnlyList<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var bytes = new List<byte>(4 * ids.Count);
        foreach (int id in ids)
        {
            if (_addedBytes.TryGetValue(id, out byte[]? added) || model.Vocabulary.TryReadToken(id, out added)) bytes.AddRange(added);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private void EncodeSegment(string segment, int offset, BpeMerger merger, List<Token> tokens)
    {
        bool addsSpace = model.AddsPrefixSpace && segment[0] != ' ';
        var text = new CodePointText(addsSpace ? " " + segment : segment);
        int first = tokens.Count;
        int origin = addsSpace ? offset - 1 : offset;
        foreach (TextPiece piece in SplitPieces(text.Text))
        {
            int start = text.ByteOffset(piece.Start);
            int end = text.ByteOffset(piece.End);
            EncodePiece(text.Utf8.AsSpan(start, end - start), origin + start, merger, tokens);
        }

        // The added space is a byte of the first token only: no other can start before the text.
        if (addsSpace) tokens[first] = tokens[first] with { Start = offset };
    }

    private void EncodePiece(ReadOnlySpan<byte> piece, int offset, BpeMerger merger, List<Token> tokens)
    {
        if (model.PrefersWholePieces && model.TryFindWhole(piece, out int id)) tokens.Add(new Token(id, offset, offset + piece.Length));
        else merger.Encode(piece, offset, tokens);
    }

    private List<TextPiece> SplitPieces(string text)
    {
        List<TextPiece> pieces = [new TextPiece(0, text.Length)];
        try
        {
            foreach (PieceSplitter splitter in model.Splitters)
            {
                var finer = new List<TextPiece>(2 * pieces.Count);
                foreach (TextPiece piece in pieces) splitter.Split(text, piece, finer);
                pieces = finer;
            }
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ReciteException($"A splitting pattern of the tokenizer takes too long on a text of {text.Length} characters; check the pattern in tokenizer.json.", e);
        }

        return pieces;
    }
}
