using System.Diagnostics;
using Recite.Indexing;

namespace Recite.Ingest.Tests.Git;

public sealed class GitRepositoryTest
{
    private readonly GitScene _git = new();

    [Fact]
    public async Task Reads_the_tracked_files_as_they_were_committed_and_names_the_commit()
    {
        _git.Write("a.txt", "committed");
        _git.Write("src/b.md", "two");
        _git.Write("data/c.jsonl", "{\"text\":\"three\",\"url\":\"https://example.org/3\"}\n{\"text\":\"four\"}\n");
        _git.Write(".gitignore", "*.log\n");
        string commit = _git.Commit();
        _git.Write("a.txt", "changed since");
        _git.Write("untracked.txt", "untracked");
        _git.Write("build.log", "ignored");

        Reading reading = await Reading.OfAsync(_git.Root);

        Assert.Empty(reading.Skipped);
        Assert.Equal(["a.txt", "data/c.jsonl#1", "data/c.jsonl#2", "src/b.md"], reading.Ids);
        Assert.Equal(["committed", "three", "four", "two"], reading.Texts);
        Assert.Equal([$"a.txt@{commit}", "https://example.org/3", $"data/c.jsonl#2@{commit}", $"src/b.md@{commit}"], reading.Documents.Select(document => document.Uri));
        Assert.Contains($"read as commit {commit} has them", Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_the_folder_as_it_is_when_asked_to()
    {
        _git.Write("a.txt", "committed");
        _git.Commit();
        _git.Write("untracked.txt", "untracked");
        Reading reading = await Reading.OfAsync(new IngestOptions { Git = GitReading.Off }, _git.Root);
        Assert.Equal(["a.txt", "untracked.txt"], reading.Ids);
        Assert.Empty(reading.Notices);
    }

    [Fact]
    public async Task Reads_bare_repositories_their_inner_folder_and_linked_work_trees_alike()
    {
        _git.Write("a.txt", "one");
        _git.Commit();
        _git.Run("clone", "-q", "--bare", ".", _git.At("bare.git"));
        _git.Run("worktree", "add", "-q", _git.At("linked"));
        foreach (string folder in new[] { _git.At("bare.git"), Path.Join(_git.Root, ".git"), _git.At("linked") })
            Assert.Equal(["one"], (await Reading.OfAsync(folder)).Texts);
    }

    [Fact]
    public async Task Follows_neither_links_nor_submodules()
    {
        string secret = _git.At("secret.txt");
        await File.WriteAllTextAsync(secret, "not to be read", TestContext.Current.CancellationToken);
        _git.Write("a.txt", "one");
        _git.Write("empty.txt", "");
        File.CreateSymbolicLink(Path.Join(_git.Root, "link.txt"), secret);
        string commit = _git.Commit();
        _git.Run("update-index", "--add", "--cacheinfo", $"160000,{_git.Run("rev-parse", "HEAD").Trim()},module");
        _git.Run("commit", "-q", "-m", "with a submodule");

        Reading reading = await Reading.OfAsync(_git.Root);

        Assert.Equal(["one"], reading.Texts);
        Assert.Equal(
            ["empty.txt is empty: there is nothing to index.", "link.txt is a link and was not followed.", "module is a submodule, a repository of its own, and was not followed."],
            reading.Notices.Skip(1));
        Assert.NotEqual("", commit);
    }

    [Fact]
    public async Task Reads_on_behind_files_of_which_it_took_only_the_beginning()
    {
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, .. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31))];
        for (int i = 0; i < 30; i++)
        {
            _git.Write($"{i:D2}a.txt", new string((char)('a' + (i % 26)), 1 + (i * 4001)));
            _git.Write($"{i:D2}b.png", picture);
        }

        _git.Commit();
        Reading reading = await Reading.OfAsync(_git.Root);

        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i:D2}a.txt"), reading.Ids);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => new string((char)('a' + (i % 26)), 1 + (i * 4001))), reading.Texts);
        Assert.Equal(30, reading.Skipped.Count(skipped => skipped.Kind == SkipKind.NotText));
    }

    [Fact]
    public async Task Runs_no_program_of_the_repository()
    {
        _git.Write("a.txt", "one");
        _git.Commit();
        string mark = _git.At("mark"), program = _git.At("program");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\ntouch '{mark}'\n", TestContext.Current.CancellationToken);
        using (Process make = Process.Start("chmod", ["+x", program]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        foreach (string key in new[] { "core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.alternateRefsCommand", "diff.external", "pager.ls-tree", "pager.rev-parse" })
            _git.Run("-c", "core.fsmonitor=false", "config", key, program);
        _git.Run("-c", "core.fsmonitor=false", "config", "alias.ls-tree", "!" + program);
        foreach (string hook in new[] { "post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc" })
            File.Copy(program, Path.Join(_git.Root, ".git/hooks", hook), overwrite: true);

        Assert.Equal(["one"], (await Reading.OfAsync(_git.Root)).Texts);
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public async Task Asks_no_network_for_what_a_partial_clone_left_out_and_reads_the_others()
    {
        _git.Write("a.txt", "one");
        _git.Write("b.txt", "two");
        _git.Commit();
        string missing = _git.Run("rev-parse", "HEAD:a.txt").Trim();
        _git.Run("config", "remote.origin.url", "file://" + _git.At("elsewhere"));
        _git.Run("config", "remote.origin.promisor", "true");
        _git.Run("config", "extensions.partialClone", "origin");
        string stored = Path.Join(_git.Root, ".git/objects", missing[..2], missing[2..]);
        File.SetAttributes(stored, FileAttributes.Normal);
        File.Delete(stored);

        Reading reading = await Reading.OfAsync(_git.Root);

        // An older git stops listing at the first length that it cannot tell.
        Assert.DoesNotContain("one", reading.Texts);
        Assert.Contains(reading.Skipped, skipped => skipped.Kind is SkipKind.Unreadable or SkipKind.Damaged);
    }

    [Fact]
    public async Task Says_what_a_repository_without_a_commit_or_with_damage_is()
    {
        ReciteException none = await Assert.ThrowsAsync<ReciteException>(() => Reading.OfAsync(_git.Root));
        Assert.Contains("no commit yet or is damaged", none.Message, StringComparison.Ordinal);
        Assert.Contains("--git off", none.Message, StringComparison.Ordinal);

        _git.Write("a.txt", "one");
        _git.Commit();
        _git.Write(".git/HEAD", "ref: refs/heads/nowhere\n");
        await Assert.ThrowsAsync<ReciteException>(() => Reading.OfAsync(_git.Root));
        _git.Write(".git/HEAD", [0, 1, 2, 255]);
        await Assert.ThrowsAsync<ReciteException>(() => Reading.OfAsync(_git.Root));
    }

    [Fact]
    public async Task Opens_archives_and_keeps_limits_as_in_folders()
    {
        _git.Write("bundle.zip", Hostile.SampleFiles.Zip(("x.txt", "inside")));
        _git.Write("long.txt", new string('a', 5000));
        string commit = _git.Commit();
        Reading reading = await Reading.OfAsync(new IngestOptions { MaxDocumentBytes = 1000 }, _git.Root);
        Assert.Equal(["bundle.zip!/x.txt"], reading.Ids);
        Assert.Equal($"bundle.zip!/x.txt@{commit}", Assert.Single(reading.Documents).Uri);
        Assert.Equal(SkipKind.Limit, Assert.Single(reading.Skipped).Kind);
    }
}
