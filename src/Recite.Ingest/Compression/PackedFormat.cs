namespace Recite.Ingest.Compression;

/// <summary>How the bytes of an input are packed.</summary>
internal enum PackedFormat
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip, RFC 1952.</summary>
    Gzip,

    /// <summary>Zstandard, RFC 8878.</summary>
    Zstandard,
}
