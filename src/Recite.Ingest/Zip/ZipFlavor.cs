namespace Recite.Ingest.Zip;

/// <summary>What a file that is technically a zip archive is to its user.</summary>
internal enum ZipFlavor
{
    /// <summary>No zip archive.</summary>
    None,

    /// <summary>A bundle of files.</summary>
    Archive,

    /// <summary>A book: EPUB.</summary>
    Epub,

    /// <summary>A Word document: Office Open XML.</summary>
    Word,

    /// <summary>Another Office file: a workbook, slides, an OpenDocument file.</summary>
    OtherOffice,
}

/// <summary>Tells zip archives apart, by content where the first bytes show it and by name where they do not.</summary>
internal static class ZipFlavors
{
    private const int LocalHeaderBytes = 30;

    /// <summary>What the file is.</summary>
    /// <param name="fileName">Its name.</param>
    /// <param name="head">Its first bytes.</param>
    public static ZipFlavor Of(string fileName, ReadOnlySpan<byte> head)
    {
        bool isZip = head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);
        if (!isZip)
            return ZipFlavor.None;

        // Both book formats begin with a file named mimetype that is not packed, for exactly this purpose.
        ReadOnlySpan<byte> first = head.Length > LocalHeaderBytes ? head[LocalHeaderBytes..] : default;
        if (first.StartsWith("mimetypeapplication/epub+zip"u8))
            return ZipFlavor.Epub;
        if (first.StartsWith("mimetypeapplication/vnd.oasis.opendocument"u8))
            return ZipFlavor.OtherOffice;

        ZipFlavor named = Path.GetExtension(fileName).ToLowerInvariant() switch
        {
            ".epub" => ZipFlavor.Epub,
            ".docx" or ".docm" or ".dotx" => ZipFlavor.Word,
            ".xlsx" or ".xlsm" or ".pptx" or ".odt" or ".ods" or ".odp" => ZipFlavor.OtherOffice,
            _ => ZipFlavor.Archive,
        };
        bool isOffice = first.StartsWith("[Content_Types].xml"u8) || first.StartsWith("_rels/.rels"u8) || first.StartsWith("docProps/"u8);
        if (named != ZipFlavor.Archive || !isOffice)
            return named;
        return head.IndexOf("word/"u8) >= 0 ? ZipFlavor.Word : ZipFlavor.OtherOffice;
    }

    /// <summary>Throws when the name promises a zip archive and the content is none.</summary>
    /// <exception cref="IngestException">It is.</exception>
    public static void RefuseOther(InputFile file, string kind)
    {
        if (Of(file.FileName, file.Head.Span) == ZipFlavor.None)
            throw new IngestException(SkipKind.WrongName, $"{file.Label} is not {kind}, whatever its name says: rename it to what it is, or fetch it again.");
    }
}
