using System.Text;
using Recite.Models.Http.Scoring;
using Recite.Targets;

namespace Recite.Models.Http;

/// <summary>A reply as it comes in, whole or piece by piece.</summary>
internal sealed class ReceivedReply
{
    private readonly StringBuilder text = new();
    private readonly StringBuilder refusal = new();
    private readonly SortedSet<string> protectedMaterial = new(StringComparer.Ordinal);
    private List<double>? logProbabilities;
    private bool wasFiltered;

    /// <summary>The server's word for how it ended.</summary>
    public string? FinishReason { get; set; }

    /// <summary>
    /// The server's word for how it ended and behind it the protected material that its filter named, as
    /// <c>content_filter: protected_material_text</c>; <see langword="null"/> where it said neither.
    /// </summary>
    public string? EndedWith => protectedMaterial.Count == 0 ? FinishReason : $"{FinishReason ?? "unknown"}: {string.Join(", ", protectedMaterial)}";

    /// <summary>Whether the server said that nothing more comes.</summary>
    public bool Ended { get; set; }

    /// <summary>The server's id for the exchange.</summary>
    public string? RequestId { get; set; }

    /// <summary>What the server calls the model that answered.</summary>
    public string? Model { get; set; }

    /// <summary>The server's mark for its own configuration.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>Tokens of the prompt, as the server counts them.</summary>
    public int? PromptTokens { get; set; }

    /// <summary>Tokens of the completion, as the server counts them.</summary>
    public int? CompletionTokens { get; set; }

    /// <summary>The scores of the prompt, where they were asked for.</summary>
    public ScoredPrompt? Scored { get; set; }

    /// <summary>The model and its configuration in one line, as the report shows them.</summary>
    public string? Revision => Fingerprint is null ? Model : $"{Model} {Fingerprint}".TrimStart();

    /// <summary>Adds text.</summary>
    public void Append(string? piece) => text.Append(piece);

    /// <summary>Adds words of a refusal that came in a field of its own.</summary>
    public void AppendRefusal(string? piece) => refusal.Append(piece);

    /// <summary>
    /// Notes that the server's filter saw text or code that it knows to be somebody's. A filter that acted has cut the reply, also where
    /// the finish reason says otherwise; one that only annotates leaves the disposition as it is.
    /// </summary>
    public void MarkProtected(string category, bool isFiltered)
    {
        protectedMaterial.Add(category);
        wasFiltered |= isFiltered;
    }

    /// <summary>Adds the natural logarithm of a generated token's probability.</summary>
    public void AppendLogProbability(double value) => (logProbabilities ??= []).Add(value);

    /// <summary>The completion that this reply is.</summary>
    public Completion ToCompletion(CompletionRequest request)
    {
        string words = text.ToString();
        Disposition disposition = wasFiltered ? Disposition.Filtered : FinishReasons.Disposition(FinishReason, words.Length > 0);

        // A filter that puts words of refusal in the place of the text is a filter all the same.
        if (refusal.Length > 0 && disposition != Disposition.Filtered)
            disposition = Disposition.Refused;

        // Some servers never say why they stopped; a reply that used up its tokens was cut, whatever else they say.
        else if (FinishReason is null && disposition == Disposition.Completed && CompletionTokens >= request.MaxTokens)
            disposition = Disposition.Truncated;

        return new Completion
        {
            RequestIndex = request.Index,
            Disposition = disposition,
            Text = words.Length > 0 ? words : refusal.ToString(),
            LogProbabilities = logProbabilities,
            PromptTokenCount = PromptTokens,
            CompletionTokenCount = CompletionTokens,
            FinishReason = EndedWith,
            RequestId = RequestId,
        };
    }
}
