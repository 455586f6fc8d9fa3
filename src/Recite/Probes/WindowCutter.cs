using System.Text;
using Recite.Config;
using Recite.Indexing;
using Recite.Indexing.Text;
using Recite.Targets;

namespace Recite.Probes;

/// <summary>
/// Cuts one window out of a text. Where prefix and suffix meet is chosen first: at a token border if one of the lengths counts tokens, else
/// behind a word, since a prompt that stops inside a word asks another question than a true prefix does.
/// </summary>
internal sealed class WindowCutter
{
    private readonly TextLength _prefix;
    private readonly TextLength _suffix;
    private readonly SampleOffset _offset;
    private readonly ITokenizer? _tokenizer;

    /// <exception cref="ReciteException">A length counts tokens and the target's tokenizer is not known.</exception>
    public WindowCutter(PrefixProbeConfig config, ITokenizer? tokenizer, string target)
    {
        (_prefix, _suffix, _offset, _tokenizer) = (config.Prefix, config.Suffix, config.Offset, tokenizer);
        if (tokenizer is null && CountsTokens)
        {
            throw new ReciteException(
                $"The tokenizer of {target} is not known, so 'prefix: {_prefix}' and 'suffix: {_suffix}' cannot be cut in tokens; use characters, for instance 'prefix: 200c, suffix: 200c'.");
        }
    }

    private bool CountsTokens => _prefix.Unit == LengthUnit.Tokens || _suffix.Unit == LengthUnit.Tokens;

    /// <summary>The window that <paramref name="seed"/> chooses; <see langword="null"/> where the text is too short.</summary>
    public Window? Cut(ReadOnlySpan<byte> text, ulong seed)
    {
        var characters = new CharacterRuler(text);
        var words = new WordRuler(text);
        TokenRuler? tokens = CountsTokens ? new TokenRuler(_tokenizer!.Encode(Encoding.UTF8.GetString(text)), characters) : null;
        IRuler prefix = Ruler(_prefix.Unit, characters, words, tokens);
        IRuler suffix = Ruler(_suffix.Unit, characters, words, tokens);
        Window? window = Choose(tokens?.Borders ?? words.Ends, prefix, suffix, tokens, seed);

        // Text without a word's end in the right place (a long key, a number) can still be cut by characters; words cannot be cut in two.
        bool onlyCharacters = _prefix.Unit == LengthUnit.Characters && _suffix.Unit == LengthUnit.Characters;
        return window is null && onlyCharacters ? Choose(characters.Borders, prefix, suffix, null, seed) : window;
    }

    /// <summary>
    /// The window whose prefix and suffix meet where the byte at <paramref name="place"/> stands: at the beginning of its token if one of
    /// the lengths counts tokens, else at the end of its word. Bytes drawn at random fall on long tokens more often than on short ones, so
    /// with a tokenizer a token of n bytes is taken with chance 1/n: then each is equally likely.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="place">A byte of it.</param>
    /// <param name="luck">Uniform from 0 to 1.</param>
    /// <returns><see langword="null"/> where luck or the room for prefix and suffix does not suffice.</returns>
    public Window? CutAt(ReadOnlySpan<byte> text, int place, double luck)
    {
        var characters = new CharacterRuler(text);
        TokenRuler? tokens = _tokenizer is null ? null : new TokenRuler(_tokenizer.Encode(Encoding.UTF8.GetString(text)), characters);
        Token? token = tokens?.Covering(place);
        if (tokens is not null && (token is null || luck * (token.Value.End - token.Value.Start) >= 1))
            return null;

        var words = new WordRuler(text);
        int middle = CountsTokens ? token!.Value.Start : words.Ends.FirstOrDefault(end => end > place, -1);
        if (middle < 0 || !characters.IsBorder(middle))
            return null;
        int start = Ruler(_prefix.Unit, characters, words, tokens).Back(middle, _prefix.Value);
        int last = Ruler(_suffix.Unit, characters, words, tokens).Forward(middle, _suffix.Value);
        TokenRuler? counted = CountsTokens ? tokens : null;
        return start >= 0 && last >= 0 ? new Window(start, middle, last, counted?.Inside(start, middle), counted?.Inside(middle, last)) : null;
    }

    private static IRuler Ruler(LengthUnit unit, CharacterRuler characters, WordRuler words, TokenRuler? tokens) => unit switch
    {
        LengthUnit.Tokens => tokens!,
        LengthUnit.Words => words,
        _ => characters,
    };

    private Window? Choose(IReadOnlyList<int> middles, IRuler prefix, IRuler suffix, TokenRuler? tokens, ulong seed)
    {
        // The places with room on both sides are one stretch of the list; of these each is equally likely.
        int first = 0, end = middles.Count;
        while (first < end && prefix.Back(middles[first], _prefix.Value) < 0)
            first++;
        while (end > first && suffix.Forward(middles[end - 1], _suffix.Value) < 0)
            end--;
        if (first == end)
            return null;

        int count = end - first;
        int chosen = _offset == SampleOffset.Start ? 0 : (int)new SeededRandom(seed).Below(count);
        for (int i = 0; i < count; i++)
        {
            int middle = middles[first + ((chosen + i) % count)];
            int start = prefix.Back(middle, _prefix.Value);
            int last = suffix.Forward(middle, _suffix.Value);
            if (start >= 0 && last >= 0)
                return new Window(start, middle, last, tokens?.Inside(start, middle), tokens?.Inside(middle, last));
        }

        return null;
    }
}
