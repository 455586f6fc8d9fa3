using Recite.Indexing;
using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>Turns requests into token rows under one policy for generation and scoring: beginning of text first where the tokenizer wants it.</summary>
internal sealed class PromptReader(ITokenizer tokenizer, int vocabularySize, int? contextTokens)
{
    /// <summary>The row of a request; false with the sentence that says why there is none.</summary>
    public bool TryRead(CompletionRequest request, out GenerationRow row, out string fault)
    {
        row = null!;
        List<int> prompt;
        try
        {
            prompt = PutBeginningFirst(request.PromptTokens ?? [.. tokenizer.Encode(request.Prompt).Select(token => token.Id)]);
            fault = FindFault(request, prompt);
        }
        catch (ReciteException e)
        {
            // A text that the tokenizer cannot take fails its own attempt, not the run.
            (prompt, fault) = ([], e.Message);
        }

        if (fault.Length > 0) return false;
        int room = contextTokens is { } context ? context - prompt.Count : int.MaxValue;
        row = new GenerationRow(request, prompt, Math.Min(request.MaxTokens, room));
        return true;
    }

    /// <summary>The window of a score request, beginning of text included, or the sentence that says why there is none.</summary>
    public ScoringWindow Read(ScoreRequest request)
    {
        List<int> tokens = PutBeginningFirst([.. request.Prefix, .. request.Suffix]);
        int first = tokens.Count - request.Suffix.Count;
        string fault = request.Suffix.Count == 0 ? "A score request has an empty suffix; give it at least one token to score."
            : first == 0 ? "A score request has nothing before its suffix, and the model has no beginning-of-text token; give it a prefix."
            : contextTokens < tokens.Count ? $"A score request has {tokens.Count} tokens, but the model's context holds {contextTokens}; use shorter windows."
            : ScoringSchemes.FindFault(request.Schemes) is { } scheme ? scheme
            : FindForeignToken(tokens);
        return fault.Length == 0 ? new ScoringWindow(request, tokens, first, "") : new ScoringWindow(request, [], 0, fault);
    }

    private List<int> PutBeginningFirst(IReadOnlyList<int> tokens) => tokenizer.BeginningOfText is { } beginning ? [beginning, .. tokens] : [.. tokens];

    private string FindFault(CompletionRequest request, List<int> prompt)
    {
        if (request.MaxTokens < 1) return $"The request asks for {request.MaxTokens} tokens; ask for at least one.";
        if (TokenSampler.FindFault(request.Sampling) is { } option) return $"The sampling option {option}.";
        if (prompt.Count == 0) return "The prompt is empty and the model has no beginning-of-text token; give it at least one token.";
        if (contextTokens <= prompt.Count) return $"The prompt has {prompt.Count} tokens, but the model's context holds {contextTokens}, which leaves no room for a completion; use a shorter prompt.";
        return FindForeignToken(prompt);
    }

    private string FindForeignToken(List<int> tokens)
    {
        int at = tokens.FindIndex(token => token < 0 || token >= vocabularySize);
        return at < 0 ? "" : $"Token id {tokens[at]} is not in the model's vocabulary of {vocabularySize}; use tokens of this model's own tokenizer.";
    }
}
