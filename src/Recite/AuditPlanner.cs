using System.Security.Cryptography;
using System.Text;
using Recite.Config;
using Recite.Controls;
using Recite.Controls.Ngram;
using Recite.Indexing;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;
using Recite.Membership;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;
using Recite.Scores;

namespace Recite;

/// <summary>Draws the plan of an audit and knows the contexts that probes and nulls work in.</summary>
internal sealed class AuditPlanner
{
    private readonly AuditInputs _inputs;

    /// <summary>Checks what can be checked before anything is asked; the targets are connected.</summary>
    /// <exception cref="ReciteException">The configuration asks for what target or corpus cannot do.</exception>
    public AuditPlanner(AuditInputs inputs)
    {
        Config = inputs.Config.Probes.Count > 0 ? inputs.Config : inputs.Config with { Probes = [ProbeList.DefaultFor(inputs.Target)] };
        _inputs = inputs with { Config = Config };
        Probes = [.. Config.Probes.Select(ProbeList.Create)];
        Probing = new ProbeContext { Config = Config, Target = inputs.Target, Index = inputs.Corpus, Matcher = new Matcher(inputs.Corpus) };
        Ngram = new LazyNgram(Probing);
        CheckLength();
        CheckForeign();
        CheckBaseline();
        CheckBudget();
    }

    /// <summary>The configuration with its probes filled in.</summary>
    public AuditConfig Config { get; }

    public IReadOnlyList<IProbe> Probes { get; }

    public ProbeContext Probing { get; }

    /// <summary>The n-gram null, for whoever measures to dispose of.</summary>
    public LazyNgram Ngram { get; }

    /// <summary>Whether asking costs no money: the model runs here, or nothing is asked at all.</summary>
    public bool IsFree => _inputs.Target.Capabilities.Endpoint is "local" or "replay";

    /// <summary>Digest of everything that decides what is asked.</summary>
    public string ComputeDigest() => ConfigDigest.Compute(
        Config,
        _inputs.Target.Id,
        _inputs.Target.Capabilities.Revision,
        _inputs.Corpus.Manifest.Digest,
        [
            Digest(_inputs.HeldOut.Select(d => (d.Id, d.Text))),
            Digest((_inputs.Canaries?.Canaries ?? []).Select(c => ($"{c.Id} {c.Duplicates}", (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(c.Text)))),
            _inputs.Foreign?.Manifest.Digest ?? "",
            _inputs.Baseline is { } baseline ? $"{baseline.Id} {baseline.Capabilities.Revision}" : "",
        ]);

    /// <summary>Plans every probe and every null.</summary>
    public async Task<AuditPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var attempts = new List<PlannedAttempt>();
        var strata = new Dictionary<string, IReadOnlyList<StratumPopulation>>(StringComparer.Ordinal);
        List<string> notes = [];
        var notRun = new Dictionary<string, IReadOnlyList<ControlNotRun>>(StringComparer.Ordinal);
        foreach (IProbe probe in Probes)
        {
            ProbePlan plan = await probe.PlanAsync(Probing, cancellationToken);
            attempts.AddRange(plan.Attempts);
            strata[probe.Name] = plan.Strata;
            notes.AddRange(plan.Notes);
            NullContext context = ContextOf(probe, plan.Strata) with { Attempts = plan.Attempts };
            List<ControlNotRun> impossible = [];
            foreach (INull control in NullList.All)
            {
                NullPlan asked = control.Plan(context, cancellationToken);
                attempts.AddRange(asked.Attempts);
                notes.AddRange(asked.Notes);
                if (asked.NotRun is { } reason)
                    impossible.Add(new ControlNotRun(control.Name, reason));
            }

            notRun[probe.Name] = impossible;
        }

        PlannedAttempt[] ordered = Order(attempts);
        ScoringPlan scoring = ScoringPlan.Make(_inputs, Config, ordered);
        var membership = MembershipPlan.Make(_inputs, Probing, cancellationToken);
        PlannedCost cost = PlannedCost.Of(ordered, scoring, membership, _inputs.Target);
        return new AuditPlan(ordered, cost, new PlanFacts(strata, notes, notRun)) { MembershipObstacle = membership?.Obstacle };
    }

