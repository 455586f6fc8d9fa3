using System.Text;

namespace Recite.Testing.Text;

/// <summary>A text normalized by the oracles: the slow one, or for pure ASCII the plain reading of the definition.</summary>
public static class OracleNormalizer
{
    public static byte[] Normalize(string text) =>
        Ascii.IsValid(text) ? [.. SlowAscii.Normalize(text).Select(point => point.Value)] : SlowNormalizer.Normalize(Encoding.UTF8.GetBytes(text));
}
