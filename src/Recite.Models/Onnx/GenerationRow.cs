using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>One request on its way through a batch: what it has generated, and whether and why it has ended.</summary>
internal sealed class GenerationRow(CompletionRequest request, IReadOnlyList<int> prompt, int maxNewTokens)
{
    private readonly TokenHistory _history = new(prompt);
    private List<double>? _logProbabilities;
    private string? _finishReason;
    private string? _error;

    /// <summary>The tokens that go into the model, beginning of text included.</summary>
    public IReadOnlyList<int> Prompt => prompt;

    /// <summary>Most tokens that may come out: what the request allows and the context leaves.</summary>
    public int MaxNewTokens => maxNewTokens;

    /// <summary>Whether nothing more is wanted.</summary>
    public bool HasEnded => _finishReason is not null || _error is not null;

    /// <summary>Takes the next token from the logits that predict it, scores it if there is a scorer, and returns it, or 0 once the row has ended.</summary>
    public int Take(ReadOnlySpan<float> logits, TokenSampler sampler, TokenScorer? scorer, IReadOnlySet<int> endOfText)
    {
        if (HasEnded) return 0;
        double uniform = Philox.Uniform(request.Seed, (ulong)_history.Generated.Count);
        if (sampler.Choose(logits, request.Sampling, _history, uniform) is not { } token)
        {
            _error = "The model gave logits that are not numbers; its weights may be damaged.";
            return 0;
        }

        if (endOfText.Contains(token))
        {
            _finishReason = "stop";
            return 0;
        }

        _history.Add(token);
        // Logits that the sampler could choose from are numbers, so that they can be scored too.
        if (scorer is not null && scorer.TryScore(logits, token, out TokenScorer.TokenScore score)) (_logProbabilities ??= []).Add(score.LogProbability);
        if (_history.Generated.Count == maxNewTokens) _finishReason = "length";
        return token;
    }

    /// <summary>Ends the row because the batch could not go on.</summary>
    public void Fail(string error) => _error ??= error;

    /// <summary>The completion of an ended row.</summary>
    public Completion Complete(ITokenizer tokenizer)
    {
        if (_error is not null) return CreateError(request, _error);
        string text = tokenizer.Decode(_history.Generated);
        return new Completion
        {
            RequestIndex = request.Index,
            Disposition = text.Length == 0 ? Disposition.Empty : _finishReason is "length" ? Disposition.Truncated : Disposition.Completed,
            Text = text,
            Tokens = _history.Generated,
            LogProbabilities = _logProbabilities,
            PromptTokenCount = prompt.Count,
            CompletionTokenCount = _history.Generated.Count,
            FinishReason = _finishReason,
        };
    }

    /// <summary>The completion of a request that never got into a batch.</summary>
    public static Completion CreateError(CompletionRequest request, string error) =>
        new() { RequestIndex = request.Index, Disposition = Disposition.Error, Error = error };
}
