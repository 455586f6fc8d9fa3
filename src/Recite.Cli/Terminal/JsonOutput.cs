using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recite.Cli.Terminal;

/// <summary>Writes the JSON that <c>--json</c> asks for.</summary>
internal static class JsonOutput
{
    // The default encoder escapes control characters and whatever could end a script element: safe to paste anywhere.
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Default };

    /// <summary>Writes one document and a line feed.</summary>
    public static void Write(TextWriter writer, JsonNode node) => writer.WriteLine(node.ToJsonString(s_indented));
}
