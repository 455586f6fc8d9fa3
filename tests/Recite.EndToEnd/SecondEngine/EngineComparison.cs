using Recite.Models.Onnx;
using Recite.Targets;

namespace Recite.EndToEnd.SecondEngine;

/// <summary>The same passages asked of both engines: what comes back, and the log-probability of every token that was scored.</summary>
internal sealed class EngineComparison
{
    public const double Tolerance = 1e-4;

    private readonly Passages _passages;

    private EngineComparison(Passages passages, bool sameTokens, bool[] ourHits, bool[] theirHits, double[] differences) =>
        (_passages, SameTokens, OurHits, TheirHits, Differences) = (passages, sameTokens, ourHits, theirHits, differences);

    /// <summary>Whether the other engine's own tokenizer cuts the texts as ours does.</summary>
    public bool SameTokens { get; }

    /// <summary>For each passage whether its whole suffix came back from ours.</summary>
    public IReadOnlyList<bool> OurHits { get; }

    public IReadOnlyList<bool> TheirHits { get; }

    /// <summary>Of each scored token, in nats; infinite where the other engine gives no number.</summary>
    public IReadOnlyList<double> Differences { get; }

    public double Largest => Differences.Max();

    public double Typical => Math.Sqrt(Differences.Average(difference => difference * difference));

    /// <summary>Asks ours the model in one folder and llama.cpp the model in the other, which may be the same, for at most so many canaries.</summary>
    public static async Task<EngineComparison> RunAsync(string ourFolder, string theirFolder, int mostCanaries = int.MaxValue)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using var target = new OnnxTarget(ourFolder, new OnnxOptions { Threads = 1 });
        await target.ConnectAsync(cancellation);
        Passages passages = await Passages.CutAsync(target.Tokenizer!, mostCanaries, cancellation);
        IReadOnlyList<PassageAnswer> theirs = await LlamaCpp.AskAsync(theirFolder, passages.All);

        var completions = new Completion[passages.All.Count];
        await foreach (Completion completion in target.CompleteAsync([.. passages.All.Select(Request)], cancellation))
            completions[completion.RequestIndex] = completion;

        IReadOnlyList<Passage> scored = [.. passages.All.TakeWhile(passage => passage.Scored)];
        var scores = new SuffixScore[scored.Count];
        await foreach (SuffixScore score in target.ScoreAsync([.. scored.Select((passage, i) => new ScoreRequest(passage.Prompt, passage.Suffix) { Index = i })], cancellation))
            scores[score.RequestIndex] = score;

        return new EngineComparison(
            passages,
            passages.All.Zip(theirs).All(pair => target.Tokenizer!.Encode(pair.First.Text).Select(token => token.Id).SequenceEqual(pair.Second.Tokens)),
            [.. completions.Zip(passages.All, (completion, passage) => completion.Tokens!.SequenceEqual(passage.Suffix))],
            [.. theirs.Zip(passages.All, (answer, passage) => answer.Greedy.SequenceEqual(passage.Suffix))],
            [.. theirs.Zip(scores).SelectMany(pair => Subtract(pair.First.LogProbabilities!, pair.Second.LogProbabilities))]);
    }

    /// <summary>What keeps the two engines from being one in all but name; empty if nothing does.</summary>
    public IReadOnlyList<string> Complain()
    {
        var complaints = new List<string>();
        if (!SameTokens)
            complaints.Add("the tokenizers cut a text differently");
        int[] ours = _passages.CountByLevel(OurHits), theirs = _passages.CountByLevel(TheirHits);
        if (!OurHits.SequenceEqual(TheirHits) || !ours.SequenceEqual(theirs))
            complaints.Add($"other canaries come back: {string.Join(' ', ours)} and {string.Join(' ', theirs)}");
        if (!(Largest <= Tolerance))
            complaints.Add(FormattableString.Invariant($"log-probabilities differ by up to {Largest:E1} nats, {Typical:E1} on average"));
        return complaints;
    }

    private static CompletionRequest Request(Passage passage, int index) =>
        new() { Index = index, AttemptId = $"passage-{index}", Prompt = "", PromptTokens = passage.Prompt, MaxTokens = passage.Suffix.Count };

    private static IEnumerable<double> Subtract(IReadOnlyList<double> theirs, IReadOnlyList<double> ours)
    {
        Assert.Equal(theirs.Count, ours.Count);
        return theirs.Zip(ours, (their, our) => double.IsFinite(their) && double.IsFinite(our) ? Math.Abs(their - our) : double.PositiveInfinity);
    }
}
