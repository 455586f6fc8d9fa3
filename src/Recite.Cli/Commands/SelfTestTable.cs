using System.Text.Json.Nodes;
using Recite.Cli.Terminal;
using Recite.SelfTest;

namespace Recite.Cli.Commands;

/// <summary>Prints rows of the selftest as they come, or all of them as JSON in the end.</summary>
internal sealed class SelfTestTable(CommandTerminal terminal)
{
    private const int IdColumns = 3;
    private const int ResultColumns = 7;
    private const int TimeColumns = 12;

    private static readonly string s_indent = new(' ', IdColumns + ResultColumns + TimeColumns + 6);

    /// <summary>Prints a row: what was measured, and beneath it what had to hold.</summary>
    public void Add(RowOutcome row)
    {
        string result = Word(row.Result);
        if (terminal.Json)
        {
            terminal.Say($"{row.Id}: {result}");
            return;
        }

        string time = row.Result == RowResult.NotYet ? "" : Wording.Duration(row.Time);
        terminal.Output.WriteLine(TerminalText.Of(
            $"{row.Id.PadRight(IdColumns)}  {result.PadRight(ResultColumns)}  {time.PadLeft(TimeColumns)}  {row.Measured}"));
        terminal.Output.WriteLine(TerminalText.Of($"{s_indent}bar: {row.Bar}"));
        foreach (string line in row.Details)
            terminal.Output.WriteLine(TerminalText.Of(s_indent + line));

        // Rows take minutes; each is to be read when it is there.
        terminal.Output.Flush();
    }

    /// <summary>Ends the table.</summary>
    public void Finish(IReadOnlyList<RowOutcome> rows)
    {
        if (terminal.Json)
        {
            JsonOutput.Write(terminal.Output, Json(rows));
            return;
        }

        int Count(RowResult result) => rows.Count(row => row.Result == result);
        TimeSpan time = rows.Aggregate(TimeSpan.Zero, (sum, row) => sum + row.Time);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(
            $"{Wording.Count(rows.Count, "row")}: {Count(RowResult.Pass)} pass, {Count(RowResult.Fail)} fail, {Count(RowResult.NotYet)} not yet built; {Wording.Duration(time)}");
    }

    /// <summary><c>recite.selftest/1</c>.</summary>
    internal static JsonObject Json(IReadOnlyList<RowOutcome> rows) => new()
    {
        ["schema"] = "recite.selftest/1",
        ["rows"] = new JsonArray([.. rows.Select(Json)]),
    };

    private static JsonObject Json(RowOutcome row)
    {
        var json = new JsonObject
        {
            ["id"] = row.Id,
            ["bar"] = row.Bar,
            ["measured"] = row.Measured,
            ["result"] = row.Result switch { RowResult.Pass => "pass", RowResult.Fail => "fail", _ => "notYet" },
        };
        if (row.Details.Count > 0)
            json["details"] = new JsonArray([.. row.Details.Select(line => JsonValue.Create(line))]);
        return json;
    }

    private static string Word(RowResult result) => result switch
    {
        RowResult.Pass => "pass",
        RowResult.Fail => "FAIL",
        _ => "not yet",
    };
}
