namespace Recite.Ingest;

/// <summary>Why an input, or a part of it, gave no document; for programs, beside the sentence for people.</summary>
public enum SkipKind
{
    /// <summary>The system would not give it: no permission, gone, a read error, a program that is missing.</summary>
    Unreadable,

    /// <summary>It is no text and of no kind that a reader knows.</summary>
    NotText,

    /// <summary>It is truncated, or its bytes are not what its format allows.</summary>
    Damaged,

    /// <summary>It costs more than a limit allows: bytes, expansion, depth, pages, time.</summary>
    Limit,

    /// <summary>It needs a password.</summary>
    Encrypted,

    /// <summary>It may be whole, but uses what its reader does not know.</summary>
    Unsupported,

    /// <summary>It is not what its name says.</summary>
    WrongName,

    /// <summary>One record of it (a line, a row) is bad; the others were read.</summary>
    Record,

    /// <summary>It is whole, but has no field or column of the name that was given.</summary>
    NoSuchField,
}
