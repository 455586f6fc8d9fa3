using System.Runtime.CompilerServices;
using System.Text;

namespace Recite.Testing;

/// <summary>
/// Compares what was made with a file under review. <c>UPDATE_GOLDEN=1</c> rewrites the file instead; the diff is then what gets reviewed.
/// </summary>
public static class Golden
{
    /// <summary>
    /// Throws unless <paramref name="actual"/> is, byte for byte, the file <c>Golden/NAME</c> beside the calling test.
    /// </summary>
    public static void Matches(string name, ReadOnlySpan<byte> actual, [CallerFilePath] string caller = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, actual);
            return;
        }

        if (!File.Exists(path))
            throw new GoldenMismatchException($"There is no golden file {name} yet. Write it with UPDATE_GOLDEN=1 and review it.");
        byte[] expected = File.ReadAllBytes(path);
        if (!actual.SequenceEqual(expected))
            throw new GoldenMismatchException(Describe(name, expected, actual));
    }

    /// <summary>The same for text, as UTF-8 without a byte order mark.</summary>
    public static void Matches(string name, string actual, [CallerFilePath] string caller = "") =>
        Matches(name, Encoding.UTF8.GetBytes(actual), caller);

    private static string Describe(string name, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        int at = expected.CommonPrefixLength(actual);
        int line = expected[..at].Count((byte)'\n') + 1;
        return $"""
            {name} differs from its golden file at byte {at}, line {line}.
              expected: {Around(expected, at)}
              actual:   {Around(actual, at)}
            If the new one is right, rewrite it with UPDATE_GOLDEN=1 and review the diff.
            """;
    }

    private static string Around(ReadOnlySpan<byte> bytes, int at)
    {
        int start = Math.Max(0, at - 40);
        int end = Math.Min(bytes.Length, at + 80);
        return Encoding.UTF8.GetString(bytes[start..end]).ReplaceLineEndings("⏎");
    }
}

/// <summary>Something differs from its golden file.</summary>
public sealed class GoldenMismatchException(string message) : Exception(message);
