using System.Text;
using System.Text.Json.Nodes;
using Recite.Indexing;
using Recite.Reporting;
using Recite.Reports.Json;
using Recite.Reports.Tests.Samples;

namespace Recite.Reports.Tests.Json;

public sealed class ReportJsonTest
{
    [Theory]
    [InlineData("", "is not a recite.report/1")]
    [InlineData("[]", "names no schema")]
    [InlineData("{}", "names no schema")]
    [InlineData("{\"schema\": 1}", "names no schema")]
    [InlineData("{\"later\": {\"schema\": \"recite.report/1\"}}", "names no schema")]
    [InlineData("{\"schema\": \"recite.report/1\"", "is not a recite.report/1")]
    [InlineData("{\"schema\": \"recite.report/1\"}", "is not a recite.report/1")]
    [InlineData("{\"later\": [1, {}], \"schema\": \"recite.report/2\", \"rates\": 7}", "has the schema \"recite.report/2\"")]
    [InlineData("<html>", "is not a recite.report/1")]
    public void What_is_no_report_is_refused_in_one_sentence(string json, string expected)
    {
        var error = Assert.Throws<ReciteException>(() => Read(json));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("rates", "[null]")]
    [InlineData("notes", "[null]")]
    [InlineData("findings", "[null]")]
    [InlineData("run", "null")]
    [InlineData("dispositions", "null")]
    [InlineData("gates", "[{\"expression\":\"x\",\"verdict\":\"pass\",\"value\":1e999,\"low\":null,\"high\":null}]")]
    [InlineData("duplicates", "[{\"stratum\":\"1\",\"samples\":-1,\"population\":null}]")]
    [InlineData("curves", "[{\"name\":\"a\",\"series\":\"b\",\"x\":\"c\",\"y\":\"d\",\"points\":[null]}]")]
    public async Task A_report_with_holes_or_impossible_numbers_is_refused(string field, string value)
    {
        JsonObject json = await SampleAsync();
        json[field] = JsonNode.Parse(value);
        Assert.Throws<ReciteException>(() => Read(json.ToJsonString()));
    }

    [Theory]
    [InlineData("hits", "-1")]
    [InlineData("trials", "3")]
    [InlineData("rate", "1.01")]
    [InlineData("low", "-0.5")]
    [InlineData("high", "1e999")]
    [InlineData("confidence", "0")]
    [InlineData("name", "null")]
    public async Task A_rate_that_cannot_be_is_refused(string field, string value)
    {
        JsonObject json = await SampleAsync();
        json["rates"]![0]![field] = JsonNode.Parse(value);
        Assert.Throws<ReciteException>(() => Read(json.ToJsonString()));
    }

    [Fact]
    public async Task A_byte_order_mark_and_unknown_fields_are_no_obstacle()
    {
        JsonObject json = await SampleAsync();
        json["later"] = new JsonObject { ["version"] = 2 };
        AuditReport read = Read("\uFEFF" + json.ToJsonString());
        Assert.Equal(7, read.Findings.Count);
        Assert.Equal("Inés", read.Findings[2].Prompt[5..9]);
    }

    [Fact]
    public async Task A_report_beyond_the_bound_is_refused_before_it_is_held()
    {
        byte[] json = await Written.JsonAsync(SampleReport.Create());
        Assert.Equal(7, ReportJson.Read(new MemoryStream(json), json.Length).Findings.Count);
        var error = Assert.Throws<ReciteException>(() => ReportJson.Read(new MemoryStream(json), json.Length - 1));
        Assert.Contains("larger than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        JsonObject json = await SampleAsync();
        string deep = string.Concat(Enumerable.Repeat("[", 5_000)) + string.Concat(Enumerable.Repeat("]", 5_000));
        string text = json.ToJsonString().Replace("\"schema\":", $"\"later\":{deep},\"schema\":", StringComparison.Ordinal);
        Assert.Throws<ReciteException>(() => Read(text));
    }

    private static AuditReport Read(string json) => ReportJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static async Task<JsonObject> SampleAsync() => JsonNode.Parse(await Written.JsonAsync(SampleReport.Create()))!.AsObject();
}
