using Recite.Indexing.Text;
using Recite.Testing.Text;

namespace Recite.Indexing.Tests.Text;

/// <summary>Checks a map between a text and its normalized form against the oracle.</summary>
internal static class ClusterTruth
{
    /// <summary>The borders between clusters, read from outside: the places where both ways of mapping a position agree.</summary>
    public static List<(int Original, int Normalized)> ReadBorders(NormalizedText text)
    {
        var borders = new List<(int Original, int Normalized)>();
        for (int position = 0; position <= text.Bytes.Length; position++)
        {
            var here = new TextSpan(position, position);
            TextSpan inside = text.ToOriginalInside(here), outside = text.ToOriginalOutside(here);
            if (outside.IsEmpty)
            {
                Assert.Equal(inside, outside);
                borders.Add((outside.Start, position));
            }
        }

        return borders;
    }

    /// <summary>Every border cuts the text in two that normalize by themselves, and so does every stretch between two borders.</summary>
    public static void Check(NormalizedText text)
    {
        byte[] original = text.Original.ToArray(), normalized = text.Bytes.ToArray();
        List<(int Original, int Normalized)> borders = ReadBorders(text);
        if (normalized.Length > 0)
        {
            Assert.Equal((0, 0), borders[0]);
            Assert.Equal((original.Length, normalized.Length), borders[^1]);
        }

        for (int i = 0; i + 1 < borders.Count; i++)
        {
            ((int Original, int Normalized) left, (int Original, int Normalized) right) = (borders[i], borders[i + 1]);
            Assert.True(left.Original < right.Original);
            Assert.Equal(normalized[left.Normalized..right.Normalized], SlowNormalizer.Normalize(original.AsSpan(left.Original..right.Original)));
            Assert.Equal(normalized[..left.Normalized], SlowNormalizer.Normalize(original.AsSpan(..left.Original)));
            Assert.Equal(normalized[left.Normalized..], SlowNormalizer.Normalize(original.AsSpan(left.Original..)));
            for (int offset = left.Original; offset < right.Original; offset++)
                Assert.Equal(left.Normalized, text.ToNormalizedFloor(offset));
        }

        Assert.Equal(normalized.Length, text.ToNormalizedFloor(original.Length));
        CheckFineness(original, borders);
    }

    // A code point that is no mark, composes with nothing before it and puts out no separator first begins a cluster, unless a line hyphen joins it.
    private static void CheckFineness(byte[] original, List<(int Original, int Normalized)> borders)
    {
        HashSet<int> cut = [.. borders.Select(border => border.Original)];
        int at = 0, output = 0;
        List<int> codePoints = SlowNormalizer.ReadCodePoints(original);
        HashSet<int> joined = [.. SlowLineJoins.Find(codePoints).Select(join => join.End)];
        for (int i = 0; i < codePoints.Count; i++)
        {
            int codePoint = codePoints[i];
            int[] folded = [.. SlowUnicode.Casefold(codePoint).SelectMany(part => SlowUnicode.Decompose(part, compatible: false))];
            bool mustBegin = output > 0 && folded.Length > 0 && IsPlainStarter(folded[0]) && !SlowUnicode.IsSeparator(folded[0]);
            if (mustBegin && codePoint != 0xFFFD && !joined.Contains(i))
                Assert.Contains(at, cut);
            output += folded.Length;
            if (codePoint == 0xFFFD)
                break; // its length is not known from the code point
            at += char.ConvertFromUtf32(codePoint).Sum(unit => unit < 0x80 ? 1 : unit < 0x800 ? 2 : char.IsSurrogate(unit) ? 2 : 3);
        }
    }

    private static bool IsPlainStarter(int codePoint) =>
        SlowUnicode.CombiningClass(codePoint) == 0
        && codePoint is not (>= 0x1161 and <= 0x1175 or >= 0x11A8 and <= 0x11C2)
        && SlowUnicode.Category(codePoint)[0] is 'L' or 'N';
}
