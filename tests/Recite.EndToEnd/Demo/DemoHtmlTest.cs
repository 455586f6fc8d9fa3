using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Demo;

/// <summary>The report is one file that needs neither network nor script and opens in a browser.</summary>
[Collection(DemoTests.Name)]
public sealed partial class DemoHtmlTest(DemoRun demo)
{
    private const int Patience = 10_000;

    [Fact]
    public void Holds_no_script_and_nothing_from_outside()
    {
        string html = File.ReadAllText(demo.HtmlPath);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(ActiveElement(), html);
        Assert.DoesNotMatch(EventHandler(), html);
        Assert.DoesNotContain("javascript:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        string[] references = [.. Reference().Matches(html).Select(match => match.Groups["to"].Value)];
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(
            reference.StartsWith('#') || reference.StartsWith("data:", StringComparison.Ordinal), $"the report refers to {reference}"));
        HashSet<string> anchors = [.. Anchor().Matches(html).Select(match => "#" + match.Groups["id"].Value)];
        Assert.All(references.Where(reference => reference.StartsWith('#')), reference => Assert.Contains(reference, anchors));
    }

    [Fact]
    public async Task Opens_in_a_browser_from_the_file_and_says_the_verdict()
    {
        string dom = await OpenAsync(demo.HtmlPath);
        string text = Spaces().Replace(WebUtility.HtmlDecode(Tag().Replace(dom, " ")), " ");
        string verdict = demo.Result.Output.Split('\n').First(line => line.Trim().Length > 0).Trim();
        Assert.StartsWith("The model gives back text", verdict, StringComparison.Ordinal);
        Assert.Contains(verdict, text, StringComparison.Ordinal);
        Assert.Contains("64–127", text, StringComparison.Ordinal);
        Assert.Contains(DemoCorpus.Planted, text, StringComparison.Ordinal);
    }

    private static async Task<string> OpenAsync(string path)
    {
        using var profile = new TemporaryFolder();
        var start = new ProcessStartInfo("chromium",
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={profile.At("profile")}", "--dump-dom", new Uri(path).AbsoluteUri,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        Process browser;
        try
        {
            browser = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no 'chromium' on the PATH to open the report with; eng/install-test-tools installs it.");
            throw;
        }

        using (browser)
        {
            Task<string> errors = browser.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string dom = await browser.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await browser.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(browser.ExitCode == 0, await errors);
            return dom;
        }
    }

    [GeneratedRegex("<(?:script|iframe|object|embed|link|base|form|img|audio|video|source)\\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: Patience)]
    private static partial Regex ActiveElement();

    [GeneratedRegex("<[^<>]*\\son[a-z]+\\s*=", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: Patience)]
    private static partial Regex EventHandler();

    [GeneratedRegex("(?:\\b(?:src|href|action|data|poster)\\s*=\\s*\"(?<to>[^\"]*)\"|url\\(\\s*['\"]?(?<to>[^)'\"]*))", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: Patience)]
    private static partial Regex Reference();

    [GeneratedRegex("\\sid=\"(?<id>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: Patience)]
    private static partial Regex Anchor();

    [GeneratedRegex("<style.*?</style>|<[^>]*>", RegexOptions.Singleline, matchTimeoutMilliseconds: Patience)]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+", RegexOptions.None, matchTimeoutMilliseconds: Patience)]
    private static partial Regex Spaces();
}
