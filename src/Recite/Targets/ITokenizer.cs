namespace Recite.Targets;

/// <summary>Splits text into a target's tokens and back. Decoding what was encoded need not give the same text.</summary>
public interface ITokenizer
{
    /// <summary>The token put before every text (GPT-2's <c>&lt;|endoftext|&gt;</c>), if the model wants one.</summary>
    int? BeginningOfText { get; }

    /// <summary>One more than the largest token id that <see cref="Encode"/> can give, where that is known.</summary>
    int? VocabularySize => null;

    /// <summary>The tokens of <paramref name="text"/>, each with the UTF-8 bytes it stands for.</summary>
    IReadOnlyList<Token> Encode(string text);

    /// <summary>The text of the tokens; bytes that are not valid UTF-8 become U+FFFD.</summary>
    string Decode(IReadOnlyList<int> ids);
}

/// <summary>A token and where it stands: half-open span in UTF-8 bytes of the encoded text.</summary>
/// <param name="Id">The token's number in the vocabulary.</param>
/// <param name="Start">First byte.</param>
/// <param name="End">One past the last byte.</param>
public readonly record struct Token(int Id, int Start, int End);
