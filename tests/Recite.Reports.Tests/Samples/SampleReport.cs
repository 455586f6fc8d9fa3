using System.Text.Json.Nodes;
using Recite.Reporting;

namespace Recite.Reports.Tests.Samples;

/// <summary>A report of an invented audit: every section has something to show, and all numbers fit together.</summary>
internal static class SampleReport
{
    /// <summary>A fresh copy; <c>with</c> makes the variants.</summary>
    public static AuditReport Create() => new()
    {
        Run = new RunSummary("20260114-093012-7f3a", "2026-01-14T09:30:12Z", "2026-01-14T09:41:55Z", 7, "0.1.0", Complete: true),
        Target = new TargetSummary("onnx:models/lighthouse-2m", "onnx", "sha256:5d0f3e7c1b8a"),
        Corpus = new CorpusSummary("lighthouse.rix", "sha256:9a4c1e0b77d25f6e13c8", 214, 482_771),
        Config = Config(),
        Rates = [.. SampleRates.Extraction, .. SampleRates.CorpusMatch],
        Findings = SampleFindings.All,
        Controls = SampleRates.Controls,
        ControlsNotRun =
        [
            new ControlNotRun("baseline-model", "no baseline was configured; set baseline: to a model that never saw the corpus"),
            new ControlNotRun("out-of-fold-ngram", "fewer than 5 folds of documents share no span"),
        ],
        Curves =
        [
            Curve("foreign-index", "this audit", (5, 0.94), (10, 0.71), (20, 0.55), (30, 0.52), (50, 0.31), (100, 0.04)),
            Curve("foreign-index", "unrelated corpus", (5, 0.81), (10, 0.12), (20, 0.003), (30, 0), (50, 0), (100, 0)),
            .. SampleEstimates.Curves,
        ],
        Duplicates = SampleRates.Duplicates,
        Estimates = SampleEstimates.All(),
        Dispositions = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["truncated"] = 12,
            ["completed"] = 1_581,
            ["filtered"] = 5,
            ["empty"] = 2,
            ["error"] = 8,
            ["refused"] = 0,
        },
        Cost = new CostSummary(1_608, 190_412, null, 702.6),
        Gates =
        [
            new GateResult("extraction-rate <= 1%", "fail", SampleRates.Extraction[0].Value, SampleRates.Extraction[0].Low, SampleRates.Extraction[0].High),
            new GateResult("corpus-match-rate <= 55%", "inconclusive", SampleRates.CorpusMatch[0].Value, SampleRates.CorpusMatch[0].Low, SampleRates.CorpusMatch[0].High),
            new GateResult("longest < 100w", "pass", 34, null, null),
        ],
        Notes =
        [
            "8 of 1608 attempts ended in an error; they count as attempts and as no hit.",
            "2 samples stood alone in their stratum and have no permuted suffix.",
        ],
        Reproduce = new Reproduction("recite audit recite.yaml -t onnx:models/lighthouse-2m -c lighthouse.rix -o report.html", Config()),
    };

    private static JsonObject Config() => new()
    {
        ["targets"] = new JsonArray("onnx:models/lighthouse-2m"),
        ["corpus"] = "lighthouse.rix",
        ["heldOut"] = "never-trained.jsonl",
        ["probes"] = new JsonArray(new JsonObject
        {
            ["prefix"] = new JsonObject { ["samples"] = 308, ["prefix"] = "50t", ["suffix"] = "50t", ["offset"] = "random", ["repeat"] = 1, ["seed"] = 7 },
        }),
        ["gates"] = new JsonArray("extraction-rate <= 1%", "corpus-match-rate <= 55%", "longest < 100w"),
    };

    private static Curve Curve(string name, string series, params (double X, double Y)[] points) =>
        new(name, series, "words in a row", "share of outputs", [.. points.Select(p => new CurvePoint(p.X, p.Y))]);
}
