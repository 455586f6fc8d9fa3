using System.Text.Json;
using System.Text.Json.Nodes;
using Recite.Reporting;
using Recite.Reports.Tests.Samples;
using Recite.Testing;

namespace Recite.Reports.Tests.Json;

public sealed class ReportSchemaTest
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllBytes(Repository.At("docs/formats/report.schema.json"))).RootElement;

    private static readonly JsonSchemaCheck Check = new(Schema);

    [Fact]
    public async Task Every_report_is_valid_and_holds_nothing_that_the_schema_does_not_name()
    {
        AuditReport sample = SampleReport.Create();
        AuditReport[] reports =
        [
            sample,
            sample with { Rates = [], Findings = [], Controls = [], ControlsNotRun = [], Curves = [], Duplicates = [], Estimates = [], Gates = [], Notes = [] },
            sample with { Cost = sample.Cost with { Usd = 1.25 }, Target = sample.Target with { Revision = null } },
            sample with { Rates = [sample.Rates[0] with { Hits = 0, Trials = 0, Value = null, Low = null, High = null, Offset = null }] },
            sample with { Findings = [sample.Findings[6] with { Chance = null }], Duplicates = [new DuplicateStratum("0", 3, null)] },
            sample with { Controls = [sample.Controls[0] with { Stratum = new Stratum("2-3") }] },
        ];
        foreach (AuditReport report in reports)
            Assert.Empty(await ErrorsAsync(report, _ => { }));
    }

    public static TheoryData<string> RequiredFields() => [.. Schema.GetProperty("required").EnumerateArray().Select(n => n.GetString()!)];

    [Theory]
    [MemberData(nameof(RequiredFields))]
    public async Task A_report_without_a_field_fails(string field) =>
        Assert.Equal([$"$ lacks {field}"], await ErrorsAsync(SampleReport.Create(), json => json.Remove(field)));

    [Fact]
    public async Task A_field_of_another_kind_or_beyond_its_bounds_fails()
    {
        AuditReport sample = SampleReport.Create();
        Assert.Single(await ErrorsAsync(sample, json => json["schema"] = "recite.report/2"));
        Assert.Single(await ErrorsAsync(sample, json => json["rates"]![0]!["rate"] = 1.5));
        Assert.Single(await ErrorsAsync(sample, json => json["rates"]![0]!["hits"] = 1.5));
        Assert.Single(await ErrorsAsync(sample, json => json["rates"]![2]!["stratum"]!["duplicates"] = "many"));
        Assert.Single(await ErrorsAsync(sample, json => json["controls"]![0]!.AsObject().Remove("null")));
        Assert.Single(await ErrorsAsync(sample, json => json["findings"]![0]!["match"]!["kind"] = "fuzzy"));
        Assert.Single(await ErrorsAsync(sample, json => json["dispositions"]!["completed"] = -1));
        Assert.Single(await ErrorsAsync(sample, json => json["surprise"] = 1));
    }

    private static async Task<IReadOnlyList<string>> ErrorsAsync(AuditReport report, Action<JsonObject> change)
    {
        JsonObject json = JsonNode.Parse(await Written.JsonAsync(report))!.AsObject();
        change(json);
        return Check.Errors(JsonSerializer.SerializeToElement(json));
    }
}
