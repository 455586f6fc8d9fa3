using System.Text.Json;
using Recite.Cli.Commands;
using Recite.SelfTest;
using Recite.Testing;

namespace Recite.Cli.Tests.Commands;

public sealed class SelfTestCommandTest
{
    private static readonly JsonSchemaCheck Schema =
        new(JsonDocument.Parse(File.ReadAllBytes(Repository.At("docs/formats/selftest.schema.json"))).RootElement);

    [Fact]
    public void Json_is_the_reviewed_one_and_keeps_the_schema()
    {
        string json = SelfTestTable.Json(
        [
            new RowOutcome("T2", "100 % stand there", "7 of 7", RowResult.Pass, TimeSpan.FromSeconds(1)),
            new RowOutcome("T10", "0 differences", "3 differences; the first: <\"a\">", RowResult.Fail, TimeSpan.FromSeconds(2)),
            new RowOutcome("T16", "at least 99 %", "99.5 % of 1,200", RowResult.Pass, TimeSpan.FromSeconds(3)) { Details = ["g 32, 50 words: 100.0 99.5", "g 64, 50 words: 99.0 98.5"] },
            new RowOutcome("T19", "at most 0.1 %", "the guard is not built", RowResult.NotYet, TimeSpan.Zero),
        ]).ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
        Golden.Matches("selftest.json", json);
        Assert.Empty(Schema.Errors(JsonDocument.Parse(json).RootElement));
        Assert.NotEmpty(Schema.Errors(JsonDocument.Parse(json.Replace("notYet", "maybe", StringComparison.Ordinal)).RootElement));
    }

    [Fact]
    public async Task Rows_that_are_not_built_never_pass_and_never_fail()
    {
        CommandRun run = await CommandRun.OfAsync("selftest", "--only", "T18, t19", "--json");
        Assert.Equal(0, run.ExitCode);
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Empty(Schema.Errors(json));
        Assert.Equal(["T18 notYet", "T19 notYet"], json.GetProperty("rows").EnumerateArray().Select(row => $"{row.GetProperty("id")} {row.GetProperty("result")}"));
    }

    [Fact]
    public async Task A_table_shows_each_row_with_its_bar()
    {
        CommandRun run = await CommandRun.OfAsync("selftest", "--only", "T18");
        Assert.Equal(0, run.ExitCode);
        NotYetRow row = NotYetRows.All.Single(row => row.Id == "T18");
        string[] lines = run.Output.Split('\n');
        Assert.Matches($"^T18  not yet +{row.Missing}$", lines[0]);
        Assert.Matches($"^ +bar: {row.Bar}$", lines[1]);
        Assert.StartsWith("1 row: 0 pass, 0 fail, 1 not yet built", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "its rows are T")]
    [InlineData(" , ", "its rows are T")]
    [InlineData("T18,t18", "named more than once")]
    public async Task No_row_and_a_row_that_is_named_twice_are_refused(string only, string expected)
    {
        CommandRun run = await CommandRun.OfAsync("selftest", "--only", only);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_row_that_does_not_exist_is_refused()
    {
        CommandRun run = await CommandRun.OfAsync("selftest", "--only", "T2,T22");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no row 'T22'", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
