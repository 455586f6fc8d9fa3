using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recite.Indexing;

namespace Recite.Canaries;

/// <summary>
/// JSON whose last property is the SHA-256 of every byte before it, so that no byte can change unnoticed. A seal shows damage, not forgery:
/// who forges a file can seal it again, and what stands against that is the commitment.
/// </summary>
internal static class SealedJson
{
    /// <summary>Most bytes of a file that is read.</summary>
    public const int MostBytes = 256 << 20;

    private const string Before = ",\n  \"digest\": \"sha256:";
    private const string After = "\"\n}\n";
    private static readonly int s_tailBytes = Before.Length + (2 * SHA256.HashSizeInBytes) + After.Length;

    // Line ends are the same everywhere; non-ASCII letters of a user's words stay readable, and what could end a script element is escaped.
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary>The bytes of an object, with its seal.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        ReadOnlySpan<byte> head = buffer.WrittenSpan[..^2];
        return [.. head, .. Tail(head)];
    }

    /// <summary>Whether the seal fits every byte before it.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> file) => file.Length > s_tailBytes && file[^s_tailBytes..].SequenceEqual(Tail(file[..^s_tailBytes]));

    /// <summary>Parses a file that was read.</summary>
    /// <exception cref="ReciteException">It is no JSON object.</exception>
    public static JsonDocument Parse(byte[] file, string path, string what)
    {
        try
        {
            JsonDocument json = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 8 });
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json;
            json.Dispose();
            throw new ReciteException($"{path} is no {what}: it is no JSON object.");
        }
        catch (JsonException error)
        {
            throw new ReciteException($"{path}:{error.LineNumber + 1}: this is no JSON, and so no {what}; give the file as 'recite canary' wrote it.", error);
        }
    }

    private static byte[] Tail(ReadOnlySpan<byte> head) => Encoding.UTF8.GetBytes(Before + Convert.ToHexStringLower(SHA256.HashData(head)) + After);
}
