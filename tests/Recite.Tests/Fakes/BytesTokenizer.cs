using System.Text;
using Recite.Targets;

namespace Recite.Tests.Fakes;

/// <summary>Tokens of up to three bytes, never across a space: like byte-level vocabularies, it cuts inside code points.</summary>
internal sealed class BytesTokenizer : ITokenizer
{
    private const int MostBytes = 3;

    public int? BeginningOfText => null;

    public IReadOnlyList<Token> Encode(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var tokens = new List<Token>();
        int start = 0;
        while (start < bytes.Length)
        {
            int end = start + 1;
            while (end < bytes.Length && end - start < MostBytes && bytes[end] != ' ')
                end++;
            tokens.Add(new Token(Id(bytes.AsSpan(start, end - start)), start, end));
            start = end;
        }

        return tokens;
    }

    public string Decode(IReadOnlyList<int> ids) => Encoding.UTF8.GetString([.. ids.SelectMany(Bytes)]);

    private static int Id(ReadOnlySpan<byte> bytes)
    {
        int id = bytes.Length;
        foreach (byte b in bytes)
            id = (id << 8) | b;
        return id;
    }

    private static IEnumerable<byte> Bytes(int id)
    {
        for (int length = MostBytes; length >= 1; length--)
        {
            if (id >> (8 * length) == length)
                return Enumerable.Range(0, length).Select(i => (byte)(id >> (8 * (length - 1 - i))));
        }

        throw new ArgumentOutOfRangeException(nameof(id));
    }
}
