using System.Diagnostics;
using Recite.Indexing;
using Recite.Ingest.Containers;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Git;

/// <summary>The tracked files of a repository as its last commit has them, in the order of the tree, read out of the object store.</summary>
internal sealed class GitRepository
{
    private const int CommitDigits = 12;

    private readonly string _directory;
    private readonly string _label;
    private readonly string _commit;

    private GitRepository(string directory, string label, string commit)
    {
        _directory = directory;
        _label = label;
        _commit = commit;
    }

    /// <summary>The repository that a folder is the work tree of, or that it is itself; null when it is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="label">The folder as the user called it.</param>
    /// <exception cref="ReciteException">It is one, and has no commit, is damaged, or there is no git.</exception>
    public static GitRepository? Find(string folder, string label)
    {
        string inside = Path.Join(folder, ".git");
        bool isWorkTree = File.Exists(inside) || File.Exists(Path.Join(inside, "HEAD"));
        bool isBare = File.Exists(Path.Join(folder, "HEAD")) && Directory.Exists(Path.Join(folder, "objects")) && Directory.Exists(Path.Join(folder, "refs"));
        if (!isWorkTree && !isBare)
            return null;
        string directory = isWorkTree ? inside : folder;
        Process process = GitProgram.Start(directory, label, "rev-parse", "--verify", "--quiet", "HEAD^{commit}");
        try
        {
            string commit = process.StandardOutput.ReadLine() ?? "";
            return commit.Length >= 40 && commit.All(char.IsAsciiHexDigit)
                ? new GitRepository(directory, label, commit)
                : throw new ReciteException($"{Printable.Show(label)} is a git repository that has no commit yet or is damaged: commit, or read the folder as it is with --git off.");
        }
        finally
        {
            GitProgram.End(process);
        }
    }

    /// <summary>The files. Links, submodules and hidden files are left out; each file is read before the next is asked for.</summary>
    public IEnumerable<InputPath> Files(IngestLog log, CancellationToken ct)
    {
        string commit = _commit[..CommitDigits];
        log.Notice(NoticeKind.LeftOut, $"{Printable.Show(_label)} is a git repository: its tracked files are read as commit {commit} has them, and nothing that is not committed; --git off reads the folder as it is.");
        Process lister = GitProgram.Start(_directory, _label, "ls-tree", "-r", "-l", "-z", "--full-tree", _commit);
        try
        {
            using var blobs = new GitBlobs(GitProgram.Start(_directory, _label, "cat-file", "--batch"));
            foreach (GitEntry entry in GitTree.Read(lister.StandardOutput.BaseStream, _label))
            {
                ct.ThrowIfCancellationRequested();
                if (ContainedPath.Clean(entry.Path) is not { } name)
                    continue;
                if (!entry.IsFile)
                    log.Notice(NoticeKind.LeftOut, $"{Printable.Show(name)} is a {(entry.IsLink ? "link" : "submodule, a repository of its own,")} and was not followed.");
                else if (entry.LengthBytes == 0)
                    log.Notice(NoticeKind.Empty, $"{Printable.Show(name)} is empty: there is nothing to index.");
                else
                    yield return new InputPath(null, name, new InputContent(token => blobs.OpenAsync(entry.Object, Printable.Show(name), token), "@" + commit));
            }

            // A list that breaks off would make a smaller corpus that looks like a whole one.
            lister.WaitForExit();
            if (lister.ExitCode != 0)
                log.Skip(_label, null, SkipKind.Damaged, $"{Printable.Show(_label)} is a git repository whose files cannot all be listed: run git fsck in it; those listed before were read.");
        }
        finally
        {
            GitProgram.End(lister);
        }
    }
}
