using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Recite.Indexing;
using Recite.Runs;
using Recite.Targets;
using Recite.Testing.Files;

namespace Recite.Tests.Runs;

public sealed class RunStoreTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly RunStore _store;

    public RunStoreTest() => _store = new RunStore(_folder.At("runs"), _time);

    [Fact]
    public void Ids_sort_by_time_and_the_second_of_a_second_gets_a_number()
    {
        Assert.Equal("20260102T030405Z-abcdef", Start("abcdef"));
        Assert.Equal("20260102T030405Z-abcdef-2", Start("abcdef"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("20260102T030406Z-000000", Start("000000"));
        Assert.Equal(["20260102T030405Z-abcdef", "20260102T030405Z-abcdef-2", "20260102T030406Z-000000"], _store.List().Select(r => r.Id));
    }

    [Fact]
    public void Finds_the_newest_unfinished_run_of_the_same_questions()
    {
        Assert.Null(_store.FindUnfinished(Digest("aaaaaa")));
        string first = Start("aaaaaa");
        _time.Advance(TimeSpan.FromMinutes(1));
        string second = Start("aaaaaa");
        Start("bbbbbb");
        Assert.Equal(second, _store.FindUnfinished(Digest("aaaaaa")));
        Finish(second);
        Assert.Equal(first, _store.FindUnfinished(Digest("aaaaaa")));
        Assert.Equal(second, _store.FindLatest(Digest("aaaaaa")));
        Finish(first);
        Assert.Null(_store.FindUnfinished(Digest("aaaaaa")));
        Assert.Equal(_time.GetUtcNow(), _store.List()[0].Finished);
    }

    [Fact]
    public void A_run_that_is_being_written_is_told_in_one_sentence_and_can_still_be_read()
    {
        string id = Start("aaaaaa");
        using RunFile writing = _store.Open(id, write: true);
        Assert.Contains("being written by another process", Assert.Throws<ReciteException>(() => _store.Open(id, write: true)).Message, StringComparison.Ordinal);
        Assert.Contains("being written by another process", Assert.Throws<ReciteException>(() => _store.Delete(id)).Message, StringComparison.Ordinal);
        using RunFile reading = _store.Open(id, write: false);
        Assert.Equal(id, reading.Header.Id);
    }

    [Fact]
    public void Opens_by_the_beginning_of_an_id_and_says_when_it_is_none()
    {
        string id = Start("aaaaaa");
        Start("bbbbbb");
        using (RunFile run = _store.Open("20260102T030405Z-a", write: false))
            Assert.Equal(id, run.Header.Id);
        Assert.Contains("beginning of 2 runs", Assert.Throws<ReciteException>(() => _store.Open("2026", write: false)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no run", Assert.Throws<ReciteException>(() => _store.Open("1999", write: false)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no run", Assert.Throws<ReciteException>(() => _store.Open("", write: false)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("..")]
    [InlineData("/")]
    public void Never_leaves_its_folder(string name)
    {
        Start("aaaaaa");
        Directory.CreateDirectory(_folder.At("outside"));
        Assert.Throws<ReciteException>(() => _store.Delete(name));
        Assert.True(Directory.Exists(_folder.At("outside")));
    }

    [Fact]
    public void Removes_a_run_and_nothing_else()
    {
        string id = Start("aaaaaa");
        string other = Start("bbbbbb");
        _store.Delete(id);
        Assert.Equal([other], _store.List().Select(r => r.Id));
        Assert.False(Directory.Exists(_store.FolderOf(id)));
    }

    [Fact]
    public void What_a_kill_left_half_made_is_no_run()
    {
        Directory.CreateDirectory(_folder.At("runs/.new-20260102T030405Z-aaaaaa"));
        Directory.CreateDirectory(_folder.At("runs/20260102T030405Z-cccccc"));
        Assert.NotNull(Assert.Single(_store.List()).Problem);
        Assert.Null(_store.FindUnfinished(Digest("cccccc")));
        Assert.Equal("20260102T030405Z-aaaaaa", Start("aaaaaa"));
    }

    [Fact]
    public void Exports_completions_as_replay_reads_them()
    {
        string id = Start("aaaaaa");
        using (RunFile run = _store.Open(id, write: true))
        {
            run.SavePlan([RunFileTest.Attempt(0), RunFileTest.Attempt(1), RunFileTest.Attempt(2)], "{}");
            run.Record([
                RunFileTest.Done(0, "a \"quoted\"\nline"),
                new AttemptResult(1, new Completion { RequestIndex = 1, Disposition = Disposition.Error, Error = "x" }),
            ]);
        }

        using var output = new StringWriter();
        _store.ExportReplay(id, output);
        JsonNode line = JsonNode.Parse(Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)))!;
        Assert.Equal(("prefix-0-1", "Once upon", "a \"quoted\"\nline"), ((string?)line["id"], (string?)line["prompt"], (string?)line["completion"]));
        Assert.Equal("truncated", (string?)line["meta"]!["disposition"]);
    }

    public void Dispose() => _folder.Dispose();

    private static string Digest(string six) => six + new string('0', 58);

    private string Start(string six)
    {
        using RunFile run = _store.Start(Digest(six), (id, started) => new RunHeader
        {
            Id = id,
            ConfigDigest = Digest(six),
            Config = "{}",
            Target = "fake:x",
            Corpus = "c.rix",
            Manifest = "sha256:1",
            Version = "1",
            Started = started,
        });
        return run.Header.Id;
    }

    private void Finish(string id)
    {
        using RunFile run = _store.Open(id, write: true);
        run.Finish(_time.GetUtcNow());
    }
}
