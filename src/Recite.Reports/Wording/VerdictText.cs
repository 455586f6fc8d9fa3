using Recite.Reporting;

namespace Recite.Reports.Wording;

/// <summary>What the audit found, in words for someone who reads one paragraph of it; report and terminal print the same.</summary>
/// <param name="Title">One line.</param>
/// <param name="Paragraphs">Of each measurement: what was done and how often it happened; then what the controls say and how sure that is.</param>
/// <param name="Judgement">The strongest judgement of any group.</param>
public sealed record VerdictText(string Title, IReadOnlyList<string> Paragraphs, Judgement Judgement)
{
    private const int MaxGroups = 6;
    private const int MaxControls = 8;

    /// <summary>The verdict of a report.</summary>
    public static VerdictText Of(AuditReport report)
    {
        IReadOnlyList<RateGroup> groups = RateGroup.Of(report);
        Judgement strongest = groups.Count == 0 ? Judgement.NothingMeasured : groups.Max(Judging.Judge);
        var paragraphs = new List<string>();
        foreach (RateGroup group in groups.Where(g => g.Trials > 0).Take(MaxGroups))
        {
            paragraphs.Add(string.Join(' ', Measured(group, Phrases.Short(report.Target.Id))));
            paragraphs.Add(string.Join(' ', Controlled(group)));
        }

        if (paragraphs.Count == 0)
            paragraphs.Add($"No attempt against {Phrases.Short(report.Target.Id)} gave a rate, so there is nothing to conclude.");
        if (!report.Run.Complete)
            paragraphs.Add("The run was not finished: every number here covers only what was done until it stopped.");
        return new VerdictText(TitleOf(strongest, groups), paragraphs, strongest);
    }

    private static string TitleOf(Judgement judgement, IReadOnlyList<RateGroup> groups)
    {
        int trials = groups.Count == 0 ? 0 : groups[0].Trials;
        return judgement switch
        {
            Judgement.AboveControls => "The model gives back text that stands in the indexed corpus.",
            Judgement.AboveControlsInStrata => "The model gives back some of the text that stands in the indexed corpus.",
            Judgement.WithinControls => "Text of the corpus came back, but no more than the controls explain.",
            Judgement.NothingFound when groups[0].Name == "extraction" => $"None of the {Phrases.Count(trials)} samples came back.",
            Judgement.NothingFound => $"No passage of the indexed corpus in {Phrases.Count(trials, "output")}.",
            Judgement.NoControl => "No conclusion: no control was run.",
            _ => "Nothing was measured.",
        };
    }

    private static IEnumerable<string> Measured(RateGroup group, string target)
    {
        yield return Opening(group, target);
        if (group.Hits == 0)
            yield break;
        if (group.Headline is { } headline)
            yield return HeadlineSentence(headline);
        Rate[] strata = [.. group.Strata.Where(s => s.Trials > 0)];
        if (strata.Length > 1)
            yield return $"By how often a passage stands in the corpus: {StratumClause(strata[0])}, and {StratumClause(strata[^1])}.";
    }

    private static IEnumerable<string> Controlled(RateGroup group)
    {
        Rate[] controls = [.. group.MeasuredControls.Where(c => c.Stratum is null)];
        if (controls.Length == 0)
            controls = [.. group.MeasuredControls.Take(MaxControls)];
        if (controls.Length > 0)
        {
            string measured = Phrases.Join([.. controls.Select(c => $"{RatePhrase.Count(c)} ({ControlName(c)})")]);
            yield return $"Where nothing can have been memorized, the same measurement gave {measured}.";
        }

        yield return Conclusion(group);
    }

    private static string Opening(RateGroup group, string target)
    {
        string count = $"{Phrases.Count(group.Hits)} of {Phrases.Count(group.Trials)} {Phrases.Short(group.Unit, 40)}";
        return group.Name == "extraction"
            ? $"Shown the beginning of a passage of the corpus, {target} returned the true continuation in {count}."
            : $"With {target}, {Terms.HitClause(group.Name).Replace("the target", "the model", StringComparison.Ordinal)} in {count}.";
    }

    private static string HeadlineSentence(Rate rate) => RatePhrase.IsWeighted(rate)
        ? $"Weighted by how much of the corpus each stratum stands for, that is {RatePhrase.Value(rate)} of the {Terms.Population(rate.Population)} ({RatePhrase.NamedInterval(rate)})."
        : $"That is {RatePhrase.Value(rate)} ({RatePhrase.NamedInterval(rate)}).";

    private static string StratumClause(Rate stratum) =>
        $"{RatePhrase.Count(stratum)} ({RatePhrase.Value(stratum)}) where it stands {StratumTimes(stratum)}";

    private static string StratumTimes(Rate stratum) =>
        stratum.Stratum!.Duplicates == "0" ? "nowhere in it" : StratumLabel.Times(stratum.Stratum.Duplicates);

    private static string ControlName(Rate control) => control.Stratum is { } stratum
        ? $"{Terms.Control(control.Null ?? "")}, {StratumLabel.Show(stratum.Duplicates)}"
        : Terms.Control(control.Null ?? "");

    private static string Conclusion(RateGroup group)
    {
        double? ceiling = group.MeasuredControls.Max(c => c.High);
        switch (Judging.Judge(group))
        {
            case Judgement.AboveControls:
                return $"The interval of the result begins at {Phrases.Percent(group.Headline!.Low!.Value)}, above {Phrases.Percent(ceiling!.Value)}, where the highest interval of a control ends: "
                    + "chance and likeness of style do not explain it.";
            case Judgement.AboveControlsInStrata:
                Rate[] above = [.. group.Strata.Where(s => Judging.IsAboveControls(group, s))];
                string where = Phrases.Join([.. above.Select(s => StratumLabel.Show(s.Stratum!.Duplicates))]);
                return $"Chance and likeness of style do not explain the result where a passage stands in the corpus {where} times; elsewhere, and over the whole corpus, the intervals overlap those of the controls.";
            case Judgement.WithinControls:
                return "Its interval overlaps those of the controls, so this audit shows no recitation beyond chance; that is no proof that there is none.";
            case Judgement.NothingFound:
                return $"{Bound(group.Main)}Not found is not the same as not trained on.";
            default:
                return "No control was run, so nothing follows from that number.";
        }
    }

    private static string Bound(Rate? rate)
    {
        if (rate is null)
            return "";
        if (RatePhrase.Excluded(rate) is { } excluded)
            return $"With {Phrases.Level(rate.Confidence)} confidence, one-sided, the rate is {excluded} for samples drawn like these. ";
        return rate.High is { } high ? $"The {Phrases.Level(rate.Confidence)} interval ends at {Phrases.Percent(high)}, for samples drawn like these. " : "";
    }
}
