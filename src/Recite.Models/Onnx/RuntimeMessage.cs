namespace Recite.Models.Onnx;

/// <summary>What ONNX Runtime says of its failures, made fit for the inside of a sentence.</summary>
internal static class RuntimeMessage
{
    private const int MaxChars = 200;

    /// <summary>The message on one line, without error code, source location and final stop, cut where it gets long.</summary>
    public static string Shorten(Exception exception)
    {
        string line = string.Join(' ', exception.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = SkipSourceLocation(line).TrimEnd('.', ' ');
        return line.Length <= MaxChars ? line : line[..MaxChars] + "...";
    }

    // "[ErrorCode:Fail] Load model from X failed:/place/in/their/source.cc:1587 void a::function(args) What the matter is."
    private static string SkipSourceLocation(string line)
    {
        int codeEnd = line.StartsWith("[ErrorCode:", StringComparison.Ordinal) ? line.IndexOf("] ", StringComparison.Ordinal) : -1;
        if (codeEnd > 0) line = line[(codeEnd + 2)..];
        int location = line.LastIndexOf(".cc:", StringComparison.Ordinal);
        int signatureEnd = location < 0 ? -1 : line.IndexOf(") ", location, StringComparison.Ordinal);
        return signatureEnd < 0 ? line : line[(signatureEnd + 2)..];
    }
}
