using System.Text.Json;
using Recite.Indexing;
using Recite.Reporting;

namespace Recite.Reports.Json;

/// <summary>Reads <c>report.json</c> back, as untrusted as any file.</summary>
public static class ReportJson
{
    /// <summary>The only version this build reads.</summary>
    public const string Schema = "recite.report/1";

    /// <summary>Bytes beyond which a report is not read: 10,000 findings of 20 kB each.</summary>
    public const int MaxBytes = 200_000_000;

    /// <summary>Reads a report.</summary>
    /// <exception cref="ReciteException">It is too big, no JSON, of a newer version, or holds what a report cannot hold.</exception>
    public static AuditReport Read(Stream input) => Read(input, MaxBytes);

    internal static AuditReport Read(Stream input, int maxBytes)
    {
        byte[] bytes = ReadBounded(input, maxBytes);
        ReadOnlySpan<byte> json = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        AuditReport? report;
        try
        {
            RefuseOtherSchemas(json);
            report = JsonSerializer.Deserialize(json, ReportJsonShapes.Context.AuditReport);
        }
        catch (JsonException error)
        {
            string at = error.LineNumber is { } line ? $" at line {line + 1}" : "";
            string where = string.IsNullOrEmpty(error.Path) ? "" : $", {error.Path}";
            throw new ReciteException($"The report cannot be read{at}{where}: it is not a {Schema}; write it anew from its run.", error);
        }

        ReportChecks.Check(report ?? throw new ReciteException($"The report is empty; write it anew from its run."));
        return report;
    }

    private static byte[] ReadBounded(Stream input, int maxBytes)
    {
        using var held = new MemoryStream();
        byte[] buffer = new byte[81920];
        int read;
        while ((read = input.Read(buffer, 0, buffer.Length)) > 0)
        {
            if (held.Length + read > maxBytes)
                throw new ReciteException($"The report is larger than {maxBytes:N0} bytes, more than Recite reads back; write it anew from its run.");
            held.Write(buffer, 0, read);
        }

        return held.ToArray();
    }

    // Before the rest is looked at: a newer version may well not fit this build's shape, and the message has to say why.
    private static void RefuseOtherSchemas(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string? schema = null;
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (schema is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isSchema = reader.ValueTextEquals("schema"u8);
                reader.Read();
                if (isSchema && reader.TokenType == JsonTokenType.String)
                    schema = reader.GetString();
                else
                    reader.Skip();
            }
        }

        if (schema is null)
            throw new ReciteException($"This is no report of Recite: it names no schema; expected \"{Schema}\".");
        if (schema != Schema)
            throw new ReciteException($"The report has the schema \"{Wording.Phrases.Short(schema)}\" and this build reads \"{Schema}\"; read it with the build that wrote it.");
    }
}
