using System.Text.Json;
using System.Text.Json.Serialization;
using Recite.Contamination;

namespace Recite.Reports.Json;

/// <summary>What <c>recite match --per-item --json</c> prints (<c>recite.contamination/1</c>).</summary>
/// <param name="Corpus">The index that was looked into.</param>
/// <param name="Rules">What counted as a match.</param>
/// <param name="Ngrams">Lengths of the word n-grams that were counted.</param>
/// <param name="TextFields">The fields that were looked for.</param>
/// <param name="Inputs">The files, in the order given.</param>
/// <param name="Summary">Items by rule.</param>
/// <param name="Items">Every item, in order.</param>
public sealed record ContaminationReport(
    MatchCorpus Corpus,
    MatchRules Rules,
    IReadOnlyList<int> Ngrams,
    IReadOnlyList<string> TextFields,
    IReadOnlyList<ItemInput> Inputs,
    IReadOnlyList<RuleSummary> Summary,
    IReadOnlyList<CheckedItem> Items)
{
    /// <summary>The name and version of the shape.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = "recite.contamination/1";
}

/// <summary>A file of items.</summary>
/// <param name="Name">As given, or <c>-</c>.</param>
/// <param name="Items">Items that were checked.</param>
/// <param name="Skipped">Lines that hold no item.</param>
public sealed record ItemInput(string Name, int Items, int Skipped);

/// <summary>Writes <c>recite.contamination/1</c>, whole or an item a line.</summary>
public static class ContaminationJson
{
    private static readonly ReportJsonContext s_lines =
        new(new JsonSerializerOptions(ReportJsonContext.Default.Options) { Encoder = SafeJsonEncoder.Instance, WriteIndented = false });

    /// <summary>Writes <paramref name="report"/> as indented UTF-8 without a byte order mark and with a final newline.</summary>
    public static async Task WriteAsync(ContaminationReport report, Stream output, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(output, report, ReportJsonShapes.Context.ContaminationReport, cancellationToken);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    /// <summary>One item as it stands in <c>items</c>, in one line without its end.</summary>
    public static string Line(CheckedItem item) => JsonSerializer.Serialize(item, s_lines.CheckedItem);
}
