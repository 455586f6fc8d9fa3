using Recite.Indexing.Corpora;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Recipes;

public sealed class AddADocumentReaderTest
{
    [Fact]
    public async Task The_reader_of_the_recipe_reads_its_files_packed_or_not()
    {
        using var folder = new TemporaryFolder();
        const string subtitles = "1\r\n00:00:01,000 --> 00:00:02,500\r\nGood evening.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nSit down.\r\n";
        folder.Write("a.srt", subtitles);
        folder.Write("b.srt.gz", Gzip.Pack(subtitles));

        var texts = new List<string>();
        var ingest = new DocumentIngest(new IngestOptions(), [new SubtitleReader(), .. DocumentReaders.All()]);
        await foreach (Document document in ingest.ReadAsync([folder.Path], null, skipped => Assert.Fail(skipped.Reason), Assert.Fail, TestContext.Current.CancellationToken))
            texts.Add(Reading.Text(document));

        Assert.Equal(["Good evening.\nSit down.", "Good evening.\nSit down."], texts);
    }

    [Fact]
    public void The_recipe_shows_the_reader_that_is_compiled_here()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Recite.slnx")))
            root = root.Parent;
        Assert.NotNull(root);

        string source = File.ReadAllText(Path.Combine(root.FullName, "tests/Recite.Ingest.Tests/Recipes/SubtitleReader.cs")).ReplaceLineEndings("\n");
        string recipe = File.ReadAllText(Path.Combine(root.FullName, "docs/recipes/add-a-document-reader.md")).ReplaceLineEndings("\n");
        Assert.Contains(source[source.IndexOf("public sealed class", StringComparison.Ordinal)..], recipe, StringComparison.Ordinal);
    }
}
