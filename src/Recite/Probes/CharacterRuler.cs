using System.Text;

namespace Recite.Probes;

/// <summary>Counts code points of the original text.</summary>
internal sealed class CharacterRuler : IRuler
{
    private readonly int[] _borders;

    public CharacterRuler(ReadOnlySpan<byte> text)
    {
        var borders = new List<int>(text.Length + 1);
        int at = 0;
        while (at < text.Length)
        {
            borders.Add(at);
            _ = Rune.DecodeFromUtf8(text[at..], out _, out int length);
            at += length;
        }

        borders.Add(text.Length);
        _borders = [.. borders];
    }

    /// <summary>Every code point border, both ends included.</summary>
    public IReadOnlyList<int> Borders => _borders;

    public bool IsBorder(int offset) => Array.BinarySearch(_borders, offset) >= 0;

    public int Back(int end, int count) => At(Array.BinarySearch(_borders, end), -count);

    public int Forward(int start, int count) => At(Array.BinarySearch(_borders, start), count);

    private int At(int border, int step) => border >= 0 && border + step >= 0 && border + step < _borders.Length ? _borders[border + step] : -1;
}
