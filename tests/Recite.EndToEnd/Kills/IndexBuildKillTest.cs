using System.Diagnostics;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Kills;

/// <summary>
/// A build that is killed at any moment leaves the old index or none, and the next build puts everything right. The moments are drawn
/// uniformly over the measured duration of a build that nobody killed.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class IndexBuildKillTest(ITestOutputHelper output)
{
    private const int Seed = 20_261_123;
    private const int Repetitions = 6;

    private readonly int[] _hits = new int[Enum.GetValues<BuildPhase>().Length];

    [Fact]
    public Task Five_kills_leave_the_old_index_or_none() => KillAsync(5, [BuildPhase.WritingFirstSegment]);

    [Fact]
    [Trait("Category", "Long")]
    public Task Fifty_kills_leave_the_old_index_or_none() =>
        KillAsync(50, [BuildPhase.NothingYet, BuildPhase.WritingFirstSegment, BuildPhase.WritingLaterSegment]);

    private async Task KillAsync(int kills, BuildPhase[] expected)
    {
        using var folder = new TemporaryFolder();
        string oldInput = KillCorpus.Write(folder, "old", Repetitions), newInput = KillCorpus.Write(folder, "new", Repetitions);
        string oldIndex = folder.At("old.rix"), newIndex = folder.At("new.rix");
        await BuildAsync(oldInput, oldIndex);
        TimeSpan duration = await BuildAsync(newInput, newIndex);
        string oldDigest = IndexFolder.ReadDigest(oldIndex)!, newDigest = IndexFolder.ReadDigest(newIndex)!;
        Assert.NotEqual(oldDigest, newDigest);

        var moments = new KillMoments(kills, Seed);
        for (int i = 0; i < kills; i++)
        {
            bool replaces = i % 2 == 1;
            string index = folder.At("killed.rix");
            if (replaces)
                IndexFolder.Copy(oldIndex, index);
            IReadOnlySet<string> before = IndexFolder.ReadSegmentFiles(index);
            TimeSpan moment = duration * moments.ShareOf(i);
            KilledProcess killed = await KilledProcess.RunAsync(Arguments(newInput, index), moment, null, TestContext.Current.CancellationToken);
            BuildPhase phase = killed.WasRunning ? IndexFolder.FindPhase(index, newDigest, before) : BuildPhase.EndedBefore;
            _hits[(int)phase]++;
            string where = $"kill {i}, {(replaces ? "replacing" : "first")} build, after {moment.TotalMilliseconds:F0} ms, {phase}";

            await CheckAsync(index, replaces ? [oldDigest, newDigest] : [null, newDigest], where);

            // The machine may be slower or faster by now, and the next moment is drawn over what a build takes now.
            duration = await BuildAsync(newInput, index);
            await CheckAsync(index, [newDigest], where);
            Assert.Equal(IndexFolder.ReadNamedFiles(index), IndexFolder.ReadSegmentFiles(index));
            Assert.Equal(["manifest.json", "segments"], Directory.EnumerateFileSystemEntries(index).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Directory.Delete(index, recursive: true);
        }

        string histogram = Describe(kills);
        output.WriteLine(histogram);
        Assert.True(_hits[(int)BuildPhase.EndedBefore] <= kills / 2, $"Most kills came after the end. {histogram}");
        Assert.All(expected, phase => Assert.True(_hits[(int)phase] > 0, $"No kill hit {phase}. {histogram}"));
    }

    private static async Task CheckAsync(string index, string?[] allowed, string where)
    {
        string? digest = IndexFolder.ReadDigest(index);
        Assert.True(allowed.Contains(digest), $"{where}: the index is {digest ?? "absent"}, which is neither the old one nor the new one");
        string command = digest is null ? "info" : "verify";
        ReciteResult result = await ReciteProcess.RunAsync(Repository.Root, ["index", command, index]);
        Assert.True(result.ExitCode == (digest is null ? 2 : 0), $"{where}: index {command} ended with {result.ExitCode}: {result.Output}{result.Error}");
    }

    private static async Task<TimeSpan> BuildAsync(string input, string index)
    {
        long started = Stopwatch.GetTimestamp();
        ReciteResult built = await ReciteProcess.RunAsync(Repository.Root, Arguments(input, index));
        Assert.True(built.ExitCode == 0, built.Error);
        return Stopwatch.GetElapsedTime(started);
    }

    private static string[] Arguments(string input, string index) => ["index", "build", input, "-o", index, .. KillCorpus.Options];

    private string Describe(int kills) =>
        $"{kills} kills: "
        + string.Join(", ", Enum.GetValues<BuildPhase>().Select(phase => $"{phase} {_hits[(int)phase]}"));
}