    /// <summary>What the nulls of a probe work with.</summary>
    public NullContext ContextOf(IProbe probe, IReadOnlyList<StratumPopulation> strata) => new()
    {
        Probing = Probing,
        Probe = probe,
        Strata = strata,
        HeldOut = _inputs.HeldOut,
        Canaries = _inputs.Canaries,
        Baseline = _inputs.Baseline,
        Foreign = _inputs.Foreign,
        Ngram = Ngram,
    };

    // In random order, so that an audit cut short has asked something of every stratum and every control.
    private PlannedAttempt[] Order(List<PlannedAttempt> attempts)
    {
        PlannedAttempt[] ordered = [.. attempts.DistinctBy(a => (a.Arm, a.Id))];
        if (_inputs.Target.Capabilities.Endpoint is not "replay")
            SeededRandom.For(Config.Seed, "order").Shuffle(ordered);
        return [.. ordered.Select((a, i) => a with { Ordinal = i })];
    }

    private void CheckLength()
    {
        TextLength least = Config.Match.MinLength;
        int guarantee = _inputs.Corpus.Manifest.Guarantee;
        if (least.Unit == LengthUnit.Characters && least.Value < guarantee)
        {
            throw new ReciteException(
                $"'match.minLength: {least}' is below the index's guarantee of {guarantee} normalized bytes, so matches could be missed; ask for {guarantee}c or more, or build the index with a smaller --guarantee.");
        }

        if (least.Unit == LengthUnit.Tokens && _inputs.Target.Tokenizer is null)
            throw new ReciteException($"'match.minLength: {least}' counts tokens, and the tokenizer of {_inputs.Target.Id} is not known; use characters, for instance 150c.");
    }

    private void CheckForeign()
    {
        if (string.Equals(_inputs.Foreign?.Manifest.Digest, _inputs.Corpus.Manifest.Digest, StringComparison.Ordinal))
            throw new ReciteException("The index of 'foreign:' is the corpus itself; name one of texts that have nothing to do with it, or leave 'foreign:' out.");
        if (_inputs.Foreign is { } foreign && !string.Equals(foreign.Normalizer.Name, _inputs.Corpus.Normalizer.Name, StringComparison.Ordinal))
        {
            throw new ReciteException(
                $"The index of 'foreign:' is normalized by '{foreign.Normalizer.Name}' and the corpus by '{_inputs.Corpus.Normalizer.Name}'; build both with the same normalization.");
        }
    }

    // A model is no null of itself: it would explain away whatever it recites.
    private void CheckBaseline()
    {
        if (_inputs.Baseline is not { } baseline)
            return;
        string? revision = baseline.Capabilities.Revision;
        bool same = revision is not null && string.Equals(revision, _inputs.Target.Capabilities.Revision, StringComparison.Ordinal);
        if (same || string.Equals(baseline.Id, _inputs.Target.Id, StringComparison.Ordinal))
            throw new ReciteException("The model of 'baseline:' is the target itself, so nothing would follow from comparing the two; name a model that never saw the corpus, or leave 'baseline:' out.");
    }

    private void CheckBudget()
    {
        if (Config.Budget is { Usd: not null, Tokens: null } && !IsFree)
            throw new ReciteException($"The price of {_inputs.Target.Id} is not known, so 'budget.usd' cannot be kept; give 'budget.tokens' as well.");
    }

    private static string Digest(IEnumerable<(string Name, ReadOnlyMemory<byte> Text)> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, ReadOnlyMemory<byte> text) in texts)
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            hash.AppendData(SHA256.HashData(text.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
