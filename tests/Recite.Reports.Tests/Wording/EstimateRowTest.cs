using System.Text.Json.Nodes;
using Recite.Reporting;
using Recite.Reports.Tests.Samples;
using Recite.Reports.Wording;

namespace Recite.Reports.Tests.Wording;

public sealed class EstimateRowTest
{
    private const string Gap = Phrases.Gap;

    [Fact]
    public void A_figure_stands_beside_the_control_of_the_same_probe_scheme_and_stratum()
    {
        IReadOnlyList<EstimateRow> rows = EstimateRow.Of(SampleReport.Create());
        EstimateRow often = Assert.Single(rows, row => row.Subject == "prefix, temperature=1, 64–127 copies");
        Assert.Equal($"about{Gap}1{Gap}try", often.Figure.Value);
        Assert.Equal($"1 to 2 (95{Gap}%)", often.Figure.Interval);
        Assert.Equal($"Held-out documents: about{Gap}10³⁸{Gap}tries", often.Control);
        EstimateRow once = Assert.Single(rows, row => row.Subject == "prefix, temperature=1, 1 copy");
        Assert.Equal("no control was run", once.Control);
        Assert.DoesNotContain(rows, row => row.IsControl);
    }

    [Fact]
    public void A_control_without_its_figure_is_not_lost_and_says_what_it_is()
    {
        EstimateRow row = Single(new JsonObject { ["name"] = "contaminated-control", ["null"] = "held-out", ["trials"] = 20, ["hits"] = 3 });
        Assert.True(row.IsControl);
        Assert.Equal("this is a control: held-out documents", row.Control);
        Assert.Equal("3 of 20", row.Figure.Value);
    }

    [Fact]
    public void A_comparison_names_what_it_compares_with()
    {
        EstimateRow row = Single(new JsonObject { ["name"] = "extraction-difference", ["null"] = "baseline-model", ["difference"] = -0.02, ["low"] = -0.05, ["high"] = 0.01 });
        Assert.Equal("against a model that never saw the text", row.Control);
        Assert.Equal($"−2.00{Gap}%", row.Figure.Value);
        Assert.Equal($"−5.00{Gap}% to +1.00{Gap}%", row.Figure.Interval);
    }

    [Fact]
    public void Strata_are_rows_of_their_own()
    {
        IReadOnlyList<EstimateRow> rows = EstimateRow.Of(SampleReport.Create());
        Assert.Equal(["prefix", "prefix, 1 copy", "prefix, 64–127 copies"], rows.Where(row => row.Title == "Planted canaries that the probe found").Select(row => row.Subject));
        Assert.Contains(rows, row => row.Figure.Value == $"100{Gap}% (24 of 24)");
    }

    [Fact]
    public void What_lies_beyond_any_number_of_tries_is_said_to() =>
        Assert.Equal("30 of 44 out of reach", Single(new JsonObject { ["name"] = "tries-to-half", ["samples"] = 44, ["unreachable"] = 30, ["log10Median"] = null }).Figure.Value);

    [Fact]
    public void What_was_extrapolated_and_what_was_refused_is_said_first()
    {
        Assert.StartsWith("extrapolated; smoothed", Single(new JsonObject { ["name"] = "species", ["value"] = 3, ["unit"] = "passages", ["extrapolated"] = true, ["method"] = "smoothed" }).How, StringComparison.Ordinal);
        EstimateRow refused = Single(new JsonObject { ["name"] = "membership", ["refused"] = "too few", ["auc"] = 0.9 });
        Assert.Equal(("refused", "too few"), (refused.Figure.Value, refused.How));
    }

    [Fact]
    public void A_name_and_fields_that_nobody_foresaw_are_shown_as_they_are()
    {
        EstimateRow row = Single(new JsonObject { ["name"] = "some-new-figure", ["value"] = 0.25, ["unit"] = "share", ["nonMembers"] = 81, ["high"] = 0.5 });
        Assert.Equal("Some-new-figure", row.Title);
        Assert.Equal($"25.0{Gap}%", row.Figure.Value);
        Assert.Equal($"up to 50.0{Gap}%", row.Figure.Interval);
        Assert.Equal($"81{Gap}non-members", row.Further);
    }

    [Fact]
    public void A_control_of_no_stratum_is_the_control_of_each_stratum_and_no_row_of_its_own()
    {
        JsonObject Tries(string? control, string duplicates, double log10) => new()
        {
            ["name"] = "tries-to-half",
            ["probe"] = "prefix",
            ["null"] = control,
            ["scheme"] = "temperature=1",
            ["duplicates"] = duplicates,
            ["log10Median"] = log10,
        };
        IReadOnlyList<EstimateRow> rows = EstimateRow.Of(SampleReport.Create() with { Estimates = [Tries(null, "1", 9), Tries(null, "2-3", 2), Tries("held-out", "0", 38), Tries("permuted-suffix", "2-3", 40)] });
        Assert.Equal(2, rows.Count);
        Assert.Equal($"Held-out documents: about{Gap}10³⁸{Gap}tries", rows[0].Control);
        Assert.Equal($"Permuted suffixes: about{Gap}10⁴⁰{Gap}tries; Held-out documents: about{Gap}10³⁸{Gap}tries", rows[1].Control);
    }

    [Fact]
    public void Canaries_that_were_never_planted_are_the_control_of_those_that_were()
    {
        AuditReport report = SampleReport.Create();
        Assert.All(EstimateRow.Of(report).Where(row => row.Name == "canary-recall"), row => Assert.Equal("true continuation returned: 0 of 1,000 (canaries never planted)", row.Control));
        Assert.All(EstimateRow.Of(report with { Controls = [] }).Where(row => row.Name == "canary-recall"), row => Assert.Equal("does not apply", row.Control));
    }

    [Fact]
    public void Further_numbers_are_words_and_nothing_is_said_of_what_did_not_happen()
    {
        var estimate = new JsonObject { ["name"] = "greedy-extractable", ["rate"] = 0.5, ["fragile"] = 25, ["fragileMargin"] = 0.001, ["tooShort"] = 0, ["missedAtMost"] = 0.5897 };
        Assert.Equal($"25 that a near tie decides (less than 0.001 logits), at most 59.0{Gap}% missed", Single(estimate).Further);
        EstimateRow scoring = Single(new JsonObject { ["name"] = "scoring", ["passes"] = 1_469, ["scored"] = 1_460, ["failed"] = 9, ["tokens"] = 146_900 });
        Assert.Equal(("1,460 of 1,469", $"9 failed, 146,900{Gap}tokens"), (scoring.Figure.Value, scoring.Further));
    }

    private static EstimateRow Single(JsonObject estimate) => Assert.Single(EstimateRow.Of(SampleReport.Create() with { Estimates = [estimate] }));
}
