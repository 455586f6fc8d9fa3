using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;

namespace Recite.Indexing.Tests.Matching;

/// <summary>Programs found in an index of programs, however they are laid out.</summary>
public sealed class CodeMatchTest
{
    private const string Written = """
        // Copyright of somebody. It's kept here.
        using System;

        namespace Shop.Orders;

        /// <summary>Adds up what a basket costs.</summary>
        internal sealed class BasketTotal(ITaxes taxes)
        {
            private const string Address = "https://shop.example/orders#new";

            public decimal Sum(Basket basket)
            {
                decimal total = 0; // so far
                foreach (Line line in basket.Lines)
                {
                    if (line.Count <= 0)
                        continue;
                    total += line.Count * line.Price;
                }

                return total + taxes.Of(total, "std");
            }
        }
        """;

    private const string Reformatted = """
        /* Another licence,
           on several lines: don't look for it. */
        using System;
        namespace Shop.Orders;
        internal sealed class BasketTotal (ITaxes taxes) {
          private const string Address = "https://shop.example/orders#new"; /* where "it" goes */
          public decimal Sum (Basket basket) { // sums
            decimal total = 0;
            foreach (Line line in basket.Lines) { if (line.Count <= 0) continue; total += line.Count*line.Price; }
            return total
                + taxes.Of (total,
                            "std");
          }
        }
        """;

    private static readonly string[] s_others =
    [
        "def total(lines):\n    # nothing alike\n    return sum(line.price for line in lines if line.count > 0)\n",
        "#include <stdio.h>\nint main(void) { for (int i = 0; i < 10; i++) printf(\"%d\\n\", i); return 0; }\n",
    ];

    [Fact]
    public void A_program_with_other_comments_and_layout_is_found_whole()
    {
        using SmallCorpus corpus = Build("code");
        MatchResult result = corpus.Match(Reformatted);
        Assert.Equal(1.0, result.Coverage);
        ReportedMatch match = Assert.Single(result.Matches);
        Assert.Equal(("using System", "\"std"), Ends(Reformatted, match.Start, match.End));
        MatchSource source = Assert.Single(match.Sources);
        Assert.Equal("d1", source.Id);
        Assert.Equal(("using System", "\"std"), Ends(Written, (int)source.Start, (int)source.End));
    }

    [Fact]
    public void As_text_it_is_not_found_whole()
    {
        using SmallCorpus corpus = Build("text");
        Assert.InRange(corpus.Match(Reformatted).Coverage, 0, 0.9);
    }

    [Fact]
    public void With_other_names_it_is_found_by_structure_only()
    {
        string renamed = new StringBuilder(Reformatted)
            .Replace("BasketTotal", "CartSum").Replace("basket", "cart").Replace("Basket", "Cart").Replace("total", "amount").Replace("line", "row")
            .Replace("Line", "Row").Replace("taxes", "duty").Replace("\"std\"", "\"other words\"").Replace("shop.example/orders#new", "x").ToString();
        using SmallCorpus names = Build("code"), structure = Build("code-renamed");
        Assert.InRange(names.Match(renamed).Coverage, 0, 0.5);

        MatchResult result = structure.Match(renamed);
        Assert.Equal(1.0, result.Coverage);
        Assert.Contains(result.Matches, match => Ends(renamed, match.Start, match.End).First == "using System" && match.Sources.Any(source => source.Id == "d1"));
    }

    [Fact]
    public void A_piece_from_the_middle_of_a_line_to_that_of_another_is_found()
    {
        using SmallCorpus corpus = Build("code");
        string piece = Reformatted[Reformatted.IndexOf("tem;\nnamespace", StringComparison.Ordinal)..Reformatted.IndexOf("; total +=", StringComparison.Ordinal)];
        ReportedMatch match = Assert.Single(corpus.Match(piece).Matches);
        Assert.Equal(("tem;\nnamespa", "tinue"), Ends(piece, match.Start, match.End, last: 5));
    }

    [Fact]
    public void A_program_longer_than_a_block_is_found_whole()
    {
        string[] parts = [.. Enumerable.Range(0, 300).Select(i => Written.Replace("Basket", $"Basket{i}", StringComparison.Ordinal))];
        using SmallCorpus corpus = SmallCorpus.Build([.. s_others, string.Join("\n/* next */\n", parts)], new CorpusBuildOptions { Normalization = "code" });
        MatchResult result = corpus.Match(string.Join('\n', parts));
        Assert.Equal(1.0, result.Coverage);
        Assert.Contains(result.Matches, match => match.Words == result.Words);
    }

    private static SmallCorpus Build(string profile) =>
        SmallCorpus.Build([s_others[0], Written, s_others[1]], new CorpusBuildOptions { Normalization = profile });

    private static (string First, string Last) Ends(string text, int start, int end, int last = 4)
    {
        string match = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)[start..end]);
        return (match[..12], match[^last..]);
    }
}
