using System.Text.Json.Nodes;
using Recite.Reporting;

namespace Recite.Reports.Tests.Samples;

/// <summary>One estimate of each shape that audits write, and curves with their controls.</summary>
internal static class SampleEstimates
{
    public static IReadOnlyList<JsonObject> All() =>
    [
        Tries("prefix", null, "64-127", 0.02, 0.0, 0.3),
        Tries("prefix", null, "1", 11.4, 9.8, 13.1),
        Tries("held-out", "held-out", "64-127", 38.2, 33.0, 44.9),
        new JsonObject
        {
            ["name"] = "greedy-extractable", ["probe"] = "prefix", ["hits"] = 101, ["trials"] = 308, ["rate"] = 0.3279, ["low"] = 0.2757, ["high"] = 0.3834,
            ["confidence"] = 0.95, ["method"] = "clopper-pearson", ["fragile"] = 3, ["fragileMargin"] = 0.001, ["disagreements"] = new JsonArray(),
        },
        new JsonObject { ["name"] = "greedy-extractable", ["probe"] = "prefix", ["null"] = "held-out", ["hits"] = 0, ["trials"] = 300, ["rate"] = 0.0, ["low"] = 0.0, ["high"] = 0.0122 },
        new JsonObject { ["name"] = "np-unreachable", ["probe"] = "prefix", ["scheme"] = "temperature=1, top-k=40", ["samples"] = 308, ["unreachable"] = 41 },
        new JsonObject
        {
            ["name"] = "code-length", ["null"] = "out-of-fold-ngram", ["probe"] = "prefix", ["arm"] = "prefix", ["samples"] = 308, ["characters"] = 61_204,
            ["targetBitsPerCharacter"] = 0.71, ["nullBitsPerCharacter"] = 2.38, ["saving"] = 1.67, ["low"] = 1.52, ["high"] = 1.81, ["confidence"] = 0.95, ["method"] = "ratio estimate; samples unweighted",
        },
        new JsonObject { ["name"] = "chance", ["null"] = "out-of-fold-ngram", ["probe"] = "prefix", ["samples"] = 308, ["log10Median"] = -46.2, ["log10Low"] = -71.0, ["log10High"] = -22.4 },
        new JsonObject
        {
            ["name"] = "extraction-difference", ["null"] = "baseline-model", ["probe"] = "prefix", ["pairs"] = 308, ["difference"] = 0.324, ["low"] = 0.266, ["high"] = 0.381,
            ["confidence"] = 0.95, ["p"] = 1e-29, ["test"] = "McNemar, exact, two-sided",
        },
        new JsonObject
        {
            ["name"] = "canary-recall", ["probe"] = "prefix", ["trials"] = 168, ["hits"] = 80, ["recall"] = 0.476, ["low"] = 0.399, ["high"] = 0.554, ["confidence"] = 0.95, ["method"] = "clopper-pearson",
            ["strata"] = new JsonArray(
                new JsonObject { ["duplicates"] = "1", ["trials"] = 24, ["hits"] = 0, ["recall"] = 0.0, ["low"] = 0.0, ["high"] = 0.1425 },
                new JsonObject { ["duplicates"] = "64-127", ["trials"] = 24, ["hits"] = 24, ["recall"] = 1.0, ["low"] = 0.8575, ["high"] = 1.0 }),
        },
        new JsonObject { ["name"] = "missing-mass-of-atoms", ["value"] = 0.31, ["unit"] = "share", ["low"] = 0.24, ["high"] = 0.39, ["confidence"] = 0.95, ["method"] = "good-turing; delete-group jackknife" },
        new JsonObject { ["name"] = "new-atoms-at-ten-times", ["value"] = 412, ["low"] = 365, ["high"] = 470, ["unit"] = "passages", ["extrapolated"] = true, ["method"] = "smoothed Good-Toulmin" },
        new JsonObject { ["name"] = "membership", ["members"] = 100, ["nonMembers"] = 81, ["refused"] = "a blind baseline tells the classes apart", ["verdict"] = null },
    ];

    public static IReadOnlyList<Curve> Curves { get; } =
    [
        Tried("prefix", (1, 0.21, 0.17, 0.26), (10, 0.29, 0.24, 0.34), (100, 0.36, 0.31, 0.42), (10_000, 0.44, 0.38, 0.49), (1_000_000, 0.52, 0.46, 0.58)),
        Tried("held-out", (1, 0, 0, 0.012), (10, 0, 0, 0.012), (100, 0, 0, 0.012), (10_000, 0.003, 0, 0.018), (1_000_000, 0.01, 0.002, 0.029)),
    ];

    private static JsonObject Tries(string arm, string? control, string duplicates, double median, double low, double high)
    {
        var estimate = new JsonObject
        {
            ["name"] = "tries-to-half",
            ["probe"] = "prefix",
            ["arm"] = arm,
            ["scheme"] = "temperature=1",
            ["duplicates"] = duplicates,
            ["samples"] = 44,
            ["unreachable"] = 0,
            ["log10Median"] = median,
            ["log10Low"] = low,
            ["log10High"] = high,
            ["confidence"] = 0.95,
            ["method"] = "median, order statistics",
        };
        if (control is not null)
            estimate["null"] = control;
        return estimate;
    }

    private static Curve Tried(string series, params (double X, double Y, double Low, double High)[] points) =>
        new("np-extraction, p=0.5, temperature=1", series, "tries (n)", "share of samples that n tries give back with probability 0.5", [.. points.Select(p => new CurvePoint(p.X, p.Y, p.Low, p.High))]);
}
