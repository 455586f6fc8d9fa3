using System.Text;
using Recite.Ingest.Encodings;

namespace Recite.Ingest.Warc;

/// <summary>A content type as a server sends it.</summary>
/// <param name="Name">Type and subtype in lower case; empty when there is none.</param>
/// <param name="Charset">The encoding that the <c>charset</c> parameter names; null when it names none that is known.</param>
internal readonly record struct MediaType(string Name, Encoding? Charset)
{
    /// <summary>Whether it is a page.</summary>
    public bool IsHtml => Name is "text/html" or "application/xhtml+xml";

    /// <summary>Whether it is plain text.</summary>
    public bool IsPlain => Name is "text/plain" or "text/markdown";

    /// <summary>Reads a header's value.</summary>
    public static MediaType Parse(string? value)
    {
        string[] parts = (value ?? "").Split(';');
        Encoding? charset = null;
        foreach (string part in parts.AsSpan(1))
        {
            string parameter = part.Trim();
            if (parameter.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))
                charset = CodePages.Find(parameter["charset=".Length..].Trim().Trim('"', '\''));
        }

        return new MediaType(parts[0].Trim().ToLowerInvariant(), charset);
    }
}
