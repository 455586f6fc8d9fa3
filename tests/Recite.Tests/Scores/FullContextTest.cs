using System.Text;
using Recite.Runs;
using Recite.Scores;
using Recite.Tests.Fakes;

namespace Recite.Tests.Scores;

public sealed class FullContextTest
{
    private static readonly BytesTokenizer s_tokenizer = new();

    [Fact]
    public void Holds_the_document_from_its_beginning()
    {
        string text = RandomText.Make(1, 40);
        using var audit = new SmallAudit([text]);
        TokenCut cut = Find(audit, text, 40, 20)!;
        Assert.StartsWith(s_tokenizer.Decode([.. cut.Prefix, .. cut.Suffix]), text, StringComparison.Ordinal);
        Assert.True(cut.Prefix.Count >= 40);
        Assert.Equal(20, cut.Suffix.Count);
    }

    [Fact]
    public void Holds_the_last_part_where_the_context_is_shorter()
    {
        string text = RandomText.Make(2, 60);
        using var audit = new SmallAudit([text]);
        TokenCut whole = Find(audit, text, 50, 20)!, cut = Find(audit, text, 50, 20, context: 45)!;
        Assert.Equal(25, cut.Prefix.Count);
        Assert.Equal(whole.Prefix.TakeLast(25), cut.Prefix);
        Assert.Equal(whole.Suffix, cut.Suffix);
        Assert.Null(Find(audit, text, 50, 20, context: 20));
    }

    [Fact]
    public void Is_nothing_where_the_document_is_cut_into_other_tokens_than_the_window()
    {
        string text = RandomText.Make(3, 40);
        using var audit = new SmallAudit([text]);
        PlannedAttempt attempt = Cut(text, 30, 20);
        int[] other = [.. attempt.SuffixTokens!];
        other[^1]++;
        var context = new FullContext(audit.Index, []);
        Assert.NotNull(context.Find(attempt, s_tokenizer, null));
        Assert.Null(context.Find(attempt with { SuffixTokens = other }, s_tokenizer, null));
        Assert.Null(context.Find(attempt with { Source = attempt.Source! with { Middle = attempt.Source!.Middle + 1 } }, s_tokenizer, null));
    }

    // Longer than what is read at once, with characters of several bytes everywhere: both ends are cut between them.
    [Fact]
    public void A_long_document_is_read_from_some_way_before_the_suffix()
    {
        string text = string.Concat(Enumerable.Repeat("äöü 語言 words ", 20_000));
        using var audit = new SmallAudit([text]);
        for (int shift = 0; shift < 4; shift++)
        {
            TokenCut cut = Find(audit, text, s_tokenizer.Encode(text).Count - 500 - shift, 20, context: 100)!;
            Assert.Equal((80, 20), (cut.Prefix.Count, cut.Suffix.Count));
        }
    }

    [Fact]
    public void A_border_inside_a_token_is_no_place_to_cut()
    {
        // Tokens of "abcdefg": abc, def, g.
        Assert.Null(TokenCut.At(s_tokenizer.Encode("abcdefg"), 2));
        Assert.Null(TokenCut.At(s_tokenizer.Encode("abcdefg"), 3, 5));
        Assert.Null(TokenCut.At(s_tokenizer.Encode("abcdefg"), 0));
        TokenCut cut = TokenCut.At(s_tokenizer.Encode("abcdefg"), 3, 6)!;
        Assert.Equal(("abc", "def"), (s_tokenizer.Decode(cut.Prefix), s_tokenizer.Decode(cut.Suffix)));
    }

    private static TokenCut? Find(SmallAudit audit, string text, int prefix, int suffix, int? context = null) =>
        new FullContext(audit.Index, []).Find(Cut(text, prefix, suffix), s_tokenizer, context);

    // The first token border that is one of characters too, so that the window is a text.
    private static PlannedAttempt Cut(string text, int first, int count)
    {
        IReadOnlyList<Recite.Targets.Token> tokens = s_tokenizer.Encode(text);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bool IsBorder(int at) => at == bytes.Length || (bytes[at] & 0xC0) != 0x80;
        while (!IsBorder(tokens[first].Start) || !IsBorder(tokens[first + count - 1].End))
            first++;
        int start = tokens[first - 5].Start, middle = tokens[first].Start, end = tokens[first + count - 1].End;
        return new PlannedAttempt
        {
            Ordinal = 0,
            Id = "prefix-0-1",
            Arm = "prefix",
            Probe = "prefix",
            Sample = "prefix-0",
            Prompt = Encoding.UTF8.GetString(bytes[start..middle]),
            PromptTokens = [.. tokens.Skip(first - 5).Take(5).Select(t => t.Id)],
            Suffix = Encoding.UTF8.GetString(bytes[middle..end]),
            SuffixTokens = [.. tokens.Skip(first).Take(count).Select(t => t.Id)],
            MaxTokens = count,
            Source = new SampleSource(0, "d0", "file:d0", start, middle, end),
        };
    }
}
