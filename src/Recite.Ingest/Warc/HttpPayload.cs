using System.IO.Compression;
using System.Text;
using Recite.Ingest.Inputs;
using ZstdSharp;

namespace Recite.Ingest.Warc;

/// <summary>The answer of a server as it was archived (RFC 9112): what its header says, and its body once unpacked.</summary>
/// <param name="Status">The status code; 0 when the block is no answer.</param>
/// <param name="ContentType">The kind of body.</param>
/// <param name="Body">The body as it was sent.</param>
/// <param name="IsChunked">Whether it was sent in chunks.</param>
/// <param name="Coding">How it was packed; empty when it was not.</param>
internal readonly record struct HttpPayload(int Status, MediaType ContentType, ReadOnlyMemory<byte> Body, bool IsChunked, string Coding)
{
    private const int MaxHeaderBytes = 256 << 10;

    /// <summary>Splits a block into header and body.</summary>
    public static HttpPayload Parse(ReadOnlyMemory<byte> block)
    {
        ReadOnlySpan<byte> head = block.Span[..Math.Min(block.Length, MaxHeaderBytes)];
        int end = head.IndexOf("\r\n\r\n"u8);
        int after = end + 4;
        if (end < 0)
        {
            end = head.IndexOf("\n\n"u8);
            after = end + 2;
        }

        if (end < 0 || !head.StartsWith("HTTP/"u8))
            return default;
        string[] lines = Encoding.Latin1.GetString(head[..end]).Split('\n');
        string[] status = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var payload = new HttpPayload(status.Length > 1 && int.TryParse(status[1], out int code) ? code : 0, MediaType.Parse(null), block[after..], false, "");
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            string value = line[(colon + 1)..].Trim();
            payload = line[..colon].Trim().ToLowerInvariant() switch
            {
                "content-type" => payload with { ContentType = MediaType.Parse(value) },
                "content-encoding" => payload with { Coding = value.ToLowerInvariant() },
                "transfer-encoding" => payload with { IsChunked = value.Contains("chunked", StringComparison.OrdinalIgnoreCase) },
                _ => payload,
            };
        }

        return payload;
    }

    /// <summary>The body without chunks and unpacked. Crawlers keep the header and store the body unpacked, so both are looked for.</summary>
    /// <exception cref="IngestException">It is damaged, packed in a way that nobody knows, or too long.</exception>
    public async Task<ReadOnlyMemory<byte>> UnpackAsync(long maxBytes, string label, CancellationToken ct)
    {
        ReadOnlyMemory<byte> body = IsChunked && HttpChunks.TryJoin(Body, out ReadOnlyMemory<byte> joined) ? joined : Body;
        bool isPacked = Coding switch
        {
            "gzip" or "x-gzip" => body.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]),
            "zstd" => body.Span.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]),
            "deflate" => body.Length > 1 && (body.Span[0] & 0x0F) == 8 && ((body.Span[0] << 8) | body.Span[1]) % 31 == 0,
            "" or "identity" or "none" => false,
            "br" => !body.Span.StartsWith((byte)'<'),
            _ => throw new IngestException(SkipKind.Unsupported, $"{label} is packed as {Printable.Show(Coding)}, which is not read here: it was left out."),
        };
        if (!isPacked)
            return body;

        var packed = new MemoryStream(body.ToArray(), writable: false);
        await using Stream unpacked = Coding switch
        {
            "zstd" => new DecompressionStream(packed, leaveOpen: false),
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            _ => new GZipStream(packed, CompressionMode.Decompress),
        };
        try
        {
            return await BoundedRead.ToEndAsync(unpacked, maxBytes, label, ct);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or InvalidOperationException or ZstdException)
        {
            throw new IngestException(SkipKind.Damaged, $"{label} is packed as {Printable.Show(Coding)} and damaged: it was left out.", error);
        }
    }
}
