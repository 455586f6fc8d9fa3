using System.Globalization;

namespace Recite.Ingest.Warc;

/// <summary>The header of one record (ISO 28500, section 5.5).</summary>
/// <param name="Type">What the record is: <c>response</c>, <c>conversion</c>, <c>warcinfo</c>, ...</param>
/// <param name="Id">The record's URI, unique in the world by its standard; null when it has none.</param>
/// <param name="TargetUri">The address of what was archived; null when there is none.</param>
/// <param name="ContentType">The kind of block.</param>
/// <param name="BlockBytes">Bytes that follow the header.</param>
internal readonly record struct WarcRecord(string Type, string? Id, string? TargetUri, string ContentType, long BlockBytes)
{
    private const int MaxNameChars = 4096;   // of an id or a URI: longer ones say nothing to a person

    /// <summary>Reads a header without the empty line that ends it; false when it is none.</summary>
    public static bool TryParse(string header, out WarcRecord record)
    {
        record = new WarcRecord("", null, null, "", -1);
        string[] lines = header.Split('\n');
        if (!lines[0].StartsWith("WARC/", StringComparison.Ordinal))
            return false;
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            string value = line[(colon + 1)..].Trim();
            switch (line[..colon].Trim().ToLowerInvariant())
            {
                case "warc-type":
                    record = record with { Type = value.ToLowerInvariant() };
                    break;
                case "warc-record-id":
                    record = record with { Id = Uri(value) };
                    break;
                case "warc-target-uri":
                    record = record with { TargetUri = Uri(value) };
                    break;
                case "content-type":
                    record = record with { ContentType = value };
                    break;
                case "content-length":
                    if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
                        return false;
                    record = record with { BlockBytes = bytes };
                    break;
            }
        }

        return record.BlockBytes >= 0;
    }

    private static string? Uri(string value)
    {
        string uri = value.Trim('<', '>');
        return uri.Length is 0 or > MaxNameChars ? null : uri;
    }
}
