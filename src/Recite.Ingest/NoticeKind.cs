namespace Recite.Ingest;

/// <summary>What a notice is about; each kind is told a bounded number of times, then counted.</summary>
public enum NoticeKind
{
    /// <summary>A text was not in a Unicode encoding, so that a fallback was used.</summary>
    Encoding,

    /// <summary>An id or a name was changed so that it is unique or short enough.</summary>
    Name,

    /// <summary>An input holds nothing to index.</summary>
    Empty,

    /// <summary>An input was left out on purpose: given twice, or a link to a folder.</summary>
    LeftOut,
}
