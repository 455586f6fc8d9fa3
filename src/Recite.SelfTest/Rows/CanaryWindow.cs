using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Indexing;
using Recite.Targets;

namespace Recite.SelfTest.Rows;

/// <summary>A prompt cut from a canary and the tokens that follow it there.</summary>
/// <param name="Canary">The canary.</param>
/// <param name="Prompt">Token ids.</param>
/// <param name="Suffix">Token ids.</param>
public sealed record CanaryWindow(Canary Canary, IReadOnlyList<int> Prompt, IReadOnlyList<int> Suffix);

/// <summary>Says of each window whether greedy decoding of the prompt gives the suffix.</summary>
/// <param name="target">The bundled model.</param>
/// <param name="windows">What to ask.</param>
/// <param name="cancellationToken">Stops the asking.</param>
public delegate Task<IReadOnlyList<bool>> CanaryHits(ITarget target, IReadOnlyList<CanaryWindow> windows, CancellationToken cancellationToken);

/// <summary>The two windows of each canary that the lab's decoder was asked, and the product's own way of asking.</summary>
internal static class CanaryWindows
{
    /// <summary>From the canary's beginning, after the separator between documents.</summary>
    /// <exception cref="ReciteException">A canary is too short, or the model says no separator.</exception>
    public static IReadOnlyList<CanaryWindow> FromBeginning(SelfTestContext context, IndependentExtraction extraction)
    {
        int separator = ReadSeparator(context.ModelDirectory);
        return Cut(context, extraction, _ => 0, [separator]);
    }

    /// <summary>From the offset that the lab drew, without a separator.</summary>
    /// <exception cref="ReciteException">A canary is too short.</exception>
    public static IReadOnlyList<CanaryWindow> AtOffset(SelfTestContext context, IndependentExtraction extraction)
    {
        Dictionary<string, int> offsets = extraction.Canaries.ToDictionary(outcome => outcome.Id, outcome => outcome.Offset, StringComparer.Ordinal);
        return Cut(context, extraction, offsets.GetValueOrDefault, []);
    }

    /// <summary>Asks the target as an audit does.</summary>
    public static async Task<IReadOnlyList<bool>> AskAsync(ITarget target, IReadOnlyList<CanaryWindow> windows, CancellationToken cancellationToken)
    {
        var hits = new bool[windows.Count];
        CompletionRequest[] requests =
        [
            .. windows.Select((window, i) => new CompletionRequest { Index = i, AttemptId = window.Canary.Id, Prompt = "", PromptTokens = window.Prompt, MaxTokens = window.Suffix.Count }),
        ];
        await foreach (Completion completion in target.CompleteAsync(requests, cancellationToken))
        {
            if (completion.Error is { } error)
                throw new ReciteException(error);
            hits[completion.RequestIndex] = completion.Tokens!.SequenceEqual(windows[completion.RequestIndex].Suffix);
        }

        return hits;
    }

    private static CanaryWindow[] Cut(SelfTestContext context, IndependentExtraction extraction, Func<string, int> offset, int[] before) =>
    [
        .. context.Canaries.Canaries.Select(canary =>
        {
            int[] ids = [.. context.Target.Tokenizer!.Encode(canary.Text).Select(token => token.Id)];
            int start = offset(canary.Id);
            int middle = start + extraction.PrefixTokens;
            int end = middle + extraction.SuffixTokens;
            return start >= 0 && end <= ids.Length
                ? new CanaryWindow(canary, [.. before, .. ids[start..middle]], ids[middle..end])
                : throw new ReciteException($"{canary.Id} has {ids.Length} tokens, too few for a window from {start} to {end}; list of canaries, model and extraction.json do not belong together.");
        }),
    ];

    private static int ReadSeparator(string modelDirectory) =>
        IndependentExtraction.ReadJson<JsonObject>(Path.Combine(modelDirectory, "config.json"), "the configuration of a model")["eos_token_id"] is JsonValue value && value.TryGetValue(out int id)
            ? id
            : throw new ReciteException($"{modelDirectory}/config.json names no single eos_token_id; take the file that came with the model.");
}
