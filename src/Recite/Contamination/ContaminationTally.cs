namespace Recite.Contamination;

/// <summary>Counts items by rule and verdict.</summary>
/// <param name="rules">The rules, in order.</param>
public sealed class ContaminationTally(IReadOnlyList<string> rules)
{
    private readonly int[] _found = new int[rules.Count];
    private readonly int[] _undecided = new int[rules.Count];

    /// <summary>Items counted.</summary>
    public int Items { get; private set; }

    /// <summary>The counts.</summary>
    public IReadOnlyList<RuleSummary> Summary =>
        [.. rules.Select((rule, i) => new RuleSummary(rule, Items, _found[i], Items - _found[i] - _undecided[i], _undecided[i]))];

    /// <summary>Counts an item.</summary>
    public void Add(CheckedItem item)
    {
        Items++;
        for (int i = 0; i < rules.Count; i++)
        {
            _found[i] += item.Verdicts[rules[i]] == ItemVerdicts.Found ? 1 : 0;
            _undecided[i] += item.Verdicts[rules[i]] == ItemVerdicts.Undecided ? 1 : 0;
        }
    }
}
