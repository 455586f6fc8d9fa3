using System.Text.RegularExpressions;
using CsCheck;
using Recite.Indexing;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Tests.Inputs;

public sealed class GlobPatternTest
{
    [Theory]
    [InlineData("*.txt", "a.txt", true)]
    [InlineData("*.txt", "a.txt.gz", false)]
    [InlineData("*.txt", "b/a.txt", false)]
    [InlineData("**/*.txt", "a.txt", true)]
    [InlineData("**/*.txt", "b/c/a.txt", true)]
    [InlineData("**", "b/c/a.txt", true)]
    [InlineData("a/**/z.md", "a/z.md", true)]
    [InlineData("a/**/z.md", "a/b/c/z.md", true)]
    [InlineData("a/**/z.md", "b/z.md", false)]
    [InlineData("**/b/**/*.md", "a/b/c/b/d.md", true)]
    [InlineData("?.txt", "ab.txt", false)]
    [InlineData("[a-c]?.txt", "bx.txt", true)]
    [InlineData("[!a-c]?.txt", "bx.txt", false)]
    [InlineData("[]x].txt", "].txt", true)]
    [InlineData("a[1.txt*", "a[1.txt", true)]
    [InlineData("*.{md,txt}", "a.txt", true)]
    [InlineData("*.{md,txt}", "a.rst", false)]
    [InlineData("{a,b}{1,2}*", "b2", true)]
    [InlineData("*", ".hidden", false)]
    [InlineData("**/*.txt", ".git/a.txt", false)]
    [InlineData(".*", ".hidden", true)]
    [InlineData("*a*b*c*", "xxaxxbxxcxx", true)]
    [InlineData("*a*b*c*", "xxaxxcxxbxx", false)]
    public void Matches_as_a_shell_does(string pattern, string path, bool matches)
    {
        Assert.True(GlobPattern.TryParse("root/" + pattern, out string root, out GlobPattern? parsed));
        Assert.Equal(pattern.StartsWith("a/", StringComparison.Ordinal) ? "root/a" : "root", root);
        if (root is "root/a")
        {
            Assert.Equal(matches, path.StartsWith("a/", StringComparison.Ordinal) && Run(parsed, path[2..]));
            return;
        }

        Assert.Equal(matches, Run(parsed, path));
    }

    [Fact]
    public void Agrees_with_a_regular_expression() =>
        Gen.Select(Gen.Char["ab*?/"].Array[1, 8], Gen.Char["ab/"].Array[1, 10]).Sample((patternChars, pathChars) =>
        {
            string[] parts = [.. new string(patternChars).Split('/', StringSplitOptions.RemoveEmptyEntries), "*"];
            string path = string.Join('/', new string(pathChars).Split('/', StringSplitOptions.RemoveEmptyEntries));
            Assert.True(GlobPattern.TryParse("*/" + string.Join('/', parts), out _, out GlobPattern? pattern));

            // ** before a slash is any number of folders; three stars and more are an ordinary star.
            string expression = "^[^/]+/" + string.Join('/', parts.Select(part => part is "**" ? "\u0001" : Regex.Escape(part).Replace("\\*", "[^/]*", StringComparison.Ordinal).Replace("\\?", "[^/]", StringComparison.Ordinal))) + "$";
            expression = expression.Replace("\u0001/", "([^/]+/)*", StringComparison.Ordinal);
            return Run(pattern, path) == Regex.IsMatch(path, expression, RegexOptions.None, TimeSpan.FromSeconds(5));
        });

    [Theory]
    [InlineData("docs/*.md", "docs")]
    [InlineData("*.md", ".")]
    [InlineData("/*.md", "/")]
    [InlineData("/data/x/**", "/data/x")]
    public void Splits_off_the_folder_before_the_first_wildcard(string input, string root)
    {
        Assert.True(GlobPattern.TryParse(input, out string found, out _));
        Assert.Equal(root, found);
    }

    [Fact]
    public void Takes_a_name_without_wildcards_for_no_pattern() => Assert.False(GlobPattern.TryParse("docs/a.md", out _, out _));

    [Fact]
    public void Bounds_segments_and_alternatives()
    {
        Assert.Throws<ReciteException>(() => GlobPattern.TryParse(string.Concat(Enumerable.Repeat("*/", 100)), out _, out _));
        Assert.Throws<ReciteException>(() => GlobPattern.TryParse(string.Concat(Enumerable.Repeat("{a,b}", 30)), out _, out _));
    }

    [Fact]
    public void A_pattern_of_many_stars_ends_soon()
    {
        Assert.True(GlobPattern.TryParse(string.Concat(Enumerable.Repeat("*a", 100)) + "b", out _, out GlobPattern? pattern));
        Assert.False(Run(pattern, new string('a', 250)));
    }

    private static bool Run(GlobPattern pattern, string path) =>
        pattern.IsMatch(path.Split('/').Aggregate(pattern.Start, pattern.Step));
}
