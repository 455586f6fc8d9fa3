using System.Text;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Disks;

/// <summary>On a full disk and in a read-only directory every command that writes an index ends with one sentence and leaves the index as it was.</summary>
[Collection(ProcessTests.Name)]
public sealed class FullDiskTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("build $in/large.jsonl -o disk/corpus.rix")]
    [InlineData("add disk/corpus.rix $in/large.jsonl")]
    [InlineData("merge disk/corpus.rix --yes")]
    public async Task A_full_disk_leaves_the_old_index(string command)
    {
        await PrepareAsync();
        ReciteResult result = await MountedDisk.RunAsync(
            _folder.Path,
            $"cd '{_folder.Path}'; in='{_folder.Path}'; mkdir disk",
            "mount -t tmpfs -o size=3m tmpfs disk",
            "cp -r small.rix disk/corpus.rix",
            "before=$(cat disk/corpus.rix/manifest.json | cksum)",
            // Nothing fits any more where the change needs only little room.
            command.StartsWith("merge", StringComparison.Ordinal) ? "head -c 10000000 /dev/zero > disk/ballast 2> /dev/null" : ":",
            $"recite index {command} --no-progress; echo \"exit $?\"",
            "[ \"$before\" = \"$(cat disk/corpus.rix/manifest.json | cksum)\" ] && echo unchanged",
            "rm -f disk/ballast; recite index verify disk/corpus.rix",
            "recite index merge disk/corpus.rix --yes; ls -A disk/corpus.rix disk/corpus.rix/segments");
        Assert.Contains("exit 2", result.Output, StringComparison.Ordinal);
        Assert.Contains("unchanged", result.Output, StringComparison.Ordinal);
        Assert.Contains("is sound", result.Output, StringComparison.Ordinal);
        Assert.Contains("No space left", OnlySentence(result), StringComparison.Ordinal);
        Assert.DoesNotContain("building", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(".lock", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build $in/large.jsonl -o disk/new.rix")]
    [InlineData("build $in/large.jsonl -o disk/corpus.rix")]
    [InlineData("add disk/corpus.rix $in/large.jsonl")]
    [InlineData("remove disk/corpus.rix --document small-0 --yes")]
    [InlineData("merge disk/corpus.rix --yes")]
    public async Task A_read_only_directory_is_refused_and_can_still_be_read(string command)
    {
        await PrepareAsync();
        ReciteResult result = await MountedDisk.RunAsync(
            _folder.Path,
            $"cd '{_folder.Path}'; in='{_folder.Path}'; mkdir disk",
            "mount -t tmpfs -o size=9m tmpfs disk",
            "cp -r small.rix disk/corpus.rix",
            "mount -o remount,ro disk",
            $"recite index {command} --no-progress; echo \"exit $?\"",
            "recite index verify disk/corpus.rix; recite match small.jsonl -c disk/corpus.rix > match.txt; echo \"match $?\"");
        Assert.Contains("exit 2", result.Output, StringComparison.Ordinal);
        Assert.Contains("is sound", result.Output, StringComparison.Ordinal);
        Assert.Contains("match 0", result.Output, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", OnlySentence(result), StringComparison.Ordinal);
    }

    private static string OnlySentence(ReciteResult result) =>
        Assert.Single(result.Error.Split('\n'), line => line.StartsWith("recite: ", StringComparison.Ordinal));

    // A small index of two segments and a removed document; a large corpus that does not fit beside it.
    private async Task PrepareAsync()
    {
        WriteCorpus("small", 40);
        WriteCorpus("more", 40);
        WriteCorpus("large", 1500);
        await SucceedAsync("index", "build", "small.jsonl", "-o", "small.rix");
        await SucceedAsync("index", "add", "small.rix", "more.jsonl");
        await SucceedAsync("index", "remove", "small.rix", "--document", "small-1", "--yes");
    }

    // Random letters, so that nothing can be compressed away.
    private void WriteCorpus(string name, int documents)
    {
        var random = new Random(name.Length);
        using var writer = new StreamWriter(_folder.At($"{name}.jsonl"), append: false, new UTF8Encoding(false));
        for (int i = 0; i < documents; i++)
            writer.Write($"{{\"id\":\"{name}-{i}\",\"text\":\"{random.GetString("abcdefghijklmnopqrstuvwxyz ", 6000)}\"}}\n");
    }

    private async Task SucceedAsync(params string[] arguments)
    {
        ReciteResult result = await ReciteProcess.RunAsync(_folder.Path, arguments);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
