using System.Text;
using System.Text.Json;
using Recite.Canaries;
using Recite.Canaries.Planting;
using Recite.Indexing;
using Recite.Testing.Files;

namespace Recite.Tests.Canaries;

public sealed class CanaryPlanterTest
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Records_of_their_own_stand_where_the_list_says_and_the_rest_is_unchanged(string lineEnd)
    {
        using var folder = new TemporaryFolder();
        string input = string.Concat(Enumerable.Range(0, 20).Select(i => $"{{\"id\": \"d{i}\", \"text\":\"document  {i} \\u00e9\", \"n\": 1.50}}{lineEnd}"));
        PlantingResult result = Plant(folder, CanaryScene.Create(), folder.Write("in.jsonl", input), "out.jsonl");

        byte[] output = File.ReadAllBytes(folder.At("out.jsonl"));
        string[] lines = File.ReadAllLines(folder.At("out.jsonl"));
        Assert.Equal(4, result.Copies);
        Assert.All(result.Escrow.Entries, e => Assert.Equal(e.IsPlanted ? 1 + (e.Group % 2) : 0, e.Copies.Count));
        foreach (CanaryEntry entry in result.Escrow.Entries)
        {
            foreach (CanaryCopy copy in entry.Copies)
            {
                Assert.Equal(entry.Text, JsonDocument.Parse(lines[copy.Line - 1]).RootElement.GetProperty("text").GetString());
                Assert.StartsWith(lines[copy.Line - 1], Encoding.UTF8.GetString(output[(int)copy.Offset..]), StringComparison.Ordinal);
            }
        }

        HashSet<long> planted = [.. result.Escrow.Entries.SelectMany(e => e.Copies).Select(c => c.Line)];
        string rest = string.Concat(Encoding.UTF8.GetString(output).Split(lineEnd)[..^1].Where((_, i) => !planted.Contains(i + 1)).Select(line => line + lineEnd));
        Assert.Equal(input, rest);
        Assert.Equal(input, File.ReadAllText(folder.At("in.jsonl")));
    }

    [Fact]
    public void Decoys_are_never_planted_and_the_same_seed_gives_the_same_copy()
    {
        using var folder = new TemporaryFolder();
        CanaryEscrow escrow = CanaryScene.Create();
        string input = folder.Write("in.jsonl", string.Concat(Enumerable.Range(0, 5).Select(i => $"{{\"text\":\"d{i}\"}}\n")));
        Plant(folder, escrow, input, "a.jsonl");
        Plant(folder, escrow, input, "b.jsonl");
        Plant(folder, escrow, input, "c.jsonl", seed: 8);
        string text = File.ReadAllText(folder.At("a.jsonl"));
        Assert.All(escrow.Entries, e => Assert.Equal(e.IsPlanted, text.Contains(e.Text, StringComparison.Ordinal)));
        Assert.DoesNotContain("\"id\"", text, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(folder.At("b.jsonl")));
        Assert.NotEqual(text, File.ReadAllText(folder.At("c.jsonl")));
    }

    [Fact]
    public void Inside_records_they_stand_at_paragraph_borders()
    {
        using var folder = new TemporaryFolder();
        CanaryEscrow escrow = CanaryScene.Create();
        string input = folder.Write("in.jsonl", string.Concat(Enumerable.Range(0, 6).Select(i => $"{{\"id\":\"d{i}\",\"text\":\"one {i}\\n\\ntwo {i}\",\"n\":1.50}}\n")));
        PlantingResult result = Plant(folder, escrow, input, "out.jsonl", inside: true);
        string[] lines = File.ReadAllLines(folder.At("out.jsonl"));
        Assert.Equal(6, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] paragraphs = JsonDocument.Parse(lines[i]).RootElement.GetProperty("text").GetString()!.Split("\n\n");
            Assert.Equal([$"one {i}", $"two {i}"], paragraphs.Except(escrow.Entries.Where(e => e.IsPlanted).Select(e => e.Text)));
            Assert.Contains("\"n\":1.50", lines[i], StringComparison.Ordinal);
        }

        Assert.All(result.Escrow.Entries.SelectMany(e => e.Copies.Select(c => (e.Text, c))), copy => Assert.Contains(copy.Text, lines[copy.c.Line - 1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("one\nmore\n\ntwo\n\n\nthree\n")]
    [InlineData("one\r\n\r\ntwo")]
    [InlineData("one")]
    [InlineData("")]
    public void In_a_text_they_are_paragraphs_of_their_own(string text)
    {
        using var folder = new TemporaryFolder();
        CanaryEscrow escrow = CanaryScene.Create();
        PlantingResult result = Plant(folder, escrow, folder.Write("in.txt", text), "out.txt");
        byte[] output = File.ReadAllBytes(folder.At("out.txt"));
        string[] planted = [.. escrow.Entries.Where(e => e.IsPlanted).Select(e => e.Text)];
        foreach (CanaryEntry entry in result.Escrow.Entries)
        {
            foreach (CanaryCopy copy in entry.Copies)
            {
                Assert.True(output.AsSpan((int)copy.Offset).StartsWith(Encoding.UTF8.GetBytes(entry.Text)));
                Assert.Equal(copy.Line, output.AsSpan(0, (int)copy.Offset).Count((byte)'\n') + 1);
            }
        }

        static string[] Paragraphs(string all) => [.. all.ReplaceLineEndings("\n").Split("\n\n").Select(p => p.Trim('\n')).Where(p => p.Length > 0)];
        string[] found = Paragraphs(Encoding.UTF8.GetString(output));
        Assert.Equal(4, found.Count(planted.Contains));
        Assert.Equal(Paragraphs(text), found.Where(p => !planted.Contains(p)));
    }

    [Fact]
    public void In_a_folder_of_texts_they_are_files_of_their_own_and_everything_else_is_copied()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a/one.txt", "first");
        folder.Write("in/two.md", "second");
        folder.Write("in/picture.png", [1, 2, 0, 3]);
        PlantingResult result = Plant(folder, CanaryScene.Create(), folder.At("in"), "out");
        Assert.Equal("first", File.ReadAllText(folder.At("out/a/one.txt")));
        Assert.Equal([1, 2, 0, 3], File.ReadAllBytes(folder.At("out/picture.png")));
        Assert.All(result.Escrow.Entries.SelectMany(e => e.Copies.Select(c => (e.Text, c.File))), copy => Assert.Equal(copy.Text + "\n", File.ReadAllText(folder.At("out/" + copy.File))));
        Assert.Equal(3 + result.Copies, Directory.EnumerateFiles(folder.At("out"), "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void A_dataset_that_holds_a_canary_or_a_decoy_is_refused_and_nothing_is_left_behind()
    {
        using var folder = new TemporaryFolder();
        CanaryEscrow escrow = CanaryScene.Create();
        string input = folder.Write("in.jsonl", "{\"text\":\"a\"}\n");
        PlantingResult planted = Plant(folder, escrow, input, "out.jsonl");
        Assert.Contains("already", Refusal(() => Plant(folder, escrow, folder.At("out.jsonl"), "again.jsonl")), StringComparison.Ordinal);
        Assert.Contains("planted already", Refusal(() => Plant(folder, planted.Escrow, input, "again.jsonl")), StringComparison.Ordinal);
        string decoy = folder.Write("decoy.txt", "x " + escrow.Entries.First(e => !e.IsPlanted).Text + " y");
        Assert.Contains("decoy.txt:1", Refusal(() => Plant(folder, escrow, decoy, "again.txt")), StringComparison.Ordinal);
        Assert.False(Path.Exists(folder.At("again.jsonl")));
        Assert.False(Path.Exists(folder.At("again.jsonl.partial")));
    }

    [Fact]
    public void What_cannot_be_planted_into_is_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        CanaryEscrow escrow = CanaryScene.Create();
        folder.Write("packed/x.jsonl.gz", [31, 139]);
        Assert.Contains("unpack", Refusal(() => Plant(folder, escrow, folder.At("packed"), "o")), StringComparison.Ordinal);
        Assert.Contains("does not exist", Refusal(() => Plant(folder, escrow, folder.At("nothing"), "o")), StringComparison.Ordinal);
        Assert.Contains("UTF-16", Refusal(() => Plant(folder, escrow, folder.Write("wide.txt", [0xFF, 0xFE, 65, 0]), "o")), StringComparison.Ordinal);
        Assert.Contains("bad.jsonl:2", Refusal(() => Plant(folder, escrow, folder.Write("bad.jsonl", "{\"text\":\"a\"}\n{"), "o")), StringComparison.Ordinal);
        Assert.Contains("--text-field", Refusal(() => Plant(folder, escrow, folder.Write("other.jsonl", "{\"content\":\"a\"}\n"), "o")), StringComparison.Ordinal);
        Assert.Contains("exists already", Refusal(() => Plant(folder, escrow, folder.At("bad.jsonl"), "bad.jsonl")), StringComparison.Ordinal);
        folder.Write("dataset/a.txt", "a");
        Assert.Contains("inside the dataset", Refusal(() => Plant(folder, escrow, folder.At("dataset"), "dataset/copy")), StringComparison.Ordinal);
        Assert.Contains("nothing to plant", Refusal(() => Plant(folder, escrow, Path.GetDirectoryName(folder.Write("pictures/a.png", [1]))!, "o")), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_longer_than_any_buffer_are_read_whole()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("long.txt", new string('a', 200_000) + "\n" + new string('b', 70_000) + "\n\nc");
        using var reader = new LineReader(path);
        var lengths = new List<int>();
        while (reader.TryRead(out ReadOnlySpan<byte> line))
            lengths.Add(line.Length);
        Assert.Equal([200_001, 70_001, 1, 1], lengths);
    }

    private static PlantingResult Plant(TemporaryFolder folder, CanaryEscrow escrow, string input, string output, bool inside = false, ulong seed = 7) =>
        CanaryPlanter.Plant(escrow, new PlantingOptions { Input = input, Output = folder.At(output), IntoDocuments = inside, Seed = seed }, TestContext.Current.CancellationToken);

    private static string Refusal(Action plant) => Assert.Throws<ReciteException>(plant).Message;
}
