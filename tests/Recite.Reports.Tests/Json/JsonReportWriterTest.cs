using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recite.Reporting;
using Recite.Reports.Json;
using Recite.Reports.Tests.Samples;
using Recite.Testing;

namespace Recite.Reports.Tests.Json;

public sealed class JsonReportWriterTest
{
    [Fact]
    public async Task The_sample_report_is_as_it_was_reviewed() =>
        Golden.Matches("sample.json", await Written.JsonAsync(SampleReport.Create()));

    [Fact]
    public async Task The_same_report_gives_the_same_bytes_whatever_order_its_dictionary_has()
    {
        AuditReport report = SampleReport.Create();
        AuditReport other = SampleReport.Create() with { Dispositions = report.Dispositions.Reverse().ToDictionary(StringComparer.Ordinal) };
        Assert.Equal(await Written.JsonAsync(report), await Written.JsonAsync(other));
    }

    [Fact]
    public async Task What_is_read_back_is_written_as_the_same_bytes()
    {
        byte[] once = await Written.JsonAsync(SampleReport.Create());
        AuditReport read = ReportJson.Read(new MemoryStream(once));
        Assert.Equal(once, await Written.JsonAsync(read));
    }

    [Fact]
    public async Task It_is_UTF8_without_byte_order_mark_with_line_feeds_and_a_final_one()
    {
        byte[] json = await Written.JsonAsync(SampleReport.Create());
        Assert.Equal((byte)'{', json[0]);
        Assert.Equal((byte)'\n', json[^1]);
        Assert.DoesNotContain((byte)'\r', json);
        Assert.Contains("Inés", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_number_that_is_not_finite_is_a_bug_and_never_written(double number)
    {
        AuditReport report = SampleReport.Create();
        report = report with { Rates = [report.Rates[0] with { Value = number }] };
        await Assert.ThrowsAsync<ArgumentException>(() => Written.JsonAsync(report));
    }

    [Fact]
    public async Task Unknown_money_and_a_rate_without_trials_are_null_and_unknown_probabilities_are_absent()
    {
        AuditReport report = SampleReport.Create();
        report = report with
        {
            Rates = [report.Rates[0] with { Hits = 0, Trials = 0, Value = null, Low = null, High = null }],
            Findings = [report.Findings[0] with { Probability = null, Chance = null }],
        };
        JsonNode json = JsonNode.Parse(await Written.JsonAsync(report))!;
        Assert.True(json["cost"]!.AsObject().TryGetPropertyValue("usd", out JsonNode? usd) && usd is null);
        Assert.True(json["rates"]![0]!.AsObject().TryGetPropertyValue("rate", out JsonNode? rate) && rate is null);
        Assert.False(json["rates"]![0]!.AsObject().ContainsKey("stratum"));
        Assert.False(json["rates"]![0]!.AsObject().ContainsKey("null"));
        Assert.False(json["findings"]![0]!.AsObject().ContainsKey("probability"));
        Assert.False(json["findings"]![0]!.AsObject().ContainsKey("chance"));
    }

    [Fact]
    public async Task The_fields_of_the_contract_come_in_its_order()
    {
        string[] contract = ["schema", "run", "target", "corpus", "config", "rates", "findings", "controls", "curves", "duplicates", "estimates", "cost", "gates", "reproduce"];
        JsonObject json = JsonNode.Parse(await Written.JsonAsync(SampleReport.Create()))!.AsObject();
        Assert.Equal(contract, json.Select(p => p.Key).Where(contract.Contains));
        Assert.Equal(["name", "null", "probe", "unit", "hits", "trials", "rate", "low", "high", "confidence", "method", "base", "population", "offset"], json["controls"]![0]!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public async Task Hostile_text_can_neither_drive_a_terminal_nor_end_a_script_element()
    {
        byte[] json = await Written.JsonAsync(Hostile.Report());
        string text = Encoding.UTF8.GetString(json);
        Assert.DoesNotContain('<', text);
        Assert.DoesNotContain('\u001B', text);
        Assert.DoesNotContain('\u202E', text);
        Assert.DoesNotContain('\u200B', text);
        Assert.Contains("\\u202E", text, StringComparison.Ordinal);

        // Lone surrogates cannot stand in UTF-8; everything else survives.
        string expected = Hostile.Report().Notes[0].Replace('\uDC00', '\uFFFD').Replace('\uD83D', '\uFFFD');
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(expected, document.RootElement.GetProperty("notes")[0].GetString());
    }

    [Fact]
    public async Task Personal_data_is_masked_unless_it_is_to_be_revealed()
    {
        string masked = Encoding.UTF8.GetString(await Written.JsonAsync(SampleReport.Create()));
        string revealed = Encoding.UTF8.GetString(await Written.WriteAsync(new JsonReportWriter(new ReportOptions(Reveal: true)), SampleReport.Create()));
        Assert.DoesNotContain("halloran", masked, StringComparison.Ordinal);
        Assert.Contains("halloran", revealed, StringComparison.Ordinal);
    }
}
