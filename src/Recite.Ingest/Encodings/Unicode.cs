namespace Recite.Ingest.Encodings;

/// <summary>The Unicode encodings that can be told from bytes.</summary>
internal enum Unicode
{
    /// <summary>No sign of any.</summary>
    Unknown,

    /// <summary>UTF-8, shown by its byte order mark.</summary>
    Utf8,

    /// <summary>UTF-16, low byte first.</summary>
    Utf16LittleEndian,

    /// <summary>UTF-16, high byte first.</summary>
    Utf16BigEndian,

    /// <summary>UTF-32, low byte first.</summary>
    Utf32LittleEndian,

    /// <summary>UTF-32, high byte first.</summary>
    Utf32BigEndian,
}
