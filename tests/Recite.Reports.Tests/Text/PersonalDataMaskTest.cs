using System.Text;
using Recite.Evidence;
using Recite.Reporting;
using Recite.Reports.Tests.Samples;
using Recite.Reports.Text;

namespace Recite.Reports.Tests.Text;

public sealed class PersonalDataMaskTest
{
    [Theory]
    [InlineData("mail", "write to j.müller@example.com today", "write to *.*·****@*******.*** today")]
    [InlineData("telephone", "ring +1 (202) 555-0147 now", "ring +* (***) ***-**** now")]
    [InlineData("card", "card 4000 0012 3456 7899.", "card **** **** **** ****.")]
    [InlineData("iban", "pay DE02 1203 0000 0000 2020 51 soon", "pay **** **** **** **** **** ** soon")]
    [InlineData("key", "use sk-0123456789abcdefABCDEF here", "use **-********************** here")]
    [InlineData("mail", "to \U0001D41A.jose\u0301@example.com now", "to \U0001D41A.****·@*******.*** now")]
    [InlineData("name", "Ana \U0001D41A.", "*** \U0001F7BC.")]
    [InlineData("key", "-----BEGIN PRIVATE KEY-----\nMIIB\nAg+/==\n-----END PRIVATE KEY-----", "-----***** ******* ***-----\n****\n**+/==\n-----*** ******* ***-----")]
    [InlineData("name", "Ana Ruiz, 4 Elm Row", "*** ****, * *** ***")]
    [InlineData("mail", "no pattern finds this", "** ******* ***** ****")]
    public void Letters_and_digits_of_the_class_become_asterisks(string dataClass, string text, string expected)
    {
        Finding masked = Mask(dataClass, text);
        Assert.Equal(expected, masked.Completion);
        Assert.Equal(expected, masked.Prompt);
        Assert.Equal(expected, masked.Evidence.Output.Text);
        Assert.Equal(expected, masked.Evidence.Source.Text);
    }

    [Fact]
    public void Neither_the_UTF8_nor_the_UTF16_offsets_move()
    {
        const string Text = "Ünïcødé 漢字 क á 😀 \uD800 name";
        string masked = Mask("name", Text).Completion;
        Assert.Equal(Text.Length, masked.Length);
        for (int i = 0; i <= Text.Length; i++)
            Assert.Equal(Encoding.UTF8.GetByteCount(Text.AsSpan(0, i)), Encoding.UTF8.GetByteCount(masked.AsSpan(0, i)));
    }

    [Fact]
    public void Masking_what_is_masked_changes_nothing()
    {
        AuditReport once = PersonalDataMask.Apply(SampleReport.Create(), new ReportOptions());
        AuditReport twice = PersonalDataMask.Apply(once, new ReportOptions());
        Assert.Equal(once.Findings[4].Completion, twice.Findings[4].Completion);
        Assert.Contains("leave word with the steward", twice.Findings[4].Completion, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_begins_in_the_context_is_masked_in_both_parts()
    {
        AuditReport report = With("telephone", "0147 is the end", before: "ring 555-");
        Finding masked = PersonalDataMask.Apply(report, new ReportOptions()).Findings[0];
        Assert.Equal("**** is the end", masked.Evidence.Output.Text);
        Assert.Equal("ring ***-", masked.Evidence.Output.Before);
    }

    [Fact]
    public void A_megabyte_of_near_misses_is_masked()
    {
        string line = string.Concat(Enumerable.Repeat("aaaa.bbbb-", 100_000)) + " a@b.example";
        Assert.EndsWith("*@*.*******", Mask("mail", line).Completion, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_without_personal_data_and_revealed_reports_stay_as_they_are()
    {
        AuditReport report = SampleReport.Create();
        Assert.Same(report, PersonalDataMask.Apply(report, new ReportOptions(Reveal: true)));
        Assert.Same(report.Findings[0], PersonalDataMask.Apply(report, new ReportOptions()).Findings[0]);
    }

    private static Finding Mask(string dataClass, string text) => PersonalDataMask.Apply(With(dataClass, text), new ReportOptions()).Findings[0];

    private static AuditReport With(string dataClass, string text, string before = "")
    {
        var pane = new EvidencePane(before, text, "", []);
        return SampleReport.Create() with
        {
            Findings = [SampleFindings.All[0] with { Prompt = text, Completion = text, PersonalData = [dataClass], Evidence = new EvidencePanes(pane, pane) }],
        };
    }
}
