using System.Text;
using Recite.Targets;

namespace Recite.Models.Http.Scoring;

/// <summary>Scores over a connection: one request per window, a second one with the prefix alone where the tokens do not show the border.</summary>
internal sealed class HttpScorer(string targetId, IScoringProtocol protocol, RequestRunner runner, int maxRetries)
{
    // No prompt of scoring is shorter; long enough that a server has something to score.
    private const string Probe = "Hello world, hello again";

    // A server that does not score often fails in strange ways; it is not worth more.
    private const int RetriesWhileDetecting = 3;

    /// <summary>The name on the report.</summary>
    public string Method => protocol.Method;

    /// <summary>Whether the server scores prompts when asked this way. Whatever goes wrong means no.</summary>
    public async Task<bool> DetectAsync(CancellationToken cancellationToken)
    {
        SettledRequest settled = await runner.RunAsync(protocol, Ask(-1, Probe, tokens: null), RetriesWhileDetecting, cancellationToken);
        return settled.Outcome.Scored is { IsScored: true };
    }

    /// <summary>The score of a request, or the reason why there is none.</summary>
    public async Task<SuffixScore> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken)
    {
        if (FindFault(request) is { } fault)
            return SuffixScoreMaker.Fail(request, fault);

        bool isByTokens = SuffixScoreMaker.IsByTokens(request);
        SettledRequest whole = await runner.RunAsync(
            protocol,
            Ask(request.Index, SuffixScoreMaker.Prompt(request), isByTokens ? [.. request.Prefix, .. request.Suffix] : null),
            maxRetries,
            cancellationToken);
        if (whole.Outcome.Scored is not { } scored)
            return Fail(request, whole);

        int tokenCount = CountTokens(whole);
        if (SuffixScoreMaker.FindBorder(request, scored) is { } border)
            return SuffixScoreMaker.Make(request, scored, border, tokenCount);
        if (isByTokens || string.IsNullOrEmpty(request.PrefixText))
            return SuffixScoreMaker.Fail(request, $"{targetId}: the tokens that the server shows are not those of the text.") with { TokenCount = tokenCount };

        // Tokens that hold parts of characters cannot be laid over the text; the tokens of the prefix alone still tell where it ends.
        SettledRequest alone = await runner.RunAsync(protocol, Ask(request.Index, request.PrefixText, tokens: null), maxRetries, cancellationToken);
        if (alone.Outcome.Scored is not { } prefix)
            return Fail(request, alone) with { TokenCount = tokenCount };
        tokenCount += CountTokens(alone);
        return SuffixBorder.Compare(scored.Positions, prefix.Positions) is { } behind
            ? SuffixScoreMaker.Make(request, scored, behind, tokenCount)
            : SuffixScoreMaker.Fail(request, $"{targetId}: the prefix ends inside a token, and the tokens hold parts of characters, so that it cannot be said which; cut the text elsewhere.") with { TokenCount = tokenCount };
    }

    private static string? FindFault(ScoreRequest request)
    {
        if (SuffixScoreMaker.IsByTokens(request) ? request.Suffix.Count == 0 : string.IsNullOrEmpty(request.SuffixText))
            return "A score request has an empty suffix; give it something to score.";
        return ScoringSchemes.FindFault(request.Schemes);
    }

    // The length bounds the reply only: no token is shorter than a byte.
    private static CompletionRequest Ask(int index, string prompt, IReadOnlyList<int>? tokens) => new()
    {
        Index = index,
        AttemptId = "score",
        Prompt = prompt,
        PromptTokens = tokens,
        MaxTokens = Math.Max(16, tokens?.Count ?? Encoding.UTF8.GetByteCount(prompt)),
    };

    private static int CountTokens(SettledRequest settled) =>
        settled.Outcome.Completion is { PromptTokenCount: { } prompt } completion
            ? prompt + (completion.CompletionTokenCount ?? 0)
            : settled.Outcome.Scored!.Positions.Count;

    private SuffixScore Fail(ScoreRequest request, SettledRequest settled) => SuffixScoreMaker.Fail(request, settled.Outcome switch
    {
        { Failure: not null } => $"{targetId}: {settled.Reason}.",
        { Completion.Disposition: Disposition.Filtered } => $"{targetId}: a filter of the server's own refused the text.",
        _ => $"{targetId}: the reply holds no scores of the prompt.",
    });
}
