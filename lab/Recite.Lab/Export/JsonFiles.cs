using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recite.Lab.Export;

/// <summary>JSON as Hugging Face writes it: two spaces, UTF-8 unescaped, a line feed at the end.</summary>
internal static class JsonFiles
{
    public static JsonSerializerOptions OneLine { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Indented { get; } = new(OneLine) { WriteIndented = true, NewLine = "\n" };

    public static void Write(string folder, string name, JsonNode content) =>
        File.WriteAllText(Path.Combine(folder, name), content.ToJsonString(Indented) + "\n");
}
