// An audit without asking any model: outputs that somebody already has are held against a corpus.
//   dotnet run samples/audit-recorded-outputs.cs
#:project ../src/Recite.Models/Recite.Models.csproj
#:project ../src/Recite.Reports/Recite.Reports.csproj
#:property PublishAot=false

using System.Text;
using Recite;
using Recite.Config;
using Recite.Indexing.Corpora;
using Recite.Indexing.Text;
using Recite.Models;
using Recite.Reporting;
using Recite.Reports;
using Recite.Runs;
using Recite.Targets;

const string Passage = "At low water the old road to the island shows itself, a line of darker sand that no map has drawn for ninety years.";

string folder = Directory.CreateTempSubdirectory("audit-recorded-").FullName;
try
{
    string outputs = Path.Combine(folder, "outputs.jsonl");
    await File.WriteAllLinesAsync(
        outputs,
        [
            $$"""{"id": "1", "prompt": "Tell me about the road.", "completion": "They say: {{Passage}} So be careful."}""",
            """{"id": "2", "prompt": "Tell me about the sea.", "completion": "The sea is wide, and that is all I can tell you about it today."}""",
        ]);
    await CorpusBuilder.BuildAsync(Corpus(), Path.Combine(folder, "corpus.rix"), new CorpusBuildOptions(), progress: null, CancellationToken.None);

    using CorpusIndex corpus = CorpusIndex.Open(Path.Combine(folder, "corpus.rix"));
    await using ITarget target = TargetFactory.Create($"replay:{outputs}", new TargetSettings());
    AuditReport report = await AuditPipeline.RunAsync(
        new AuditInputs
        {
            Config = new AuditConfig { Match = new MatchConfig { MinLength = new TextLength(80, LengthUnit.Characters) } },
            Target = target,
            Corpus = corpus,
            Runs = new RunStore(Path.Combine(folder, "runs"), TimeProvider.System),
            Time = TimeProvider.System,
        },
        new AuditOptions(),
        progress: null,
        CancellationToken.None);

    await ReportFile.WriteAsync(report, Path.Combine(folder, "report.html"));
    Console.WriteLine(ReportSummary.Of(report).Title);
    Console.WriteLine($"{report.Findings.Count} finding(s); the first is from {report.Findings[0].Match.Sources[0].Document}.");
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static async IAsyncEnumerable<Document> Corpus()
{
    yield return new Document("island", "island", Encoding.UTF8.GetBytes($"{Passage} The ferryman's son walked it once, with his shoes in his hands."));
    await Task.CompletedTask;
}
