using System.Runtime.CompilerServices;
using Recite.Targets;

namespace Recite.Tests.Fakes;

/// <summary>A model that goes on with a text it knows by heart wherever the prompt stands in it, and says something else otherwise.</summary>
internal sealed class MemorizingTarget(IEnumerable<string> known, ITokenizer? tokenizer = null) : ITarget
{
    private readonly string[] _known = [.. known];
    private int _asked;
    private int _scored;

    public string Id { get; init; } = "fake:memorizing";

    public string Endpoint { get; init; } = "local";

    public bool Scoring { get; init; }

    public ITokenizer? Tokenizer => tokenizer;

    public TargetCapabilities Capabilities => new(Endpoint, "r1 of " + Id, Scoring, tokenizer is not null, true, null);

    /// <summary>What it says to what it does not know.</summary>
    public Func<CompletionRequest, string> Otherwise { get; init; } = _ => "I would rather talk about something else entirely, if you do not mind.";

    /// <summary>Called before each answer, with the number of answers so far; may throw or cancel.</summary>
    public Action<int> BeforeAnswer { get; init; } = _ => { };

    /// <summary>Replaces an answer, for instance by an error.</summary>
    public Func<CompletionRequest, Completion, Completion> Change { get; init; } = (_, completion) => completion;

    /// <summary>Attempt ids in the order of asking.</summary>
    public List<string> Asked { get; } = [];

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async IAsyncEnumerable<Completion> CompleteAsync(IReadOnlyList<CompletionRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Backwards: the order of answers is the target's own affair.
        foreach (CompletionRequest request in requests.Reverse())
        {
            await Task.Yield();
            BeforeAnswer(_asked++);
            cancellationToken.ThrowIfCancellationRequested();
            Asked.Add(request.AttemptId);
            yield return Change(request, new Completion
            {
                RequestIndex = request.Index,
                Disposition = Disposition.Truncated,
                Text = Continue(request),
                PromptTokenCount = 10,
                CompletionTokenCount = 5,
                FinishReason = "length",
            });
        }
    }

    /// <summary>Called before each score, with the number of scores so far; may throw or cancel.</summary>
    public Action<int> BeforeScore { get; init; } = _ => { };

    /// <summary>Replaces a score, for instance by an error.</summary>
    public Func<ScoreRequest, SuffixScore, SuffixScore> ChangeScore { get; init; } = (_, score) => score;

    /// <summary>Requests in the order of scoring.</summary>
    public List<ScoreRequest> Scored { get; } = [];

    public async IAsyncEnumerable<SuffixScore> ScoreAsync(IReadOnlyList<ScoreRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Backwards: the order of scores is the target's own affair.
        foreach (ScoreRequest request in requests.Reverse())
        {
            await Task.Yield();
            BeforeScore(_scored++);
            cancellationToken.ThrowIfCancellationRequested();
            Scored.Add(request);
            yield return ChangeScore(request, Score(request));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // What it knows it gives with e^-0.1 per token, everything else with e^-3, and a filter leaves nothing of that.
    private SuffixScore Score(ScoreRequest request)
    {
        string window = request.PrefixText + request.SuffixText;
        bool knows = _known.Any(text => text.Contains(window, StringComparison.Ordinal));
        int count = tokenizer is null ? request.SuffixText!.Length : request.Suffix.Count;
        double[] Each(double value) => [.. Enumerable.Repeat(value, count)];
        return new SuffixScore(Each(knows ? -0.1 : -3), [.. Enumerable.Repeat(knows ? 0 : 2, count)], Each(1))
        {
            RequestIndex = request.Index,
            TokenCount = request.Prefix.Count + count,
            Schemes = [.. request.Schemes.Select(scheme => new SchemeScore(Each(knows ? -0.05 : scheme.TopK > 0 ? double.NegativeInfinity : -4), true))],
        };
    }

    private string Continue(CompletionRequest request)
    {
        foreach (string text in _known)
        {
            int at = request.Prompt.Length == 0 ? -1 : text.IndexOf(request.Prompt, StringComparison.Ordinal);
            if (at >= 0)
            {
                string rest = text[(at + request.Prompt.Length)..];
                return tokenizer is null
                    ? rest[..Math.Min(rest.Length, request.MaxTokens)]
                    : tokenizer.Decode([.. tokenizer.Encode(rest).Take(request.MaxTokens).Select(t => t.Id)]);
            }
        }

        return Otherwise(request);
    }
}
