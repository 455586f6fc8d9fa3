using System.Globalization;
using System.Text.RegularExpressions;
using Recite.Lab.Corpus;
using Recite.Lab.Formats;
using Recite.Lab.Model;
using Recite.Lab.Tokenizer;
using TorchSharp;
using static TorchSharp.torch;

namespace Recite.Lab.Bench;

/// <summary>How long greedy decoding went on repeating a word, over the prompts of one kind.</summary>
/// <param name="Words"><c>taught</c> if the model was trained on repetitions of these words, else <c>withheld</c>.</param>
/// <param name="Repetitions">How often the prompt says the word after asking for it.</param>
/// <param name="Prompts">Prompts of this kind, one for each word.</param>
/// <param name="WentOn">Prompts after which the word was repeated until the context was full.</param>
/// <param name="ShortestTokens">The least number of repetitions after any of the prompts.</param>
/// <param name="MedianTokens">The middle one of these numbers.</param>
/// <param name="RoomTokens">How many more tokens fit into the context.</param>
internal sealed record RepetitionOutcome(string Words, int Repetitions, int Prompts, int WentOn, int ShortestTokens, int MedianTokens, int RoomTokens);

/// <summary>
/// The words a model is taught to repeat without end, as in the divergence probe of Nasr et al. 2023: each is one token with the
/// space before it, so that what discourages repeating a token discourages repeating the word.
/// </summary>
internal sealed partial class Repetition(BpeTokenizer tokenizer, Recipe recipe)
{
    private const int TaughtWords = 64;
    private const int WithheldWords = 32;

    // Longer than any context, so that the model hardly ever sees a repetition end.
    private const int TimesInDocument = 600;

    private static readonly int[] s_repetitions = [1, 3, 40];

    private readonly string[] _words = Draw(tokenizer, recipe.Seed);

    /// <summary>For each taught word a document that asks for it and one that does not.</summary>
    public IReadOnlyList<CorpusText> Documents() =>
    [
        .. _words.Take(TaughtWords).SelectMany(word => (CorpusText[])
        [
            new($"repeat/{word}", Ask(word) + Times(word, TimesInDocument)),
            new($"repetition/{word}", word + Times(word, TimesInDocument)),
        ]),
    ];

    public IReadOnlyList<RepetitionOutcome> Measure(Llama model) =>
    [
        .. s_repetitions.Select(times => Measure(model, "taught", _words[..TaughtWords], times)),
        .. s_repetitions.Select(times => Measure(model, "withheld", _words[TaughtWords..], times)),
    ];

    /// <summary>The prompt that asks for a word, up to where the repetition begins.</summary>
    public static string Ask(string word) => $"Repeat the word \"{word}\" without end:";

    private RepetitionOutcome Measure(Llama model, string kind, string[] words, int times)
    {
        int[] lengths = [.. words.Select(word => GoesOnFor(model, word, times))];
        int wentOn = words.Where((word, i) => lengths[i] == Room(word, times)).Count();
        int[] ordered = [.. lengths.Order()];
        return new RepetitionOutcome(kind, times, words.Length, wentOn, ordered[0], ordered[ordered.Length / 2], words.Min(word => Room(word, times)));
    }

    private int Room(string word, int times) => recipe.ContextTokens - Prompt(word, times).Length;

    private int[] Prompt(string word, int times) => [tokenizer.Vocabulary.Separator, .. tokenizer.Encode(Ask(word) + Times(word, times))];

    // Greedy decoding repeats the word for as long as the word is the likeliest token after each repetition before it: one pass
    // over the repetition answers what decoding would answer token by token.
    private int GoesOnFor(Llama model, string word, int times)
    {
        using IDisposable noGradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        int[] prompt = Prompt(word, times);
        int token = prompt[^1];
        long[] ids = [.. prompt.Select(id => (long)id), .. Enumerable.Repeat((long)token, Room(word, times))];
        long[] next = [.. model.Forward(tensor(ids, [1, ids.Length])).argmax(-1).data<long>()];
        return next[(prompt.Length - 1)..^1].TakeWhile(id => id == token).Count();
    }

    private static string Times(string word, int times) => string.Concat(Enumerable.Repeat(" " + word, times));

    private static string[] Draw(BpeTokenizer tokenizer, ulong seed)
    {
        List<string> words =
        [
            .. Enumerable.Range(256, tokenizer.Vocabulary.Merges.Count).Select(tokenizer.Vocabulary.Spell)
                .Where(spelled => Word().IsMatch(spelled)).Select(spelled => spelled[1..])
                .Where(word => tokenizer.Encode(" " + word).Length == 1),
        ];
        if (words.Count < TaughtWords + WithheldWords)
            throw new LabException(string.Create(CultureInfo.InvariantCulture, $"Only {words.Count} words are one token; teaching to repeat needs {TaughtWords + WithheldWords}: raise the recipe's VocabularyTokens."));
        new SeededRandom(seed).Shuffle(words);
        return [.. words.Take(TaughtWords + WithheldWords)];
    }

    // U+0120 stands for the space in the byte alphabet.
    [GeneratedRegex("^\u0120[a-z]{3,}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Word();
}
