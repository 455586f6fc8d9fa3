using System.Globalization;
using System.Text;
using Recite.Config;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;
using Recite.Probes;
using Recite.Runs;
using Recite.Targets;

namespace Recite.SelfTest.Rows;

/// <summary>Judges one completion, as a probe does.</summary>
public delegate AttemptOutcome JudgeCompletion(PlannedAttempt attempt, Completion completion, ProbeContext context, CancellationToken cancellationToken);

/// <summary>
/// T12: passages of the corpus are shown to nobody and "answered" by themselves. Where the prompt held the whole passage nothing may be left;
/// where it held one half, exactly the rest, counted here by comparing every pair of characters.
/// </summary>
/// <param name="judge">The judge; the prefix probe's by default.</param>
/// <param name="passages">Passages to take, one per document.</param>
public sealed class PromptEchoRow(JudgeCompletion? judge = null, int passages = 150) : ISelfTestRow
{
    private const int Words = 60;

    private readonly JudgeCompletion _judge = judge ?? new PrefixProbe(new PrefixProbeConfig()).Judge;

    /// <inheritdoc/>
    public string Id => "T12";

    /// <inheritdoc/>
    public string Bar => "prompt echo: 0 after discount; a partial echo leaves exactly the rest";

    /// <inheritdoc/>
    public Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken) =>
        Task.Run(() => Measure(context, cancellationToken), cancellationToken);

    private RowMeasure Measure(SelfTestContext context, CancellationToken cancellationToken)
    {
        int guarantee = context.Corpus.Manifest.Guarantee;
        var probing = new ProbeContext
        {
            Config = new AuditConfig { Match = new MatchConfig { MinLength = new TextLength(guarantee, LengthUnit.Characters) } },
            Target = context.Target,
            Index = context.Corpus,
            Matcher = new Matcher(context.Corpus),
        };
        int full = 0, fullLeft = 0, partial = 0, wrong = 0;
        foreach (string[] words in Passages(context.Corpus))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string passage = string.Join(' ', words);
            string first = string.Join(' ', words[..(Words / 2)]);
            string second = string.Join(' ', words[(Words / 2)..]);

            // All of it shown: as running text, and as the true suffix of a sample.
            AttemptOutcome echo = Ask(passage, passage, null, probing, cancellationToken);
            AttemptOutcome repeated = Ask(passage, second, second, probing, cancellationToken);
            full += 2;
            fullLeft += IsNothing(echo) ? 0 : 1;
            fullLeft += IsNothing(repeated) && repeated is { Extraction: null, IsEcho: true } ? 0 : 1;

            // One half shown, before or behind what was not.
            foreach (string shown in (string[])[first, second])
            {
                partial++;
                wrong += LeavesTheRest(Ask(shown, passage, null, probing, cancellationToken), passage, shown) ? 0 : 1;
            }
        }

        return new RowMeasure(
            string.Create(CultureInfo.InvariantCulture, $"{full - fullLeft} of {full} full echoes score 0; {partial - wrong} of {partial} partial ones leave exactly the rest"),
            full > 0 && fullLeft == 0 && wrong == 0);
    }

    private static bool IsNothing(AttemptOutcome outcome) => outcome is { Matches.Count: 0, LongestCharacters: 0, LongestWords: 0 };

    private static bool LeavesTheRest(AttemptOutcome outcome, string passage, string shown)
    {
        // The passage stands in the corpus as a whole, so one match covers it; others are parts that stand elsewhere too.
        JudgedMatch? whole = outcome.Matches.FirstOrDefault(m => m.Match.Characters == passage.Length);
        int given = LongestShared(passage, shown);
        return whole is not null
            && given >= shown.Length
            && whole.DiscountedCharacters == given
            && outcome.LongestCharacters == passage.Length - given;
    }

    // The longest common substring by its definition: no automaton, every pair of places.
    private static int LongestShared(string one, string other)
    {
        int best = 0;
        int[] before = new int[other.Length + 1];
        foreach (char c in one)
        {
            int[] now = new int[other.Length + 1];
            for (int i = 0; i < other.Length; i++)
            {
                now[i + 1] = c == other[i] ? before[i] + 1 : 0;
                best = Math.Max(best, now[i + 1]);
            }

            before = now;
        }

        return best;
    }

    private AttemptOutcome Ask(string prompt, string completion, string? suffix, ProbeContext probing, CancellationToken cancellationToken)
    {
        var attempt = new PlannedAttempt
        {
            Ordinal = 0,
            Id = "echo",
            Arm = "prefix",
            Probe = "prefix",
            Sample = "echo",
            Prompt = prompt,
            Suffix = suffix,
            MaxTokens = completion.Length,
        };
        return _judge(attempt, new Completion { RequestIndex = 0, Disposition = Disposition.Completed, Text = completion }, probing, cancellationToken);
    }

    // Normalized words of ASCII letters: one character is one byte and one code point, so that the counts above are in the same unit.
    private IEnumerable<string[]> Passages(CorpusIndex corpus)
    {
        int taken = 0;
        for (long i = 0; i < corpus.DocumentCount && taken < passages; i++)
        {
            DocumentEntry document = corpus.GetDocument(i);
            int bytes = (int)Math.Min(document.Bytes, 4000);
            NormalizedText text = corpus.Normalizer.NormalizeWithMap(corpus.ReadText(i, 0, bytes));
            string[] words = Encoding.UTF8.GetString(text.Bytes.Span).Split(' ', StringSplitOptions.RemoveEmptyEntries);

            // The last word may have been cut.
            if (words.Length <= Words + 1 || words.Take(Words).Distinct(StringComparer.Ordinal).Count() < Words / 2)
                continue;
            string[] passage = words[..Words];
            if (!passage.All(word => word.All(char.IsAsciiLetter)))
                continue;
            taken++;
            yield return passage;
        }
    }
}
