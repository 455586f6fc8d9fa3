using Recite.Config;
using Recite.Controls;
using Recite.Controls.Ngram;
using Recite.Evidence;
using Recite.Gates;
using Recite.Indexing;
using Recite.Membership;
using Recite.Metrics;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;
using Recite.Scores;
using Recite.Targets;

namespace Recite;

/// <summary>The audit: from a corpus and a target to evidence, rates with intervals and controls.</summary>
public static class AuditPipeline
{
    /// <summary>Share of attempts that may end in an error before an audit cannot be trusted (exit code 4).</summary>
    public const double MostErrors = 0.05;

    /// <summary>Says what would be asked, without asking anything or leaving anything behind.</summary>
    /// <exception cref="ReciteException">Target, corpus or configuration do not allow it.</exception>
    public static async Task<AuditPlan> PlanAsync(AuditInputs inputs, CancellationToken cancellationToken)
    {
        await ConnectAsync(inputs, cancellationToken);
        var planner = new AuditPlanner(inputs);
        AuditPlan plan = await planner.PlanAsync(cancellationToken);
        return plan with { Pace = RunPace.Find(inputs.Runs, ReportAssembler.Printable(planner.Config, inputs.Target.Id)) };
    }

    /// <summary>
    /// Runs an audit, or the rest of one that was interrupted. Cancelled at any moment it leaves a run that the same call continues; a
    /// budget that is spent gives a report of what there is, with <c>run.complete</c> false.
    /// </summary>
    /// <exception cref="ReciteException">Target, corpus or configuration do not allow it, or the disk does not.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<AuditReport> RunAsync(AuditInputs inputs, AuditOptions options, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        // 1 plan: what this audit is, and whether an earlier run of it can go on
        progress?.Report(new AuditProgress(AuditStage.Planning, 0, 0, 0, 0, null));
        Gate[] gates = [.. inputs.Config.Gates.Select(Gate.Parse), .. options.FailOn.Select(Gate.ParseForbidden)];
        await ConnectAsync(inputs, cancellationToken);
        var planner = new AuditPlanner(inputs);
        using RunFile run = OpenRun(inputs, options, planner);

        // 2 probe: samples and prompts, of the probes and of their controls; all of it on disk before anything is asked
        if (!run.IsPlanned)
        {
            AuditPlan plan = await planner.PlanAsync(cancellationToken);
            run.SavePlan(plan.Attempts, plan.Facts.Write());
        }

        PlanFacts facts = PlanFacts.Read(run.Plan!, run.Header.Id);
        IReadOnlyList<PlannedAttempt> attempts = run.ReadAttempts();

        // 3 ask: each result is durable before it counts
        var budget = new TokenBudget(planner.Config.Budget.Tokens, inputs.Target.Tokenizer, countsNothing: inputs.Target.Capabilities.Endpoint is "replay");
        await new AskingSession(inputs, planner.Config, run, budget, progress).AskAsync(attempts, options.RetryErrors, cancellationToken);

        // 3b score: one teacher-forced pass per sample of the probes, the nulls and the baseline, as durable as the answers
        AuditScores scores = await new ScoringSession(inputs, planner.Config, run, budget, progress).ScoreAsync(attempts, options.RetryErrors, cancellationToken);
        Dictionary<int, Completion> completions = run.ReadResults().ToDictionary(r => r.Ordinal, r => r.Completion);

