namespace Recite.Indexing.Segments;

/// <summary>How the corpus text is kept.</summary>
public enum TextStore
{
    /// <summary>Original text in zstd blocks; normalized text is made anew when it is compared.</summary>
    Zstd,

    /// <summary>Original text as it is, and the normalized text beside it: twice the corpus on disk, fastest to match.</summary>
    Raw,
}
