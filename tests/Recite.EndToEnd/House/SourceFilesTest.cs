using Recite.Testing;
namespace Recite.EndToEnd.House;

/// <summary>Habits that a reviewer should not have to watch over.</summary>
public sealed class SourceFilesTest
{
    private const int LongestFile = 300;

    [Fact]
    public void No_source_file_is_longer_than_one_job_needs() =>
        Assert.Empty(SourceFiles().Where(file => File.ReadLines(file).Count() > LongestFile).Select(Relative));

    [Fact]
    public void Nothing_is_left_for_later_and_nothing_is_swallowed()
    {
        string[] signs = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception", "catch { " + "}"];
        Assert.Empty(SourceFiles().Where(file => signs.Any(sign => File.ReadAllText(file).Contains(sign, StringComparison.Ordinal))).Select(Relative));
    }

    [Fact]
    public void Unsafe_code_stays_behind_the_one_checked_door() =>
        Assert.Equal(
            ["src/Recite.Indexing/Segments/MappedPart.cs"],
            SourceFiles().Where(file => File.ReadLines(file).Any(line => line.Contains(" unsafe ", StringComparison.Ordinal))).Select(Relative).Where(file => file.StartsWith("src/", StringComparison.Ordinal)));

    private static IEnumerable<string> SourceFiles() =>
        ((string[])["src", "tests", "benchmarks", "lab", "samples", "eng"])
            .Select(folder => Path.Combine(Repository.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}
