using System.Diagnostics;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Git;

/// <summary>A repository in a temporary folder, made by the real git.</summary>
internal sealed class GitScene
{
    private readonly TemporaryFolder _folder = new();

    public GitScene()
    {
        Run("init", "-q", "-b", "main");
        Run("config", "user.name", "Test");
        Run("config", "user.email", "test@example.org");
        Run("config", "commit.gpgsign", "false");
    }

    public string Root => _folder.At("repo");

    public string At(string name) => _folder.At(name);

    public string Write(string name, string content) => _folder.Write("repo/" + name, content);

    public string Write(string name, byte[] content) => _folder.Write("repo/" + name, content);

    /// <summary>Commits everything and gives the short name of the commit.</summary>
    public string Commit()
    {
        Run("add", "-A");
        Run("commit", "-q", "-m", "a commit");
        return Run("rev-parse", "HEAD").Trim()[..12];
    }

    public string Run(params string[] arguments)
    {
        Directory.CreateDirectory(Root);
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process git = Process.Start(start)!;
        Task<string> errors = git.StandardError.ReadToEndAsync();
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, errors.GetAwaiter().GetResult());
        return output;
    }
}
