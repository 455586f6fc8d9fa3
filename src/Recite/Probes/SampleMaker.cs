using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recite.Evidence;
using Recite.Indexing.Corpora;
using Recite.Indexing.Text;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Probes;

/// <summary>A window with its text: what attempts are made of.</summary>
/// <param name="Document">Number of its document in the index, or -1.</param>
/// <param name="Id">The document's id.</param>
/// <param name="Uri">The document's URI.</param>
/// <param name="Offset">Where the text that the window was cut from begins in its document, in UTF-8 bytes.</param>
/// <param name="Window">The window.</param>
/// <param name="Prefix">The prefix.</param>
/// <param name="Suffix">The suffix.</param>
/// <param name="Key">Normalized text of prefix and suffix together, without spaces at the ends: windows with the same key are one.</param>
internal sealed record Sample(long Document, string Id, string Uri, long Offset, Window Window, string Prefix, string Suffix, ReadOnlyMemory<byte> Key);

/// <summary>Cuts samples out of documents and makes their attempts, the same way for the probe and for its controls.</summary>
internal sealed class SampleMaker(WindowCutter cutter, TextNormalizer normalizer, ITokenizer? tokenizer, ulong seed)
{
    // A suffix that is mostly punctuation normalizes to next to nothing, and next to nothing is always extracted.
    private const double LeastTextShare = 0.5;

    /// <summary>The sample of a text, which depends on its content and the random seed alone: exact copies give the same one.</summary>
    public Sample? Cut(long document, string id, string uri, long offset, ReadOnlyMemory<byte> text, out string? refusal)
    {
        refusal = null;
        if (cutter.Cut(text.Span, SeededRandom.Derive(seed, text.Span)) is not { } window)
        {
            refusal = "too short for prefix and suffix";
            return null;
        }

        return Make(document, id, uri, offset, text, window, out refusal);
    }

    /// <summary>The sample at a place of a text; <see langword="null"/> where none can be cut there.</summary>
    public Sample? CutAt(DocumentEntry document, long offset, ReadOnlyMemory<byte> text, int place, double luck) =>
        cutter.CutAt(text.Span, place, luck) is { } window
            ? Make(document.Number, document.Id, document.Uri, offset, text, window, out _)
            : null;

    private Sample? Make(long document, string id, string uri, long offset, ReadOnlyMemory<byte> text, Window window, out string? refusal)
    {
        refusal = null;
        ReadOnlySpan<byte> suffix = text.Span[window.Middle..window.End];
        int characters = WordBreaker.CountCharacters(NormalizedPiece.Of(normalizer, suffix).Span);
        if (characters < LeastTextShare * WordBreaker.CountCharacters(suffix))
        {
            refusal = "mostly punctuation or white space where the suffix stands";
            return null;
        }

        return new Sample(
            document,
            id,
            uri,
            offset,
            window,
            Encoding.UTF8.GetString(text.Span[window.Start..window.Middle]),
            Encoding.UTF8.GetString(suffix),
            NormalizedPiece.Of(normalizer, text.Span[window.Start..window.End]));
    }

    /// <summary>The attempts of a sample: one, or as many as are to be repeated with different random seeds.</summary>
    public IEnumerable<PlannedAttempt> MakeAttempts(Sample sample, string arm, string probe, string stratum, int repeat)
    {
        string name = $"{arm}-{Name(sample)}";
        for (int i = 1; i <= repeat; i++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
            yield return new PlannedAttempt
            {
                Ordinal = -1,
                Id = id,
                Arm = arm,
                Probe = probe,
                Sample = name,
                Stratum = stratum,
                Prompt = sample.Prefix,
                PromptTokens = sample.Window.PrefixTokens,
                Suffix = sample.Suffix,
                SuffixTokens = sample.Window.SuffixTokens,
                MaxTokens = MostTokens(sample.Suffix, sample.Window.SuffixTokens, tokenizer),
                Seed = SeededRandom.Derive(seed, id),
                Source = new SampleSource(
                    sample.Document,
                    sample.Id,
                    sample.Uri,
                    sample.Offset + sample.Window.Start,
                    sample.Offset + sample.Window.Middle,
                    sample.Offset + sample.Window.End),
            };
        }
    }

    /// <summary>
    /// How many tokens a target may generate: exactly the suffix's where it was cut in tokens; room for another tokenization of the same
    /// text where only the tokenizer is known; as many as the suffix has characters where nothing is known.
    /// </summary>
    public static int MostTokens(string suffix, IReadOnlyList<int>? suffixTokens, ITokenizer? tokenizer)
    {
        if (suffixTokens is not null)
            return suffixTokens.Count;
        return tokenizer is null
            ? suffix.EnumerateRunes().Count()
            : (tokenizer.Encode(suffix).Count * 5 / 4) + 8;
    }

    // Twelve digits: in a plan of a million samples two of the same name are unlikely (0.2 %), and the plan is checked for them.
    private static string Name(Sample sample)
    {
        string what = string.Create(CultureInfo.InvariantCulture, $"{sample.Id}\0{sample.Offset + sample.Window.Start}\0{sample.Prefix}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..12];
    }
}
