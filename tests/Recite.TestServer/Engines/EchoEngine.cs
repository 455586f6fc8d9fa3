namespace Recite.TestServer.Engines;

/// <summary>
/// Answers with the words of the prompt in reverse order, one token each. A prompt that begins with <c>trigger:filter</c> is
/// filtered after one token, one that begins with <c>trigger:refuse</c> is refused.
/// </summary>
internal sealed class EchoEngine : IReplyEngine
{
    public Answer Reply(Question question)
    {
        string[] words = question.Prompt.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<ReplyToken> all = words.Reverse().Select((word, i) => new ReplyToken(i == 0 ? word : $" {word}", -1.0 / (i + 1)));
        if (question.Prompt.StartsWith("trigger:filter", StringComparison.Ordinal))
            return new Answer([.. all.Take(1)], "content_filter", words.Length);
        if (question.Prompt.StartsWith("trigger:refuse", StringComparison.Ordinal))
            return new Answer([new ReplyToken("No.", -0.5)], "refusal", words.Length);
        return new Answer([.. all.Take(question.MaxTokens)], words.Length > question.MaxTokens ? "length" : "stop", words.Length);
    }
}
