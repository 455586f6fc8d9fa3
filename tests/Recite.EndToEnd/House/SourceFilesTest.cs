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

    /// <summary>Each file here checks its bounds once, where memory is taken, and every reader of it was reviewed for that; a new one is added with the same care.</summary>
    [Fact]
    public void Unsafe_code_stays_in_the_files_that_were_reviewed_for_it() =>
        Assert.Equal(
            [
                "src/Recite.Indexing/Duplicates/Internals/MappedLists.cs",
                "src/Recite.Indexing/Postings/BitPacker.cs",
                "src/Recite.Indexing/Postings/HeavyLists.cs",
                "src/Recite.Indexing/Postings/NormalizedBytes.cs",
                "src/Recite.Indexing/Postings/PostingsReader.cs",
                "src/Recite.Indexing/Postings/RecordStore.cs",
                "src/Recite.Indexing/Segments/MappedPages.cs",
                "src/Recite.Indexing/Segments/MappedPart.cs",
                "src/Recite.Indexing/Segments/MemoryAdvice.cs",
                "src/Recite.Indexing/Segments/NormalizedMapping.cs",
                "src/Recite.Indexing/Segments/NormalizedReader.cs",
            ],
            SourceFiles().Where(file => File.ReadLines(file).Any(IsUnsafeDeclaration)).Select(Relative)
                .Where(file => file.StartsWith("src/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    // A keyword list in a string is no declaration.
    private static bool IsUnsafeDeclaration(string line) => line.Contains(" unsafe ", StringComparison.Ordinal) && !line.Contains('"', StringComparison.Ordinal);

    private static IEnumerable<string> SourceFiles() =>
        ((string[])["src", "tests", "benchmarks", "lab", "samples", "eng"])
            .Select(folder => Path.Combine(Repository.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}
