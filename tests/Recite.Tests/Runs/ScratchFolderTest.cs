using Recite.Runs;

namespace Recite.Tests.Runs;

/// <summary>Temporary folders go with their process, however it ends.</summary>
public sealed class ScratchFolderTest
{
    private readonly string _prefix = $"recite-test-scratch-{Guid.NewGuid():N}-";

    [Fact]
    public void Disposing_removes_the_folder_and_what_is_in_it()
    {
        string path;
        using (var scratch = ScratchFolder.Create(_prefix))
        {
            path = scratch.Path;
            File.WriteAllText(Path.Combine(path, "rows"), "x");
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_and_what_a_live_one_uses_stays()
    {
        // A killed process leaves its files, and a lock that nobody holds.
        string left = Directory.CreateTempSubdirectory(_prefix).FullName;
        File.WriteAllText(Path.Combine(left, ".lock"), "");
        File.WriteAllText(Path.Combine(left, "rows"), "x");
        using var live = ScratchFolder.Create(_prefix);
        Assert.False(Directory.Exists(left));

        using var other = ScratchFolder.Create(_prefix);
        Assert.True(Directory.Exists(live.Path));
        Assert.NotEqual(live.Path, other.Path);
    }

    [Fact]
    public void A_folder_that_is_just_being_made_stays()
    {
        string young = Directory.CreateTempSubdirectory(_prefix).FullName;
        using (ScratchFolder.Create(_prefix))
            Assert.True(Directory.Exists(young));
        Directory.Delete(young);
    }
}
