namespace Recite.SelfTest;

/// <summary>A row whose part has not been built: it stands in the table, so that nobody takes silence for success.</summary>
/// <param name="Id">For instance <c>T16</c>.</param>
/// <param name="Bar">What must hold once it can be measured.</param>
/// <param name="Missing">What has not been built.</param>
public sealed record NotYetRow(string Id, string Bar, string Missing);

/// <summary>The rows that cannot be measured yet; a line leaves when the row comes.</summary>
public static class NotYetRows
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<NotYetRow> All { get; } =
    [
        new("T3", "untargeted recall inside the 99.9 % Poisson-binomial interval, nothing expected more than 12 times missed", "untargeted probes are not built"),
        new("T4", "divergence judge: a planted passage is found, a faithful repetition and fluent novel text are not", "the divergence probe is not built"),
        new("T8", "exposure = brute-force rank over 10,000 fills; null mean 1.4419 within 3 standard errors", "the exposure row is not built"),
        new("T9", "species: the realised doubling is covered in at least 93 of 100 reruns, mean bias at most 5 %", "the species row is not built"),
        new("T11", "foreign index: 0 chance hits at the headline length", "the foreign-index row is not built"),
        new("T12", "prompt echo: 0 after the discount; a partial echo leaves exactly the rest", "the prompt-echo row is not built"),
        new("T13", "a blind baseline refuses a shifted split at 25, 100 and 1,000 a class", "membership inference is not built"),
        new("T14", "exact intervals cover at least 95 % on the whole grid, clustered ones at least 92 %", "the coverage row is not built"),
        new("T15", "rank test: type I error in [3.7 %, 6.4 %] at 5 % over 1,000 null sets", "the rank-test row is not built"),
        new("T16", "near-verbatim: 50-word passages with 10 % of words changed found in at least 99 % at g = 32, 97 % at g = 64", "near-verbatim matching is not built"),
        new("T17", "dispositions of replies labelled by someone else: macro-F1 at least 0.95", "the labelled set of replies is not built"),
        new("T18", "guard: 0 protected runs of the threshold's length in 10,000 adversarial streams, every chunking", "the guard is not built"),
        new("T19", "guard: at most 0.1 % false blocks on at least 3,700 ordinary replies", "the guard is not built"),
        new("T20", "out-of-fold null: log10 p at most -20 for a passage planted 64 times; the in-fold variant fails", "the out-of-fold n-gram is not built"),
        new("T21", "divergence rises with the repetition penalty; at none the repetition goes on", "the divergence probe is not built"),
    ];
}
