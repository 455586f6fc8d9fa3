using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using Recite.Indexing.Corpora;
using Recite.Ingest.Inputs;
using Recite.Ingest.Xml;
using Recite.Ingest.Zip;

namespace Recite.Ingest.Docx;

/// <summary>
/// Reads a Word document (Office Open XML, ECMA-376) as one document: a line per paragraph, then its footnotes and endnotes.
/// Deleted text, field codes, headers and footers are left out. Offsets count the extracted text.
/// </summary>
public sealed class DocxReader : IDocumentReader
{
    private const string MainPart = "word/document.xml";

    private static readonly string[] Notes = ["word/footnotes.xml", "word/endnotes.xml"];

    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head) =>
        ZipFlavors.Of(fileName, head) == ZipFlavor.Word
        || (Path.GetExtension(fileName).Equals(".docx", StringComparison.OrdinalIgnoreCase) && ZipFlavors.Of(fileName, head) == ZipFlavor.None);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        if (file.Head.Span.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new IngestException(SkipKind.Encrypted, $"{file.Label} is encrypted, or an old Office file: save it without a password as .docx or as text.");
        ZipFlavors.RefuseOther(file, "a Word document");
        await using Stream archive = await SeekableContent.OpenAsync(file, options, ct);
        ZipParts parts = await ZipParts.OpenAsync(archive, file, options, ct);
        var text = new DocxText(file, options);
        if (!Read(parts, MainPart, text, file.Label, ct))
            throw new IngestException(SkipKind.Damaged, $"{file.Label} has no {MainPart}, where the text of a Word document is: save it again, or as text.");
        foreach (string notes in Notes)
            Read(parts, notes, text, file.Label, ct);

        byte[] utf8 = Encoding.UTF8.GetBytes(text.ToString());
        file.RefuseLongText(utf8.Length, options.MaxDocumentBytes);
        if (utf8.Length == 0)
            log.Notice(NoticeKind.Empty, $"{file.Label} shows no text: there is nothing to index.");
        else
            yield return new Document(file.Name, file.Name, utf8);
    }

    private static bool Read(ZipParts parts, string path, DocxText text, string label, CancellationToken ct)
    {
        using Stream? part = parts.Open(path);
        if (part is null)
            return false;
        using XmlReader xml = XmlPart.Open(part, label);
        XmlPart.ForEachNode(xml, label, () => text.Take(xml), ct);
        text.EndParagraph();
        return true;
    }
}
