using Recite.Indexing;
using Recite.Ingest.Git;

namespace Recite.Ingest.Inputs;

/// <summary>Turns what the user wrote into files: a file, a folder, a pattern, or <c>-</c> for standard input.</summary>
internal static class InputResolver
{
    /// <summary>What documents from standard input are named after.</summary>
    public const string StandardInputName = "stdin";

    /// <summary>Finds every input before the first one is read, so that a mistyped name costs nothing.</summary>
    /// <exception cref="ReciteException">An input does not exist, a pattern matches nothing, or a repository cannot be read.</exception>
    public static IReadOnlyList<IEnumerable<InputPath>> Resolve(IReadOnlyList<string> inputs, bool hasStandardInput, GitReading git, IngestLog log, CancellationToken ct)
    {
        if (inputs.Count == 0)
            throw new ReciteException("No input was given: name a file, a folder, a pattern such as docs/**/*.md, or - for standard input.");

        var sources = new List<IEnumerable<InputPath>>(inputs.Count);
        bool readsStandardInput = false;
        foreach (string input in inputs)
        {
            if (input is "-")
            {
                if (readsStandardInput || !hasStandardInput)
                    throw new ReciteException("Standard input can be read once only: give - one time, and only where there is something to read.");
                readsStandardInput = true;
            }

            sources.Add(ResolveOne(input, git, log, ct));
        }

        return sources;
    }

    private static IEnumerable<InputPath> ResolveOne(string input, GitReading git, IngestLog log, CancellationToken ct)
    {
        if (input is "-")
            return [new InputPath(null, StandardInputName)];
        if (input.Contains('\0', StringComparison.Ordinal) || string.IsNullOrWhiteSpace(input))
            throw Missing(input);

        // What exists under its literal name is no pattern: notes[1].txt is a file.
        if (File.Exists(input))
            return [new InputPath(Path.GetFullPath(input), Path.GetFileName(input))];
        if (Directory.Exists(input))
        {
            string folder = Path.GetFullPath(input);
            GitRepository? repository = git == GitReading.Tracked ? GitRepository.Find(folder, input) : null;
            IEnumerable<InputPath> files = repository is not null ? repository.Files(log, ct) : new FolderWalk(folder, GlobPattern.Everything, log, ct).Files();
            return DatasetFolder.Is(folder) ? DatasetFolder.WithoutDescriptions(files, log) : files;
        }

        if (!GlobPattern.TryParse(input, out string root, out GlobPattern? pattern))
            throw Missing(input);

        // Patterns are for shells that do not expand them; such a shell also hands over one that matches nothing.
        string fullRoot = Path.GetFullPath(root);
        var silent = new IngestLog(static _ => { }, static _ => { });
        if (!Directory.Exists(fullRoot) || !new FolderWalk(fullRoot, pattern, silent, ct).Files().Any())
            throw new ReciteException($"The pattern {Printable.Show(input)} matches no file that has content: check it, or name a file or a folder.");
        return new FolderWalk(fullRoot, pattern, log, ct).Files();
    }

    private static ReciteException Missing(string input) =>
        new($"{(string.IsNullOrWhiteSpace(input) ? "An empty name" : Printable.Show(input))} is no file or folder: name one that exists, a pattern such as docs/**/*.md, or - for standard input.");
}
