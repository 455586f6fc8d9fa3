using System.Runtime.CompilerServices;
using Recite.Canaries;
using Recite.Canaries.Scoring;
using Recite.Indexing;
using Recite.Metrics.Statistics;
using Recite.Targets;
using Recite.Testing.Files;
using Recite.Tests.Fakes;

namespace Recite.Tests.Canaries;

public sealed class CanaryScorerTest
{
    [Fact]
    public async Task A_model_that_knows_the_planted_ones_gives_the_smallest_p_that_the_coins_allow()
    {
        CanaryEscrow escrow = CanaryScene.Create(groups: 5, decoys: 3);
        var target = new MemorizingTarget(escrow.Entries.Where(e => e.IsPlanted).Select(e => e.Text));
        CanaryStatistics statistics = await ScoreAsync(escrow, target);
        Assert.Equal(Math.Pow(4, -5), statistics.Randomization.PValue, 12);
        Assert.Equal(RandomizationTest.Exact, statistics.Randomization.Method);
        Assert.All(statistics.Exposures, e => Assert.True(e.Exposure.IsSaturated));
        Assert.True(statistics.IsProof);
    }

    [Fact]
    public async Task A_model_that_knows_nothing_or_everything_proves_nothing()
    {
        CanaryEscrow escrow = CanaryScene.Create(groups: 5, decoys: 3);
        Assert.Equal(1, (await ScoreAsync(escrow, new MemorizingTarget([]))).Randomization.PValue, 12);
        Assert.Equal(1, (await ScoreAsync(escrow, new MemorizingTarget(escrow.Entries.Select(e => e.Text)))).Randomization.PValue, 12);
    }

    [Fact]
    public async Task Loss_and_probability_ask_for_the_suffix_of_every_text()
    {
        CanaryEscrow escrow = CanaryScene.Create(CanaryKind.Secret);
        var target = new LengthTarget();
        var scorer = new CanaryScorer(target, new CanaryScoringOptions { Measure = CanaryMeasure.LogProbability });
        using ScoreJournal journal = ScoreJournal.Nothing();
        double?[] scores = await scorer.ScoreAsync(escrow.Entries, journal, null, TestContext.Current.CancellationToken);
        Assert.Equal(escrow.Entries.Select(e => (double?)-(e.Secret!.Length + 2)), scores);
        Assert.Equal(CanaryMeasure.Loss, new CanaryScorer(target, new CanaryScoringOptions()).Measure);
    }

    [Fact]
    public async Task The_first_reason_of_texts_without_a_score_is_kept()
    {
        CanaryEscrow escrow = CanaryScene.Create();
        var scoring = new MemorizingTarget([]) { Scoring = true, ChangeScore = (_, score) => score with { Error = "The server is on fire." } };
        var completing = new MemorizingTarget([]) { Change = (_, completion) => completion with { Disposition = Disposition.Error, Error = "The server is on fire." } };
        foreach (MemorizingTarget target in new[] { scoring, completing })
        {
            var scorer = new CanaryScorer(target, new CanaryScoringOptions());
            using ScoreJournal journal = ScoreJournal.Nothing();
            Assert.All(await scorer.ScoreAsync(escrow.Entries, journal, null, TestContext.Current.CancellationToken), score => Assert.Null(score));
            Assert.Equal("The server is on fire.", scorer.FirstError);
        }
    }

    [Fact]
    public void Strata_say_how_many_copies_were_planted()
    {
        CanaryEscrow escrow = CanaryScene.Create(groups: 6);
        ScoredCanary[] scored = [.. escrow.Entries.Select(e => new ScoredCanary(e.Id, e.Group, e.IsPlanted, e.IsPlanted ? 4 + (e.Group % 2) : 0, 1.0 / (e.Group + 1)))];
        Assert.Equal(["4", "5"], CanaryStatistics.Compute(scored, 7).Strata.Select(s => s.Duplicates));
    }

    [Fact]
    public void A_text_longer_than_the_context_is_cut_and_a_secret_stays_whole()
    {
        CanaryEntry passage = CanaryScene.Create().Entries[0], secret = CanaryScene.Create(CanaryKind.Secret).Entries[0];
        var tokenizer = new BytesTokenizer();
        CanaryWindow whole = CanaryWindow.Cut(passage, tokenizer, null), cut = CanaryWindow.Cut(passage, tokenizer, 20), tail = CanaryWindow.Cut(secret, tokenizer, 30);
        Assert.Equal(passage.Text, tokenizer.Decode([.. whole.PrefixTokens!, .. whole.SuffixTokens!]));
        Assert.False(whole.IsCut);
        Assert.True(cut.IsCut);
        Assert.True(cut.PrefixTokens!.Count + cut.SuffixTokens!.Count <= 20);
        Assert.NotEmpty(cut.PrefixTokens);
        Assert.Equal($" {secret.Secret}.", tokenizer.Decode([.. tail.SuffixTokens!]));
        Assert.NotEmpty(tail.PrefixTokens!);
    }

