using Recite.SelfTest.Oracles;
using Recite.Testing.Text;

namespace Recite.Indexing.Tests.Matching;

/// <summary>ASCII as the naive matcher reads it.</summary>
internal static class AsciiOracle
{
    public static OracleText Read(string id, string text)
    {
        AsciiPoint[] points = SlowAscii.Normalize(text);
        return new OracleText(
            id,
            [.. points.Select(point => point.Value)],
            [.. points.Select((point, i) => new OraclePoint(i, i + 1, point.Start, point.End, point.Word))]);
    }
}
