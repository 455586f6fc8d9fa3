using Parquet;
using Recite.Ingest.Tests.Arrow;
using Recite.Ingest.Tests.Hostile;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Inputs;

public sealed class DatasetFolderTest
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Reads_the_tables_of_a_saved_dataset_in_their_order()
    {
        _folder.Write("d/dataset_dict.json", "{\"splits\": [\"test\", \"train\"]}");
        foreach (string split in new[] { "train", "test" })
        {
            _folder.Write($"d/{split}/dataset_info.json", "{\"features\": {}}");
            _folder.Write($"d/{split}/state.json", "{\"_data_files\": []}");
            _folder.Write($"d/{split}/data-00000-of-00002.arrow", ArrowFiles.Stream([$"{split} one", $"{split} two"], 1));
            _folder.Write($"d/{split}/data-00001-of-00002.arrow", ArrowFiles.Stream([$"{split} three"], 1));
            _folder.Write($"d/{split}/cache-0123456789abcdef.arrow", ArrowFiles.Stream(["a copy"], 1));
        }

        Reading reading = await Reading.OfAsync(_folder.At("d"));

        Assert.Empty(reading.Skipped);
        Assert.Equal(["test one", "test two", "test three", "train one", "train two", "train three"], reading.Texts);
        Assert.Equal(7, reading.Notices.Count(notice => notice.Contains("describes the dataset or is a copy", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Reads_the_tables_of_a_snapshot_of_the_hub_whose_files_are_links()
    {
        _folder.Write("blobs/1", SampleFiles.Parquet(CompressionMethod.Snappy, ["one", "two"]));
        _folder.Write("blobs/2", "{\"text\":\"three\"}\n");
        _folder.Write("blobs/3", "---\nconfigs:\n- config_name: default\n---\n# A dataset\n");
        foreach ((string blob, string name) in new[] { ("1", "data/train.parquet"), ("2", "data/more.jsonl"), ("3", "README.md") })
        {
            string link = _folder.At("snapshots/abc/" + name);
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.CreateSymbolicLink(link, _folder.At("blobs/" + blob));
        }

        Reading reading = await Reading.OfAsync(_folder.At("snapshots/abc"));

        Assert.Equal(["three", "one", "two"], reading.Texts);
        Assert.StartsWith("README.md describes the dataset", Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# Just a project\n\nconfigs: none\n")]
    [InlineData("---\ntitle: A page\n---\nconfigs:\n")]
    [InlineData("---\nconfigs:\nwithout an end\n")]
    public async Task Takes_no_other_folder_for_one(string readme)
    {
        _folder.Write("p/README.md", readme);
        Assert.Equal(["README.md"], (await Reading.OfAsync(_folder.At("p"))).Ids);
    }
}
