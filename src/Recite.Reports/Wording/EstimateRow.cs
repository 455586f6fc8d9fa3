using System.Text.Json.Nodes;
using Recite.Reporting;

namespace Recite.Reports.Wording;

/// <summary>An estimate as a row of a table: what, figure, interval, how, and beside it what the same gives where nothing can have been memorized.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Title">What was estimated.</param>
/// <param name="Subject">Of what: probe, scheme, copies; may be empty.</param>
/// <param name="Figure">The number with its interval.</param>
/// <param name="How">How it was made.</param>
/// <param name="Further">Other numbers of it; may be empty.</param>
/// <param name="Control">The control beside it, or that there is none.</param>
/// <param name="IsControl">Whether this is itself a control.</param>
/// <param name="IsComparison">Whether the figure is itself the difference from a control.</param>
public sealed record EstimateRow(
    string Name, string Title, string Subject, EstimateFigure Figure, string How, string Further, string Control, bool IsControl, bool IsComparison)
{
    // Their null is what the figure is a comparison with.
    private static readonly HashSet<string> s_comparisons = new(["chance", "code-length", "information", "extraction-difference"], StringComparer.Ordinal);

    // Nothing would be measured where nothing was planted or found.
    private static readonly HashSet<string> s_withoutControl = new(["canary-recall", "membership", "personal-data", "scoring"], StringComparer.Ordinal);

    /// <summary>Why there is no figure, where it was refused or not run; else <see langword="null"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The rows of a report; controls stand beside what they are controls of, those of nothing else have rows of their own.</summary>
    public static IReadOnlyList<EstimateRow> Of(AuditReport report)
    {
        Entry[] entries = [.. report.Estimates.SelectMany(Entries)];
        Entry[] controls = [.. entries.Where(entry => entry.IsControl)];
        ILookup<string, Entry> own = controls.Where(entry => !entry.IsOfNoStratum).ToLookup(entry => entry.Key, StringComparer.Ordinal);
        ILookup<string, Entry> ofAll = controls.Where(entry => entry.IsOfNoStratum).ToLookup(entry => entry.KeyOfAll, StringComparer.Ordinal);
        HashSet<string> measured = [.. entries.Where(entry => !entry.IsControl).SelectMany(entry => (string[])[entry.Key, entry.KeyOfAll])];
        return
        [
            .. entries
                .Where(entry => !entry.IsControl || !measured.Contains(entry.IsOfNoStratum ? entry.KeyOfAll : entry.Key))
                .Select(entry => Row(entry, own[entry.Key].Concat(ofAll[entry.KeyOfAll]), report)),
        ];
    }

    private static IEnumerable<Entry> Entries(JsonObject estimate)
    {
        var whole = new Entry(estimate.Text("name", 80) ?? "", estimate, estimate);
        return estimate.Parts().Select(part => whole with { Json = part }).Prepend(whole);
    }

    private static EstimateRow Row(Entry entry, IEnumerable<Entry> controls, AuditReport report) => new(
        entry.Name,
        Terms.EstimateTitle(entry.Name),
        SubjectOf(entry),
        EstimateFigure.Of(entry.Name, entry.Json),
        string.Join("; ", ((string?[])
        [
            entry.Json.IsTrue("extrapolated") ? "extrapolated" : null,
            entry.Json.Text("method", 400),
            entry.Json.Text("test"),
            entry.Json.Text("note", 400),
            entry.Json.Text("refused", 400),
            entry.Json.NotRunReason(),
        ]).Where(part => part is not null)),
        entry.Json.Further(),
        ControlText(entry, controls, report),
        entry.IsControl,
        entry.IsComparison)
    {
        Reason = entry.Json.Text("refused", 400) ?? entry.Json.NotRunReason(),
    };

    private static string SubjectOf(Entry entry)
    {
        string?[] parts =
        [
            entry.Field("score") ?? entry.Field("probe"),
            entry.Field("arm") is { } arm && arm != entry.Field("probe") ? Terms.Control(arm) : null,
            entry.Field("scheme"),
            entry.Field("duplicates") is { } duplicates ? $"{StratumLabel.Show(duplicates)} {(duplicates is "1" ? "copy" : "copies")}" : null,
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    private static string ControlText(Entry entry, IEnumerable<Entry> controls, AuditReport report)
    {
        if (entry.Name == "canary-recall" && NeverPlanted(entry, report) is { } never)
            return $"true continuation returned: {RatePhrase.Count(never)} ({Terms.Control(never.Null!)})";
        if (entry.Null is { } name)
            return (entry.IsComparison ? "against " : "this is a control: ") + Terms.Control(name);
        string[] beside = [.. controls.Select(control => $"{Phrases.Capital(Terms.Control(control.Null!))}: {EstimateFigure.Of(control.Name, control.Json).Value}")];
        return beside.Length > 0 ? string.Join("; ", beside) : s_withoutControl.Contains(entry.Name) || IsOfUnseen(entry.Name) ? "does not apply" : "no control was run";
    }

    // The recall of canaries has its control among the rates: what nobody planted and came back all the same.
    private static Rate? NeverPlanted(Entry entry, AuditReport report) => report.Controls.FirstOrDefault(control =>
        control is { Name: "extraction", Null: "never-planted", Stratum: null, Trials: > 0 } && control.Probe == entry.Field("probe"));

    // What has not come out yet is estimated from what has; the control is that of the finds.
    private static bool IsOfUnseen(string name) =>
        name.StartsWith("missing-mass-of-", StringComparison.Ordinal) || name.StartsWith("new-", StringComparison.Ordinal)
        || name.StartsWith("unseen-", StringComparison.Ordinal) || name.EndsWith("-at-least", StringComparison.Ordinal);

    // A part of an entry takes from the whole what it does not say itself.
    private sealed record Entry(string Name, JsonObject Whole, JsonObject Json)
    {
        public string? Null => Field("null");

        public bool IsComparison => Null is not null && s_comparisons.Contains(Name);

        public bool IsControl => Null is not null && !IsComparison;

        /// <summary>Whether it is of no number of copies: such a control is one of every stratum.</summary>
        public bool IsOfNoStratum => Field("duplicates") is null or "0";

        /// <summary>What it is of, whatever the number of copies.</summary>
        public string KeyOfAll => string.Join('\0', Name, Field("probe"), Field("scheme"), Field("score"));

        public string Key => string.Join('\0', Name, Field("probe"), Field("scheme"), Field("duplicates"), Field("score"));

        public string? Field(string name) => Json.Text(name, 80) ?? Whole.Text(name, 80);
    }
}