        // 4 normalize, 5 hash every position, 6 look up, 7 match: Recite.Indexing, once per completion
        var outcomes = new List<AttemptOutcome>(completions.Count);
        Dictionary<string, IProbe> probes = planner.Probes.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (PlannedAttempt attempt in attempts.Where(a => completions.ContainsKey(a.Ordinal)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            outcomes.Add(probes[attempt.Probe].Judge(attempt, completions[attempt.Ordinal], planner.Probing, cancellationToken));
            progress?.Report(new AuditProgress(AuditStage.Matching, outcomes.Count, completions.Count, 0, budget.Spent, run.Header.Id));
        }

        // 8 evidence: spans, both contexts, sources, probability; of the probes only, what controls find is in their rates
        progress?.Report(new AuditProgress(AuditStage.Measuring, outcomes.Count, attempts.Count, 0, budget.Spent, run.Header.Id));
        AttemptOutcome[] probed = [.. outcomes.Where(o => probes.ContainsKey(o.Attempt.Arm))];
        var maker = new FindingMaker(planner.Probing);
        using LazyNgram ngram = planner.Ngram;
        var chances = new FindingChance(ngram);
        var probabilities = new FindingProbability(scores, planner.Config.Sampling);
        IReadOnlyList<Finding> findings = FindingMaker.Sort(probed.SelectMany(o => maker.Make(o, cancellationToken).Select(f => chances.AddTo(probabilities.AddTo(f, o.Attempt), o, cancellationToken))));

        // 9 measure: rates by stratum, and every null beside them
        var measured = new AuditMeasurer();
        var ofScores = new ScoreMeasurer(scores, SamplingOptionsOfRun.From(planner.Config));
        foreach (IProbe probe in planner.Probes)
        {
            AttemptOutcome[] ofProbe = [.. outcomes.Where(o => string.Equals(o.Attempt.Probe, probe.Name, StringComparison.Ordinal))];
            NullContext context = planner.ContextOf(probe, facts.Strata[probe.Name]);
            measured.Add(context, ofProbe, facts.NotRun[probe.Name], cancellationToken);
            measured.Add(ofScores.Measure(context, ofProbe, cancellationToken));
            measured.Estimates.AddRange(CodeLengthFigures.Of(context, scores, cancellationToken));
        }

        long membershipStarted = inputs.Time.GetTimestamp();
        MembershipOutcome membership = await new MembershipAudit(inputs, planner.Probing, budget).RunAsync(cancellationToken);
        measured.Add(membership);
        if (planner.Config.Membership is not null)
            run.AddSeconds(inputs.Time.GetElapsedTime(membershipStarted).TotalSeconds);

        // 10 gate: judged once, after everything is measured
        GateResult[] verdicts = [.. gates.Select(g => g.Judge(measured.GateMeasures))];

        // 11 report
        bool complete = outcomes.Count == attempts.Count && scores.IsComplete && membership.IsComplete;
        DateTimeOffset finished = inputs.Time.GetUtcNow();
        AuditReport report = new ReportAssembler(inputs, options, planner, run).Assemble(facts, attempts, outcomes, scores, findings, measured, verdicts, budget, complete, finished);
        if (options.Deliver is { } deliver)
            await deliver(report, cancellationToken);
        if (complete)
            run.Finish(finished);
        return report;
    }

    private static async Task ConnectAsync(AuditInputs inputs, CancellationToken cancellationToken)
    {
        await inputs.Target.ConnectAsync(cancellationToken);
        if (inputs.Baseline is { } baseline)
            await baseline.ConnectAsync(cancellationToken);
    }

    private static RunFile OpenRun(AuditInputs inputs, AuditOptions options, AuditPlanner planner)
    {
        string digest = planner.ComputeDigest();
        string? existing = options.Resume ?? (options.RetryErrors ? inputs.Runs.FindLatest(digest) : inputs.Runs.FindUnfinished(digest));
        if (existing is null)
            return inputs.Runs.Start(digest, (id, started) => Describe(inputs, options, planner, digest, id, started));

        RunFile run = inputs.Runs.Open(existing, write: true);
        if (!string.Equals(run.Header.ConfigDigest, digest, StringComparison.Ordinal))
        {
            string id = run.Header.Id;
            run.Dispose();
            throw new ReciteException($"Run {id} was made with another configuration, target or corpus and cannot be continued with this one; 'recite runs show {id}' prints its own.");
        }

        if (options.RetryErrors)
            run.Reopen();
        return run;
    }

    private static RunHeader Describe(AuditInputs inputs, AuditOptions options, AuditPlanner planner, string digest, string id, DateTimeOffset started) => new()
    {
        Id = id,
        ConfigDigest = digest,
        Config = ConfigJson.Write(planner.Config).ToJsonString(),
        Target = ReportAssembler.Printable(planner.Config, inputs.Target.Id),
        Corpus = planner.Config.Corpus is { } corpus ? ReportAssembler.Printable(planner.Config, corpus) : "",
        Manifest = inputs.Corpus.Manifest.Digest,
        Version = options.Version,
        Started = started,
    };
}
