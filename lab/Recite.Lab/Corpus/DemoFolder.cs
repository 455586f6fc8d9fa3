using System.Text;
using Recite.Lab.Formats;

namespace Recite.Lab.Corpus;

/// <summary>Where the demo's texts lie, and how they are read: strict UTF-8, in ordinal order of their ids.</summary>
internal sealed class DemoFolder(string root)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Trained => Path.Combine(root, "demo", "corpus");

    public string NeverTrained => Path.Combine(root, "demo", "never-trained");

    /// <summary>Holds the one control that is planted on purpose; it is a copy and no text of the corpus.</summary>
    public string PlantedControl => Path.Combine(NeverTrained, "planted", "a-copied-canary.txt");

    public string CanaryCopies => Path.Combine(Trained, "canaries.jsonl");

    public string Canaries => Path.Combine(root, "demo", "canaries.json");

    public string Model => Path.Combine(root, "models", "demo");

    /// <summary>What the bench measured, for programs.</summary>
    public string Bench => Path.Combine(root, "models", "bench.json");

    /// <summary>What the bench measured, for people.</summary>
    public string Research => Path.Combine(root, "docs", "research.md");

    public IReadOnlyList<CorpusText> ReadTrained() => Read(Trained);

    public IReadOnlyList<CorpusText> ReadNeverTrained() =>
        [.. Read(NeverTrained).Where(text => !text.Id.StartsWith("planted/", StringComparison.Ordinal))];

    public static IReadOnlyList<CorpusText> Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new LabException($"There is no folder {folder}; run the lab on a checkout that holds the demo corpus.");
        return
        [
            .. Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories)
                .Select(path => new CorpusText(Path.GetRelativePath(folder, path).Replace('\\', '/'), ReadStrictly(path)))
                .OrderBy(text => text.Id, StringComparer.Ordinal),
        ];
    }

    private static string ReadStrictly(string path)
    {
        try
        {
            return s_strict.GetString(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException)
        {
            throw new LabException($"{path} is not valid UTF-8; save it as UTF-8.");
        }
    }
}
