using System.Text;
using Recite.Indexing.Text;
using Recite.Testing.Text;

namespace Recite.Indexing.Tests.Text;

public sealed class CodeProfileTest
{
    [Theory]
    [InlineData("if (a<b) { f(x, 'it'); } // why", "if (a <b ){f (x ,\"it \");}")]
    [InlineData("x = a - -1.5e-3 /* c */ ;", "x =a --1.5e-3 ;")]
    [InlineData("url = \"http://h/#a\" # note", "url =\"http ://h /#a \"")]
    [InlineData("#include <x.h>", "#include <x .h >")]
    [InlineData("n = (lo + hi) // 2", "n =(lo +hi )//2 ")]
    [InlineData("SELECT a -- first", "SELECT a ")]
    [InlineData("", "")]
    [InlineData("/* nothing\n but this */\n// and this\n# and that\n-- and those", "")]
    [InlineData("#!/bin/sh\nls", "ls ")]
    [InlineData("#![allow(x)]\n#[derive(Debug)]", "#![allow (x )]#[derive (Debug )]")]
    [InlineData("#define CAT(a, b) a ## b", "#define CAT (a ,b )a ##b ")]
    [InlineData("#if DEBUG // only here", "#if DEBUG ")]
    [InlineData("for (;; --i) n--; echo $#", "for (;;--i )n --;echo $#")]
    [InlineData("git log --oneline", "git log --oneline ")]
    [InlineData("--[[ one\n two ]] print(x)", "print (x )")]
    [InlineData("curl http://h/a", "curl http ://h /a ")]
    [InlineData("cp a/* b\ncp c/*/d e", "cp a /*b cp c /*/d e ")]
    [InlineData("f(int/*unused*/, x)", "f (int ,x )")]
    [InlineData("fn f<'a>(s: &'a str) { 'x' } // it's", "fn f <\"a >(s :&\"a str ){\"x \"}")]
    [InlineData("don't # it's", "don \"t ")]
    [InlineData("s = r'\\' # ' // a", "s =r \"\\\"#\"")]
    [InlineData("1'000 0xE+1 1..2 x.0.1", "1 \"000 0xE +1 1 ..2 x .0.1 ")]
    [InlineData("a = b /* open", "a =b /*open ")]
    [InlineData("\u00e9t\u00e9\u00a0= \u65e5\u672c", "\u00e9t\u00e9 =\u65e5\u672c ")]
    public void Comments_and_layout_are_out_of_the_way(string text, string expected)
    {
        Assert.Equal(expected, CodeSamples.Normalize(text));
        Assert.Equal(expected, Encoding.UTF8.GetString(SlowCode.Normalize(Encoding.UTF8.GetBytes(text), renamed: false)));
    }

    [Theory]
    [InlineData("int total = count + 1; // sum", "int i =i +0 ;")]
    [InlineData("log(\"a\", 'b', x1);", "i (\"\",\"\",i );")]
    [InlineData("while (true) yield return 1.5e3;", "while (true )yield return 0 ;")]
    public void Names_numbers_and_strings_are_alike_when_renamed(string text, string expected)
    {
        Assert.Equal(expected, CodeSamples.Normalize(text, "code-renamed"));
        Assert.Equal(expected, Encoding.UTF8.GetString(SlowCode.Normalize(Encoding.UTF8.GetBytes(text), renamed: true)));
    }

    [Fact]
    public void The_examples_of_the_format_page_hold()
    {
        string page = File.ReadAllText(Testing.Repository.At("docs/formats/normalization.md"));
        string section = page.Split("## `code/1`")[1].Split("| input | output | why |")[1].Split("\n\n")[0];
        string[][] rows = [.. section.Split('\n').Select(row => row.Split(" | ")).Where(cells => cells.Length == 3 && cells[0].StartsWith("| `", StringComparison.Ordinal))];
        Assert.Equal(6, rows.Length);
        Assert.All(rows, cells => Assert.Equal(cells[1].Trim('`'), CodeSamples.Normalize(cells[0][2..].Trim('`'))));
    }

    [Fact]
    public void A_comment_that_does_not_end_in_time_is_code()
    {
        string within = "/*" + new string('x', (16 << 10) - 4) + "*/ y", beyond = "/*" + new string('x', (16 << 10) - 3) + "*/ y";
        Assert.Equal("y ", CodeSamples.Normalize(within));
        Assert.Equal("/*" + new string('x', (16 << 10) - 3) + " */y ", CodeSamples.Normalize(beyond));
    }

    [Fact]
    public void Lexemes_lead_back_to_where_they_stand()
    {
        byte[] utf8 = "int a; // one\n  b(c);"u8.ToArray();
        NormalizedText text = TextNormalizer.For("code").NormalizeWithMap(utf8);
        Assert.Equal("int a ;b (c );", Encoding.UTF8.GetString(text.Bytes.Span));
        Assert.Equal([(0, 0), (3, 3), (4, 4), (5, 6), (16, 7), (17, 9), (18, 10), (19, 12), (20, 13), (21, 14)], ClusterTruth.ReadBorders(text));
    }

    [Theory]
    [InlineData("a\nb\n", 1, 2)]
    [InlineData("a\r\nb", 1, 3)]
    [InlineData("a /* x\n y */ b\nc", 3, 15)]
    [InlineData("a /* x\n y b\nc", 3, 7)]
    [InlineData("--[[ x\n ]]\nc", 3, 11)]
    [InlineData("abc", 1, 3)]
    [InlineData("abc\n", 0, 0)]
    public void A_cut_is_the_start_of_a_line_outside_of_comments(string text, int from, int expected) =>
        Assert.Equal(expected, TextNormalizer.For("code").FindCut(Encoding.UTF8.GetBytes(text), from));

    [Fact]
    public void Hostile_text_takes_linear_time()
    {
        string[] parts = ["/*", "a/*", "\"", "\\\"", "'", "#", "--", "--[[", "//1", "\"#\"", "x--\n", "/*\n", "*/\n"];
        Assert.All(parts, part =>
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, part, 300_000).ToString());
            foreach (string profile in new[] { "code", "code-renamed" })
            {
                NormalizedText text = TextNormalizer.For(profile).NormalizeWithMap(utf8);
                Assert.Equal(TextSamples.Normalize(utf8, profile), text.Bytes.ToArray());
                Assert.InRange(TextNormalizer.For(profile).FindCut(utf8, utf8.Length / 2), utf8.Length / 2, utf8.Length);
            }
        });
    }
}
