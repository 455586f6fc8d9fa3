using System.Diagnostics;
using System.Text.Json.Nodes;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Kills;

/// <summary>
/// An addition, a removal or a merge that is killed at any moment leaves the index as it was or as it was to become, sound either way, and the
/// next command that writes sweeps away what was left lying about.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class IndexLifeKillTest(ITestOutputHelper output)
{
    private const int Seed = 20_261_124;

    private readonly int[] _hits = new int[Enum.GetValues<BuildPhase>().Length];

    [Theory]
    [InlineData("add")]
    [InlineData("remove")]
    [InlineData("merge")]
    public Task Five_kills_leave_the_old_index_or_the_new_one(string command) => KillAsync(command, 5, Expected(command));

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("add")]
    [InlineData("remove")]
    [InlineData("merge")]
    public Task Fifty_kills_leave_the_old_index_or_the_new_one(string command) => KillAsync(command, 50, Expected(command));

    // A removal writes a few bytes: its moments are in its reading of the names, and what can lie on the disk at each of them is put there by
    // hand in the tests of the engine.
    private static BuildPhase[] Expected(string command) => command is "remove" ? [BuildPhase.NothingYet] : [BuildPhase.WritingFirstSegment];

    private async Task KillAsync(string command, int kills, BuildPhase[] expected)
    {
        using var folder = new TemporaryFolder();
        string old = await MakeOldAsync(folder, command);
        string[] arguments = Arguments(folder, command);
        string oldDigest = IndexFolder.ReadDigest(old)!;
        (string newDigest, TimeSpan duration) = await RunToTheEndAsync(folder, old, command, arguments);
        Assert.NotEqual(oldDigest, newDigest);

        var moments = new KillMoments(kills, Seed);
        for (int i = 0; i < kills; i++)
        {
            string index = folder.At("killed.rix");
            IndexFolder.Copy(old, index);
            IReadOnlySet<string> before = IndexFolder.ReadSegmentFiles(index);
            TimeSpan moment = duration * moments.ShareOf(i);
            KilledProcess killed = await KilledProcess.RunAsync(["index", command, index, .. arguments], moment, null, TestContext.Current.CancellationToken);
            BuildPhase phase = killed.WasRunning ? IndexFolder.FindPhase(index, newDigest, before) : BuildPhase.EndedBefore;
            _hits[(int)phase]++;
            string where = $"kill {i} of {command}, after {moment.TotalMilliseconds:F0} ms, {phase}";

            string digest = await CheckAsync(index, [oldDigest, newDigest], where);
            duration = await FinishAsync(index, command, arguments, digest == oldDigest ? newDigest : null, duration, where);
            Assert.Equal(IndexFolder.ReadNamedFiles(index), IndexFolder.ReadSegmentFiles(index));
            Assert.Equal(["manifest.json", "segments"], Directory.EnumerateFileSystemEntries(index).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Directory.Delete(index, recursive: true);
        }

        string histogram = $"{kills} kills of {command}: " + string.Join(", ", Enum.GetValues<BuildPhase>().Select(phase => $"{phase} {_hits[(int)phase]}"));
        output.WriteLine(histogram);
        Assert.True(_hits[(int)BuildPhase.EndedBefore] <= kills / 2, $"Most kills came after the end. {histogram}");
        Assert.All(expected, phase => Assert.True(_hits[(int)phase] > 0, $"No kill hit {phase}. {histogram}"));
    }

    // Each command has much to do where that is possible: a large addition, a removal from many documents, a merge of all of it.
    private static async Task<string> MakeOldAsync(TemporaryFolder folder, string command)
    {
        string index = folder.At("old.rix");
        await SucceedAsync(["index", "build", KillCorpus.Write(folder, "old", command is "add" ? 1 : 3), "-o", index, .. KillCorpus.Options]);
        File.WriteAllLines(folder.At("ids.txt"), FirstIds(folder.At("old.jsonl")));
        if (command is "merge")
        {
            await SucceedAsync(["index", "add", index, KillCorpus.Write(folder, "more", 1), .. KillCorpus.Options]);
            await SucceedAsync(["index", "remove", index, "--ids", folder.At("ids.txt"), "--yes"]);
        }

        return index;
    }

    private static string[] Arguments(TemporaryFolder folder, string command) => command switch
    {
        "add" => [KillCorpus.Write(folder, "more", 3), .. KillCorpus.Options],
        "remove" => ["--ids", folder.At("ids.txt"), "--yes"],
        _ => ["--yes", .. KillCorpus.Options],
    };

    private static IEnumerable<string> FirstIds(string path) =>
        File.ReadLines(path).Take(200).Select(line => (string)JsonNode.Parse(line)!["id"]!);

    private static async Task<(string Digest, TimeSpan Duration)> RunToTheEndAsync(TemporaryFolder folder, string old, string command, string[] arguments)
    {
        string index = folder.At("whole.rix");
        IndexFolder.Copy(old, index);
        TimeSpan duration = await SucceedAsync(["index", command, index, .. arguments]);
        string digest = IndexFolder.ReadDigest(index)!;
        Directory.Delete(index, recursive: true);
        return (digest, duration);
    }

    // The next command that writes: the same again where nothing had been done, else a merge, which every index can take.
    private static async Task<TimeSpan> FinishAsync(string index, string command, string[] arguments, string? expected, TimeSpan duration, string where)
    {
        if (expected is null)
        {
            await SucceedAsync(["index", "merge", index, "--yes", .. KillCorpus.Options]);
            await CheckAsync(index, [IndexFolder.ReadDigest(index)!], where);
            return duration;
        }

        // The machine may be slower or faster by now, and the next moment is drawn over what the command takes now.
        TimeSpan took = await SucceedAsync(["index", command, index, .. arguments]);
        await CheckAsync(index, [expected], where);
        return took;
    }

    private static async Task<string> CheckAsync(string index, string[] allowed, string where)
    {
        string digest = IndexFolder.ReadDigest(index) ?? "absent";
        Assert.True(allowed.Contains(digest), $"{where}: the index is {digest}, which is neither the old one nor the new one");
        ReciteResult result = await ReciteProcess.RunAsync(Repository.Root, ["index", "verify", index]);
        Assert.True(result.ExitCode == 0, $"{where}: index verify ended with {result.ExitCode}: {result.Output}{result.Error}");
        return digest;
    }

    private static async Task<TimeSpan> SucceedAsync(string[] arguments)
    {
        long started = Stopwatch.GetTimestamp();
        ReciteResult result = await ReciteProcess.RunAsync(Repository.Root, arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.Error}");
        return Stopwatch.GetElapsedTime(started);
    }
}
