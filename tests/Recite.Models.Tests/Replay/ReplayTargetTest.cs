using Recite.Indexing;
using Recite.Models.Replay;
using Recite.Models.Tests.Http;
using Recite.Targets;

namespace Recite.Models.Tests.Replay;

public sealed class ReplayTargetTest : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.jsonl");

    public void Dispose() => File.Delete(path);

    [Fact]
    public async Task Answers_by_attempt_first_and_by_prompt_in_the_order_of_the_file()
    {
        ReplayTarget target = Record(
            """{"id":"x","prompt":"prompt 0","completion":"first of prompt 0"}""",
            """{"id":"attempt-1","prompt":"something else","completion":"by attempt"}""",
            """{"id":"y","prompt":[{"role":"user","content":"prompt 2"}],"completion":"by message"}""",
            """{"id":"z","prompt":"prompt 0","completion":"second of prompt 0"}""");
        IReadOnlyList<CompletionRequest> requests = Asking.Requests(3);
        List<Completion> completions = await target.CompleteAllAsync([.. requests, requests[0] with { Index = 3, AttemptId = "again" }]);
        Assert.Equal(["first of prompt 0", "by attempt", "by message", "second of prompt 0"], completions.Select(c => c.Text), StringComparer.Ordinal);
        Assert.Equal([0, 1, 2, 3], completions.Select(c => c.RequestIndex));
    }

    [Fact]
    public async Task A_record_named_by_one_request_never_answers_another()
    {
        ReplayTarget target = Record("""{"id":"attempt-1","prompt":"prompt 0","completion":"belongs to 1"}""");
        List<Completion> completions = await target.CompleteAllAsync(Asking.Requests(2));
        Assert.Equal([Disposition.Error, Disposition.Completed], completions.Select(c => c.Disposition));
        Assert.Equal("There is no recorded output for the attempt attempt-0, neither by its id nor by its prompt.", completions[0].Error);
    }

    [Fact]
    public async Task Asking_for_an_attempt_again_gives_the_same_record()
    {
        ReplayTarget target = Record("""{"id":"attempt-0","prompt":"p","completion":"c"}""");
        Assert.Equal("c", (await target.CompleteAllAsync(Asking.Requests(1)))[0].Text);
        Assert.Equal("c", (await target.CompleteAllAsync(Asking.Requests(1)))[0].Text);
    }

    [Theory]
    [InlineData("""{"finish_reason":"length"}""", "text", Disposition.Truncated)]
    [InlineData("""{"finish_reason":"content_filter"}""", "text", Disposition.Filtered)]
    [InlineData("""{"finish_reason":"stop"}""", "text", Disposition.Completed)]
    [InlineData("""{"disposition":"refused","finish_reason":"stop"}""", "text", Disposition.Refused)]
    [InlineData("""{"disposition":"error"}""", "", Disposition.Error)]
    [InlineData("{}", "", Disposition.Empty)]
    [InlineData("null", "text", Disposition.Completed)]
    public async Task Meta_tells_how_it_ended(string meta, string completion, Disposition disposition)
    {
        ReplayTarget target = Record($$"""{"id":"attempt-0","prompt":"p","completion":"{{completion}}","meta":{{meta}}}""");
        Assert.Equal(disposition, Assert.Single(await target.CompleteAllAsync(Asking.Requests(1))).Disposition);
        Assert.Equal(disposition, Assert.Single(target.Records).Disposition);
    }

    [Fact]
    public async Task Shows_its_records_for_an_audit_of_what_is_there()
    {
        ReplayTarget target = Record(
            "",
            """{"id":7,"prompt":[{"role":"system","content":"be kind"},{"role":"user","content":[{"type":"text","text":"hello"}]}],"completion":"hi","model":"m"}""");
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Equal([new RecordedOutput("7", "be kind\n\nhello", "hi", "m", Disposition.Completed)], ((IRecordedOutputs)target).Records);
        Assert.Equal("replay", target.Capabilities.Endpoint);
        Assert.Matches("^sha256:[0-9a-f]{64}$", target.Capabilities.Revision);
    }

    [Fact]
    public async Task The_digest_is_that_of_the_file()
    {
        string text = "\uFEFF{\"id\":\"a\",\"prompt\":\"\",\"completion\":\"ü\"}\r\n\n{\"id\":\"b\",\"prompt\":\"\",\"completion\":\"x\"}";
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        ReplayTarget target = new("replay:x", path);
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        byte[] digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal($"sha256:{Convert.ToHexStringLower(digest)}", target.Capabilities.Revision);
        Assert.Equal(["a", "b"], target.Records.Select(record => record.Id), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("not json", "not JSON")]
    [InlineData("""{"id":"a","prompt":"p","completion":"c\ud800"}""", "not JSON")]
    [InlineData("[]", "\"id\" must be a text")]
    [InlineData("""{"prompt":"p","completion":"c"}""", "\"id\" must be a text")]
    [InlineData("""{"id":"a","completion":"c"}""", "\"prompt\" must be")]
    [InlineData("""{"id":"a","prompt":[{"role":"user"}],"completion":"c"}""", "\"content\"")]
    [InlineData("""{"id":"a","prompt":"p"}""", "\"completion\" must be a text")]
    [InlineData("""{"id":"a","prompt":"p","completion":"c","meta":{"disposition":"3"}}""", "meta.disposition")]
    public async Task A_broken_line_is_named_by_file_and_line(string line, string expected)
    {
        ReplayTarget target = Record("""{"id":"fine","prompt":"p","completion":"c"}""", line);
        ReciteException error = await Assert.ThrowsAsync<ReciteException>(() => target.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith($"{path}:2: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_end_is_refused_before_it_fills_memory()
    {
        await using (FileStream file = File.Create(path))
        {
            file.SetLength(RecordedFile.MaximumLineBytes + 100);
        }

        ReciteException error = await Assert.ThrowsAsync<ReciteException>(() => new ReplayTarget("replay:x", path).ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains(":1: this line is longer than 16 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_outputs_is_refused()
    {
        ReciteException error = await Assert.ThrowsAsync<ReciteException>(() => Record("", "  ").ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains("holds no output", error.Message, StringComparison.Ordinal);
    }

    private ReplayTarget Record(params string[] lines)
    {
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        return new ReplayTarget($"replay:{path}", path);
    }
}
