using System.Xml;
using Recite.Ingest.Zip;

namespace Recite.Ingest.Xml;

/// <summary>Reads XML that lies in an archive: no DTD is looked at, nothing is fetched, and size is bounded.</summary>
internal static class XmlPart
{
    private const int NodesPerCheck = 4096;
    private const long MaxCharacters = 1L << 30;

    /// <summary>Opens a file of the archive; null when there is none of the name.</summary>
    public static async Task<XmlReader?> OpenAsync(ZipParts parts, string path, string label, CancellationToken ct)
    {
        const long MaxSmallBytes = 16L << 20;
        return await parts.ReadAsync(path, MaxSmallBytes, ct) is not { } bytes ? null : Open(new MemoryStream(bytes.ToArray(), writable: false), label);
    }

    /// <summary>Opens a stream.</summary>
    /// <exception cref="IngestException">Its first bytes are no XML.</exception>
    public static XmlReader Open(Stream stream, string label)
    {
        try
        {
            return XmlReader.Create(stream, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Ignore,
                XmlResolver = null,
                MaxCharactersInDocument = MaxCharacters,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            });
        }
        catch (XmlException error)
        {
            throw Broken(label, error);
        }
    }

    /// <summary>Calls back with the local name of each element, with the reader standing on it.</summary>
    /// <exception cref="IngestException">The content is no well-formed XML.</exception>
    public static void ForEachElement(XmlReader xml, string label, Action<string> element, CancellationToken ct)
    {
        while (TryRead(xml, label))
        {
            ct.ThrowIfCancellationRequested();
            if (xml.NodeType == XmlNodeType.Element)
                element(xml.LocalName);
        }
    }

    /// <summary>Calls back for each node, with the reader standing on it.</summary>
    /// <exception cref="IngestException">The content is no well-formed XML.</exception>
    public static void ForEachNode(XmlReader xml, string label, Action node, CancellationToken ct)
    {
        for (long nodes = 0; TryRead(xml, label); nodes++)
        {
            if (nodes % NodesPerCheck == 0)
                ct.ThrowIfCancellationRequested();
            node();
        }
    }

    private static bool TryRead(XmlReader xml, string label)
    {
        try
        {
            return xml.Read();
        }
        catch (XmlException error)
        {
            throw Broken(label, error);
        }
    }

    private static IngestException Broken(string label, XmlException error) =>
        new(SkipKind.Damaged, $"{label} holds XML that is damaged at line {error.LineNumber}: fetch it again.", error);
}
