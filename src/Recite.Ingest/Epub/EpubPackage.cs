using System.Xml;
using Recite.Ingest.Xml;
using Recite.Ingest.Zip;

namespace Recite.Ingest.Epub;

/// <summary>The order of a book's chapters: container.xml names the package file, whose spine lists them (EPUB 3.3, sections 4.2.6.3.1 and 5.7).</summary>
/// <param name="Chapters">Paths in the archive, in reading order.</param>
internal sealed record EpubPackage(IReadOnlyList<string> Chapters)
{
    private const string ContainerPath = "META-INF/container.xml";
    private const string EncryptionPath = "META-INF/encryption.xml";
    private const int MaxItems = 100_000;

    /// <summary>Reads the order.</summary>
    /// <exception cref="IngestException">The book says none, or its chapters are encrypted.</exception>
    public static async Task<EpubPackage> ReadAsync(ZipParts parts, string label, IngestOptions options, CancellationToken ct)
    {
        string path = await RootFileAsync(parts, label, ct);
        var hrefs = new Dictionary<string, string>(StringComparer.Ordinal);
        var chapters = new List<string>();
        using (XmlReader xml = await XmlPart.OpenAsync(parts, path, label, ct) ?? throw Damaged(label, path))
        {
            XmlPart.ForEachElement(xml, label, element =>
            {
                if (hrefs.Count + chapters.Count > MaxItems)
                    throw new IngestException(SkipKind.Limit, $"{label} lists more than {MaxItems} files: split the book.");
                if (element is "item" && xml.GetAttribute("id") is { } id && xml.GetAttribute("href") is { } href && IsPage(xml.GetAttribute("media-type")))
                    hrefs.TryAdd(id, EpubPath.Resolve(path, href));
                else if (element is "itemref" && xml.GetAttribute("idref") is { } reference && hrefs.TryGetValue(reference, out string? chapter))
                    chapters.Add(chapter);
            }, ct);
        }

        if (chapters.Count == 0)
            throw new IngestException(SkipKind.Damaged, $"{label} lists no chapter in its package file: fetch the book again.");
        await RefuseEncryptedAsync(parts, chapters, label, ct);
        return new EpubPackage(chapters);
    }

    private static async Task<string> RootFileAsync(ZipParts parts, string label, CancellationToken ct)
    {
        string? path = null;
        using XmlReader xml = await XmlPart.OpenAsync(parts, ContainerPath, label, ct) ?? throw Damaged(label, ContainerPath);
        XmlPart.ForEachElement(xml, label, element => path ??= element is "rootfile" ? xml.GetAttribute("full-path") : null, ct);
        return path ?? throw Damaged(label, ContainerPath);
    }

    // Fonts are often obfuscated, which is listed there, too, and keeps nobody from reading.
    private static async Task RefuseEncryptedAsync(ZipParts parts, List<string> chapters, string label, CancellationToken ct)
    {
        using XmlReader? xml = await XmlPart.OpenAsync(parts, EncryptionPath, label, ct);
        if (xml is null)
            return;
        var all = chapters.ToHashSet(StringComparer.Ordinal);
        XmlPart.ForEachElement(xml, label, element =>
        {
            if (element is "CipherReference" && xml.GetAttribute("URI") is { } uri && all.Contains(EpubPath.Resolve("", uri)))
                throw new IngestException(SkipKind.Encrypted, $"{label} is encrypted (digital rights management): give a copy without.");
        }, ct);
    }

    private static bool IsPage(string? mediaType) => mediaType is "application/xhtml+xml" or "text/html" or "text/x-oeb1-document" or "application/x-dtbook+xml";

    private static IngestException Damaged(string label, string path) =>
        new(SkipKind.Damaged, $"{label} has no {Inputs.Printable.Show(path)} that says where its text is: fetch the book again, or unpack it and give its pages.");
}
