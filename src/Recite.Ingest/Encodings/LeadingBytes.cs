namespace Recite.Ingest.Encodings;

/// <summary>Passes over what may stand before the content of a file.</summary>
internal static class LeadingBytes
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>What follows a UTF-8 byte order mark and white space.</summary>
    public static ReadOnlySpan<byte> SkipBlank(ReadOnlySpan<byte> bytes) => SkipByteOrderMark(bytes).TrimStart(" \t\r\n"u8);

    /// <summary>What follows a UTF-8 byte order mark.</summary>
    public static ReadOnlySpan<byte> SkipByteOrderMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
}
