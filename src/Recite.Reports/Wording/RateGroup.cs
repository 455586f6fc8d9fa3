using Recite.Reporting;

namespace Recite.Reports.Wording;

/// <summary>Everything measured under one name by one probe: the headline, its strata, and the same on completed attempts and controls.</summary>
public sealed class RateGroup
{
    private const string Attempts = "attempts";

    private readonly IReadOnlyList<Rate> _allControls;

    private RateGroup(Rate first, IEnumerable<Rate> rates, IReadOnlyList<Rate> allControls)
    {
        _allControls = allControls;
        Rate[] controls = [.. allControls.Where(c => Belongs(c, first))];
        Name = first.Name;
        Probe = first.Probe;
        Unit = first.Unit;
        Population = first.Population;
        Offset = first.Offset;
        Rate[] all = [.. rates];

        // Rates over attempts are what is judged; a report that only has the other base is shown by it.
        Base = all.Any(IsOverAttempts) ? Attempts : first.Base;
        Rate[] judged = [.. all.Where(r => r.Base == Base)];
        Headline = judged.FirstOrDefault(r => r.Stratum is null);
        Strata = [.. judged.Where(r => r.Stratum is not null).OrderBy(r => StratumLabel.LowerEnd(r.Stratum!.Duplicates)).ThenBy(r => r.Stratum!.Duplicates, StringComparer.Ordinal)];
        OverOtherBase = [.. all.Where(r => r.Base != Base)];
        Controls = [.. controls.Where(c => c.Base == Base || !controls.Any(o => o.Base == Base && o.Null == c.Null))];
    }

    /// <summary>What is counted.</summary>
    public string Name { get; }

    /// <summary>The probe.</summary>
    public string Probe { get; }

    /// <summary>What a trial is.</summary>
    public string Unit { get; }

    /// <summary>What it is a rate of.</summary>
    public string Population { get; }

    /// <summary>Where samples begin.</summary>
    public string? Offset { get; }

    /// <summary>What trials are counted over: attempts, where the report has them.</summary>
    public string Base { get; }

    /// <summary>The rate without a stratum.</summary>
    public Rate? Headline { get; }

    /// <summary>Rates of the strata, by lower end.</summary>
    public IReadOnlyList<Rate> Strata { get; }

    /// <summary>The same rates over the base that is not judged.</summary>
    public IReadOnlyList<Rate> OverOtherBase { get; }

    /// <summary>The same measurement where nothing can have been memorized.</summary>
    public IReadOnlyList<Rate> Controls { get; }

    /// <summary>Controls that were measured at all.</summary>
    public IEnumerable<Rate> MeasuredControls => Controls.Where(c => c is { Trials: > 0, High: not null });

    /// <summary>The rate that stands for the group: the headline, or its only stratum.</summary>
    public Rate? Main => Headline ?? (Strata.Count == 1 ? Strata[0] : null);

    /// <summary>Trials altogether.</summary>
    public int Trials => Headline?.Trials ?? Strata.Sum(s => s.Trials);

    /// <summary>Hits altogether.</summary>
    public int Hits => Headline?.Hits ?? Strata.Sum(s => s.Hits);

    /// <summary>The rate of the same stratum over the base that is not judged.</summary>
    public Rate? Other(Rate rate) => OverOtherBase.FirstOrDefault(r => r.Stratum == rate.Stratum);

    /// <summary>Controls that say something about a rate: of a stratum its own and those of no stratum, of the headline all.</summary>
    public IEnumerable<Rate> ControlsOf(Rate rate) =>
        MeasuredControls.Where(c => rate.Stratum is null || c.Stratum is null || c.Stratum == rate.Stratum);

    /// <summary>The number under which drawings and tables name a control: its place in the report's list, from 1.</summary>
    public int NumberOf(Rate control)
    {
        int at = 0;
        while (at < _allControls.Count && !ReferenceEquals(_allControls[at], control))
            at++;
        return at + 1;
    }

    /// <summary>The groups of a report: extraction first, then in order of appearance.</summary>
    public static IReadOnlyList<RateGroup> Of(AuditReport report) =>
    [
        .. report.Rates
            .GroupBy(r => (r.Name, r.Probe, r.Population, r.Offset))
            .Select(g => new RateGroup(g.First(), g, report.Controls))
            .OrderBy(g => g.Name == "extraction" ? 0 : 1),
    ];

    private static bool Belongs(Rate control, Rate rate) =>
        control.Name == rate.Name && control.Probe == rate.Probe && (control.Offset is null || rate.Offset is null || control.Offset == rate.Offset);

    private static bool IsOverAttempts(Rate rate) => rate.Base == Attempts;
}
