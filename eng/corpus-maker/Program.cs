using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

// CorpusMaker SIZE OUT TREE ENDINGS PACKAGE...: documents from unpacked packages, an equal share of each package first, then the rest.
// ENDINGS names the file name endings that are wanted, a blank between them and "none" for a name without one; empty takes every text.
if (args.Length < 5 || !TryParseSize(args[0], out long size))
{
    Console.Error.WriteLine("usage: CorpusMaker SIZE OUT.jsonl TREE ENDINGS PACKAGE...");
    return 2;
}

var json = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
string[] endings = args[3].Split(' ', StringSplitOptions.RemoveEmptyEntries);
string[] packages = args[4..];
string partial = args[1] + ".partial";
long written = 0;
using (var output = new StreamWriter(partial, append: false, new UTF8Encoding(false)) { NewLine = "\n" })
{
    var rest = new List<IEnumerator<(string Id, string Text)>>();
    foreach (string package in packages)
    {
        IEnumerator<(string, string)> documents = Documents(args[2], package, endings).GetEnumerator();
        long share = size / packages.Length;
        long start = written;
        while (written - start < share && written < size && documents.MoveNext())
            Write(output, package, documents.Current);
        rest.Add(documents);
    }

    for (int i = 0; i < rest.Count; i++)
    {
        while (written < size && rest[i].MoveNext())
            Write(output, packages[i], rest[i].Current);
    }
}

File.Move(partial, args[1], overwrite: true);
Console.Error.WriteLine($"{args[1]}: {written} bytes of text from {packages.Length} packages");
return written >= size * 9 / 10 ? 0 : Fail($"only {written} bytes could be had where {size} were asked for");

static int Fail(string sentence)
{
    Console.Error.WriteLine(sentence);
    return 1;
}

static bool TryParseSize(string text, out long size) =>
    long.TryParse(text.TrimEnd('M'), NumberStyles.None, CultureInfo.InvariantCulture, out size) && (size *= text.EndsWith('M') ? 1_000_000 : 1) > 0;

void Write(StreamWriter output, string package, (string Id, string Text) document)
{
    output.Write("{\"id\":");
    output.Write(JsonSerializer.Serialize(package + "/" + document.Id, json));
    output.Write(",\"source\":");
    output.Write(JsonSerializer.Serialize(package, json));
    output.Write(",\"text\":");
    output.Write(JsonSerializer.Serialize(document.Text, json));
    output.WriteLine("}");
    written += Encoding.UTF8.GetByteCount(document.Text);
}

static IEnumerable<(string Id, string Text)> Documents(string tree, string package, string[] endings)
{
    const int LongestDocument = 200_000;
    string root = Path.Combine(tree, package);
    foreach (string file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
    {
        // Links lead to files that are listed themselves, and an index or a picture is not text.
        if (new FileInfo(file).LinkTarget is not null || !IsWanted(file, endings) || ReadText(file) is not { } text)
            continue;
        string id = Path.GetRelativePath(root, file).Replace('\\', '/');
        for (int start = 0, part = 0; start < text.Length; part++)
        {
            int end = Math.Min(text.Length, start + LongestDocument);
            int lineEnd = end < text.Length ? text.LastIndexOf('\n', end - 1, end - start) + 1 : end;
            end = lineEnd > start ? lineEnd : end;
            yield return (part == 0 ? id : $"{id}#{part}", text[start..end]);
            start = end;
        }
    }
}

static bool IsWanted(string file, string[] endings) =>
    endings.Length == 0 || endings.Contains(Path.GetExtension(file) is { Length: > 0 } ending ? ending : "none");

static string? ReadText(string file)
{
    byte[] bytes = File.ReadAllBytes(file);
    if (bytes is [0x1F, 0x8B, ..])
    {
        using var unpacked = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        gzip.CopyTo(unpacked);
        bytes = unpacked.ToArray();
    }

    if (bytes.Length < 200 || bytes.AsSpan().Contains((byte)0))
        return null;
    try
    {
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
    }
    catch (DecoderFallbackException)
    {
        return Encoding.Latin1.GetString(bytes);
    }
}
