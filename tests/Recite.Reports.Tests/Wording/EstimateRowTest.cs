using System.Text.Json.Nodes;
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
        Assert.Equal($"non members{Gap}81", row.Further);
    }

    private static EstimateRow Single(JsonObject estimate) => Assert.Single(EstimateRow.Of(SampleReport.Create() with { Estimates = [estimate] }));
}