    [Fact]
    public async Task An_interrupted_scoring_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        CanaryEscrow escrow = CanaryScene.Create(groups: 20, decoys: 3);
        using var stop = new CancellationTokenSource();
        var first = new MemorizingTarget([]) { Endpoint = "chat", BeforeAnswer = n => { if (n == 40) stop.Cancel(); } };
        using (ScoreJournal journal = ScoreJournal.Open(folder.At("s.partial"), "key"))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new CanaryScorer(first, new CanaryScoringOptions()).ScoreAsync(escrow.Entries, journal, null, stop.Token));

        // A torn last line, as a kill leaves it.
        await File.AppendAllTextAsync(folder.At("s.partial"), "79 0.", TestContext.Current.CancellationToken);
        var second = new MemorizingTarget([]) { Endpoint = "chat" };
        using ScoreJournal again = ScoreJournal.Open(folder.At("s.partial"), "key");
        Assert.Equal(32, again.Known);
        double?[] scores = await new CanaryScorer(second, new CanaryScoringOptions()).ScoreAsync(escrow.Entries, again, null, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(null, scores);
        Assert.Equal(80 - 32, second.Asked.Count);
        again.Finish();
        Assert.False(File.Exists(folder.At("s.partial")));
    }

    [Fact]
    public void A_journal_of_another_scoring_is_refused()
    {
        using var folder = new TemporaryFolder();
        ScoreJournal.Open(folder.At("s.partial"), "one").Dispose();
        Assert.Throws<ReciteException>(() => ScoreJournal.Open(folder.At("s.partial"), "two"));
        folder.Write("bad.partial", "one\nrubbish\n");
        Assert.Throws<ReciteException>(() => ScoreJournal.Open(folder.At("bad.partial"), "one"));
    }

    [Fact]
    public void Texts_without_a_score_count_as_least_exposed()
    {
        CanaryEscrow escrow = CanaryScene.Create(groups: 4, decoys: 1);
        CanaryStatistics all = CanaryScene.Score(escrow, e => e.IsPlanted ? 1 : 0).Statistics;
        CanaryStatistics missing = CanaryScene.Score(escrow, e => e is { IsPlanted: true, Group: 0 } ? null : e.IsPlanted ? 1 : 0).Statistics;
        Assert.Equal(1 / 16.0, all.Randomization.PValue, 12);
        Assert.Equal(2 / 16.0, missing.Randomization.PValue, 12);
        Assert.Equal(3, missing.Exposures.Count);
    }

    [Fact]
    public void The_histogram_counts_every_canary_once_and_chance_sums_to_one()
    {
        CanaryStatistics statistics = CanaryScene.Score(CanaryScene.Create(groups: 10, decoys: 9)).Statistics;
        Assert.Equal(10, statistics.Histogram.Sum(b => b.Planted));
        Assert.Equal(1, statistics.Histogram.Sum(b => b.NullShare), 12);
        Assert.Equal(10, statistics.Strata.Sum(s => s.Canaries));
    }

    [Fact]
    public void A_list_without_groups_is_tested_over_subsets_and_is_no_proof()
    {
        ScoredCanary[] scored = [.. Enumerable.Range(0, 10).Select(i => new ScoredCanary($"c{i}", -1, i < 3, i < 3 ? 1 : 0, -i))];
        CanaryStatistics statistics = CanaryStatistics.Compute(scored, 7);
        Assert.Equal(1 / 120.0, statistics.Randomization.PValue, 12);
        Assert.False(statistics.IsProof);
        Assert.Throws<ReciteException>(() => CanaryStatistics.Compute([.. scored.Where(s => s.IsPlanted)], 7));
    }

    [Fact]
    public void A_target_that_tells_no_probabilities_is_not_asked_for_them() =>
        Assert.Throws<ReciteException>(() => new CanaryScorer(new MemorizingTarget([]), new CanaryScoringOptions { Measure = CanaryMeasure.Loss }));

    [Fact]
    public void Coverage_is_the_share_of_runs_of_words_whatever_their_case_and_punctuation()
    {
        var coverage = new GramCoverage();
        Assert.Equal(1, coverage.Of("one two, three four", "x One two three Four y", 3));
        Assert.Equal(0.5, coverage.Of("one two three four", "one two three five", 3));
        Assert.Equal(1, coverage.Of("two words", "some two words", 3));
        Assert.Equal(0, coverage.Of("one two three", "three two one", 3));
        Assert.Equal(0, coverage.Of("", "anything", 3));
    }

    private static async Task<CanaryStatistics> ScoreAsync(CanaryEscrow escrow, ITarget target)
    {
        using ScoreJournal journal = ScoreJournal.Nothing();
        double?[] scores = await new CanaryScorer(target, new CanaryScoringOptions()).ScoreAsync(escrow.Entries, journal, null, TestContext.Current.CancellationToken);
        return CanaryStatistics.Compute([.. escrow.Entries.Select((e, i) => new ScoredCanary(e.Id, e.Group, e.IsPlanted, e.Duplicates, scores[i]))], 7);
    }

    /// <summary>One nat for each character of the suffix, by text alone, in another order than it was asked.</summary>
    private sealed class LengthTarget : ITarget
    {
        public string Id => "fake:length";

        public TargetCapabilities Capabilities => new("completions", null, true, false, true, null);

        public ITokenizer? Tokenizer => null;

        public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public IAsyncEnumerable<Completion> CompleteAsync(IReadOnlyList<CompletionRequest> requests, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async IAsyncEnumerable<SuffixScore> ScoreAsync(IReadOnlyList<ScoreRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (ScoreRequest request in requests.Reverse())
            {
                await Task.Yield();
                yield return new SuffixScore([.. request.SuffixText!.Select(_ => -1.0)], [], []) { RequestIndex = request.Index };
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
