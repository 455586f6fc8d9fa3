using Recite.Indexing;
using Recite.Ingest.Inputs;

namespace Recite.Ingest;

/// <summary>One opened input, unpacked if it was compressed.</summary>
public sealed class InputFile
{
    /// <summary>Bytes that a reader may look at before it decides: 64 KiB.</summary>
    public const int HeadBytes = 64 << 10;

    /// <summary>Creates an input over an unread stream whose first bytes are known.</summary>
    /// <param name="name">Path below the input that was given, with <c>/</c>; documents are named after it.</param>
    /// <param name="fileName">Last part of the path without .gz or .zst.</param>
    /// <param name="head">First bytes of <paramref name="content"/>.</param>
    /// <param name="content">The whole content, the head included.</param>
    public InputFile(string name, string fileName, ReadOnlyMemory<byte> head, Stream content)
    {
        Name = name;
        FileName = fileName;
        Head = head;
        Content = content;
    }

    /// <summary>Path below the input that was given, with <c>/</c>: what documents are named after.</summary>
    public string Name { get; }

    /// <summary>Last part of the path, without .gz or .zst.</summary>
    public string FileName { get; }

    /// <summary>The first <see cref="HeadBytes"/> bytes, fewer only when the file is shorter.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>The whole content, the head included. Readable once; the caller of the reader disposes of it.</summary>
    public Stream Content { get; }

    /// <summary>What the URI of its documents says behind the name, where they have none of their own; mostly nothing.</summary>
    internal string Origin { get; init; } = "";

    /// <summary>The name as a sentence shows it: control characters replaced, so that a file cannot write to a terminal.</summary>
    public string Label => Printable.Show(Name);

    /// <summary>Reads the whole content.</summary>
    /// <exception cref="ReciteException">The content is longer than <paramref name="maxBytes"/>.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAllAsync(long maxBytes, CancellationToken ct) =>
        await BoundedRead.ToEndAsync(Content, maxBytes, Label, ct);

    /// <summary>Throws when a text that was decoded or extracted is longer than a document may be.</summary>
    /// <exception cref="ReciteException">It is.</exception>
    public void RefuseLongText(long textBytes, long maxBytes)
    {
        if (textBytes > maxBytes)
            throw new IngestException(SkipKind.Limit, $"{Label} decodes to more than {Printable.Bytes(maxBytes)}: it was left out; split it, or raise the limit.");
    }
}
