using System.Buffers.Text;

namespace Recite.Ingest.Warc;

/// <summary>Joins a body that was sent in chunks (RFC 9112, section 7.1).</summary>
internal static class HttpChunks
{
    /// <summary>Joins the chunks; false when the body is not in chunks after all. A cut last chunk gives what there is.</summary>
    public static bool TryJoin(ReadOnlyMemory<byte> body, out ReadOnlyMemory<byte> joined)
    {
        byte[] text = new byte[body.Length];
        int length = 0;
        ReadOnlySpan<byte> rest = body.Span;
        while (!rest.IsEmpty)
        {
            int lineEnd = rest.IndexOf((byte)'\n');
            if (lineEnd < 0 || !Utf8Parser.TryParse(rest[..lineEnd], out int bytes, out int digits, 'x') || bytes < 0 || (digits < lineEnd && rest[digits] is not ((byte)'\r' or (byte)';' or (byte)' ')))
            {
                joined = default;
                return false;
            }

            rest = rest[(lineEnd + 1)..];
            if (bytes == 0)
                break;
            int taken = Math.Min(bytes, rest.Length);
            rest[..taken].CopyTo(text.AsSpan(length));
            length += taken;
            rest = rest[taken..].TrimStart("\r\n"u8);
        }

        joined = text.AsMemory(0, length);
        return true;
    }
}
