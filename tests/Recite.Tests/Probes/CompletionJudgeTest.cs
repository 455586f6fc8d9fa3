using System.Text;
using Recite.Config;
using Recite.Indexing.Matching;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Text;
using Recite.Probes;
using Recite.Runs;
using Recite.Targets;
using Recite.Tests.Fakes;

namespace Recite.Tests.Probes;

public sealed class CompletionJudgeTest : IDisposable
{
    private static readonly string s_text = RandomText.Make(1, 80);
    private static readonly TextLength s_long = new(150, LengthUnit.Characters);
    private static readonly NearTolerance s_near = new(100);
    private readonly SmallAudit _audit = new([s_text, RandomText.Make(2, 80)]);

    [Theory]
    [InlineData(" brown fox", " brown fox", true)]
    [InlineData(" brown fox", "  BROWN...fox jumps over", true)]
    [InlineData(" brown fox", "brown fo", false)]
    [InlineData(" brown fox", "the brown fox", false)]
    [InlineData(" brown fox", "", false)]
    [InlineData(" Käfer", "KA\u0308FER", true)]
    [InlineData(" brown fo", "brown fox", true)]
    public void Extraction_is_equality_after_normalization_up_to_the_suffix(string suffix, string completion, bool expected) =>
        Assert.Equal(expected, Judge("the quick", suffix, completion).Extraction is not null);

    [Fact]
    public void An_extraction_is_marked_where_it_stands()
    {
        AttemptOutcome outcome = Judge("the quick", " brown fox", "  Brown-Fox jumps");
        TextSpan original = outcome.Text.ToOriginalInside(outcome.Extraction!.Value);
        Assert.Equal("Brown-Fox", Encoding.UTF8.GetString(outcome.Text.Original.Span[original.Start..original.End]));
    }

    [Fact]
    public void The_corpus_is_searched_for_as_much_as_the_suffix_has()
    {
        string suffix = RandomText.Make(3, 80);
        Assert.NotEmpty(Judge("the quick", suffix, s_text[..suffix.Length]).Matches);
        AttemptOutcome outcome = Judge("the quick", suffix[..20], s_text);
        Assert.Empty(outcome.Matches);
        Assert.Equal((0, 0), (outcome.LongestCharacters, outcome.LongestWords));
    }

    [Fact]
    public void A_suffix_that_the_prompt_already_held_is_an_echo()
    {
        AttemptOutcome outcome = Judge("brown fox and then the quick", " brown fox", "brown fox");
        Assert.Null(outcome.Extraction);
        Assert.True(outcome.IsEcho);
    }

    [Fact]
    public void A_repetitive_suffix_is_boilerplate()
    {
        Assert.True(Judge("start", " na na na na na na na na", "na na na na na na na na").IsBoilerplate);
        Assert.False(Judge("the quick", " brown fox", "x").IsBoilerplate);
    }

    [Fact]
    public void A_model_that_copies_its_prompt_scores_nothing()
    {
        AttemptOutcome outcome = Judge(s_text, null, s_text);
        Assert.Empty(outcome.Matches);
        Assert.Equal((0, 0), (outcome.LongestCharacters, outcome.LongestWords));
    }

    [Fact]
    public void What_is_beyond_the_prompt_counts_from_the_least_length_on()
    {
        int length = Normalize(s_text[..200]).Length;
        AttemptOutcome outcome = Judge(s_text[..100], null, s_text[..200]);
        JudgedMatch match = Assert.Single(outcome.Matches);
        Assert.InRange(match.Match.Characters, length - 8, length);
        Assert.Equal(match.Match.Characters - match.DiscountedCharacters, outcome.LongestCharacters);

        // 40 characters beyond the prompt are fewer than the 50 that are asked for.
        Assert.Empty(Judge(s_text[..100], null, s_text[..140]).Matches);
        Assert.NotEmpty(Judge("", null, s_text[..140]).Matches);
    }

    [Fact]
    public void Words_and_tokens_can_be_the_least_length()
    {
        string eightWords = string.Join(' ', s_text.Split(' ').Take(8));
        Assert.Single(Judge("", null, eightWords, new(8, LengthUnit.Words)).Matches);
        Assert.Empty(Judge("", null, eightWords, new(9, LengthUnit.Words)).Matches);
        int tokens = new BytesTokenizer().Encode(eightWords).Count;
        Assert.Single(Judge("", null, eightWords, new(tokens, LengthUnit.Tokens)).Matches);
        Assert.Empty(Judge("", null, eightWords, new(tokens + 1, LengthUnit.Tokens)).Matches);
    }

    [Fact]
    public void Near_verbatim_matches_stand_beside_the_verbatim_ones_and_count_in_no_rate()
    {
        string changed = Changed(s_text, every: 12);
        Assert.Empty(Judge("", null, changed, s_long).Matches);
        AttemptOutcome outcome = Judge("", null, changed, s_long, s_near);
        JudgedMatch near = Assert.Single(outcome.Matches);
        Assert.Equal((MatchKind.NearVerbatim, 0), (near.Match.Kind, near.DiscountedCharacters));
        Assert.False(outcome.HasCorpusMatch);
        Assert.Empty(outcome.VerbatimMatches);
    }

    [Fact]
    public void A_prompt_that_came_back_with_words_changed_is_taken_off_as_a_whole()
    {
        string changed = Changed(s_text, every: 12);
        Assert.Empty(Judge(s_text, null, changed, s_long, s_near).Matches);
        Assert.NotEmpty(Judge(RandomText.Make(5, 80), null, changed, s_long, s_near).Matches);
    }

    public void Dispose() => _audit.Dispose();

    // No run between two changes is as long as what is asked for.
    private static string Changed(string text, int every) => string.Join(' ', text.Split(' ').Select((word, i) => i % every == every / 2 ? "changed" : word));

    private AttemptOutcome Judge(string prompt, string? suffix, string completion, TextLength? least = null, NearTolerance? near = null)
    {
        ProbeContext context = _audit.Probing(new MemorizingTarget([], new BytesTokenizer()));
        if (least is { } length)
            context = context with { Config = context.Config with { Match = new MatchConfig { MinLength = length, Near = near } } };
        return CompletionJudge.Judge(
            RunFileAttempt(prompt, suffix),
            new Completion { RequestIndex = 0, Disposition = Disposition.Completed, Text = completion },
            context,
            TestContext.Current.CancellationToken);
    }

    private static PlannedAttempt RunFileAttempt(string prompt, string? suffix) => new()
    {
        Ordinal = 0,
        Id = "a",
        Arm = "prefix",
        Probe = "prefix",
        Sample = "a",
        Prompt = prompt,
        Suffix = suffix,
        MaxTokens = 10,
    };

    private static string Normalize(string text) => Encoding.UTF8.GetString(TextNormalizer.For("text").NormalizeWithMap(Encoding.UTF8.GetBytes(text)).Bytes.Span).Trim();
}
