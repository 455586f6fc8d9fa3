using System.Text;
using Recite.Evidence;
using Recite.Indexing.Text;
using Recite.Reporting;
using Recite.Tests.Auditing;
using Recite.Tests.Fakes;

namespace Recite.Tests.Mistakes;

/// <summary>
/// No verdict depends on a model's opinion: whoever has report and corpus derives every finding again by looking for its text.
/// </summary>
public sealed class A_judge_model_as_ground_truth
{
    [Fact]
    public async Task Every_finding_is_there_to_be_read_in_the_corpus()
    {
        using var audit = new SmallAudit(AuditScene.Corpus) { HeldOut = AuditScene.HeldOut(AuditScene.Never) };
        AuditReport report = await audit.RunAsync(new MemorizingTarget(AuditScene.Often));
        Assert.NotEmpty(report.Findings);
        string[] corpus = [.. AuditScene.Corpus.Select(AuditScene.Normalize)];
        foreach (Finding finding in report.Findings)
        {
            byte[] said = Encoding.UTF8.GetBytes(finding.Completion);
            string claimed = AuditScene.Normalize(Encoding.UTF8.GetString(said[finding.Match.Start..finding.Match.End]));
            Assert.Equal(finding.Match.Occurrences, corpus.Count(text => text.Contains(claimed, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_judge_asks_nobody_and_says_the_same_twice()
    {
        string text = RandomText.Make(1, 80);
        using var audit = new SmallAudit([text]);
        TextSpan? first = JudgedReply.Judge(audit, text[..100], text[100..200], text[100..300]).Extraction;
        Assert.NotNull(first);
        Assert.Equal(first, JudgedReply.Judge(audit, text[..100], text[100..200], text[100..300]).Extraction);
    }
}
