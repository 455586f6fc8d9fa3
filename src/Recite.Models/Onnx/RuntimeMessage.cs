namespace Recite.Models.Onnx;

/// <summary>What ONNX Runtime says of its failures, made fit for the inside of a sentence.</summary>
internal static class RuntimeMessage
{
    private const int MaxChars = 200;

    /// <summary>The message on one line, without its final stop, cut where it gets long.</summary>
    public static string Shorten(Exception exception)
    {
        string line = string.Join(' ', exception.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return line.Length <= MaxChars ? line : line[..MaxChars] + "...";
    }
}
