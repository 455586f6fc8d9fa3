using System.Text;
using Recite.Targets;

namespace Recite.Tests.Fakes;

/// <summary>A closed vocabulary: each byte is a token.</summary>
internal sealed class SingleByteTokenizer : ITokenizer
{
    public int? BeginningOfText => null;

    public int? VocabularySize => 256;

    public IReadOnlyList<Token> Encode(string text) => [.. Encoding.UTF8.GetBytes(text).Select((value, i) => new Token(value, i, i + 1))];

    public string Decode(IReadOnlyList<int> ids) => Encoding.UTF8.GetString([.. ids.Select(id => (byte)id)]);
}
