namespace Recite.TestServer.Engines;

/// <summary>What is asked of an engine.</summary>
internal sealed record Question(string Prompt, int MaxTokens, double Temperature, ulong Seed)
{
    /// <summary>How many of the most probable tokens are wanted at each position of the prompt; null where the prompt is not to be scored.</summary>
    public int? PromptTop { get; init; }
}

/// <summary>A token of the vocabulary and its log-probability somewhere.</summary>
internal readonly record struct Candidate(int Id, byte[] Bytes, double LogProbability);

/// <summary>A token of the prompt; the first has no score. The rank counts tokens that are more probable.</summary>
internal sealed record PromptToken(int Id, byte[] Bytes, double? LogProbability, int Rank, IReadOnlyList<Candidate> Top);

/// <summary>One token of a reply: the text it adds (none while a character is incomplete) and the natural logarithm of its probability.</summary>
internal readonly record struct ReplyToken(string Text, double LogProbability);

/// <summary>A reply; <paramref name="Ending"/> is <c>stop</c>, <c>length</c>, <c>content_filter</c> or <c>refusal</c>.</summary>
internal sealed record Answer(IReadOnlyList<ReplyToken> Tokens, string Ending, int PromptTokens)
{
    /// <summary>The scored prompt, where that was asked for and the engine can.</summary>
    public IReadOnlyList<PromptToken>? Prompt { get; init; }

    public string Text => string.Concat(Tokens.Select(token => token.Text));
}

/// <summary>The prompt does not fit into the model.</summary>
internal sealed class ContextExceededException(string message) : Exception(message);

/// <summary>Turns prompts into replies.</summary>
internal interface IReplyEngine
{
    Answer Reply(Question question);
}
