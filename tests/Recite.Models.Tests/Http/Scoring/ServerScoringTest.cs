using System.Text;
using Recite.Config;
using Recite.Models.Onnx;
using Recite.Models.Tests.Onnx;
using Recite.Targets;
using Recite.Testing.Servers;

namespace Recite.Models.Tests.Http.Scoring;

/// <summary>Scores over HTTP, from a server process that runs the bundled model with code of its own and goes wrong, against local scores.</summary>
public sealed class ServerScoringTest : IAsyncLifetime
{
    private static readonly string[] s_faults =
        ["--faults", "rate-limit,overloaded,error,refuse,truncate,drop,slow", "--fault-share", "0.5", "--faults-per-prompt", "2", "--retry-after", "0"];

    private static readonly SamplingOptions[] s_schemes =
    [
        new() { Temperature = 1 },
        new() { Temperature = 1, TopK = 4 },
        new() { Temperature = 1, TopP = .5 },
        new() { Temperature = .7 },
        new() { Temperature = 0 },
    ];

    private readonly OnnxTarget _local = new(DemoModel.Path, new OnnxOptions { Threads = 1, BatchSize = 1 });

    public async ValueTask InitializeAsync() => await _local.ConnectAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _local.DisposeAsync();

    [Theory]
    [InlineData("prompt-logprobs", "prompt_logprobs")]
    [InlineData("echo", "echo")]
    public async Task Scores_of_a_server_with_faults_are_the_local_ones(string scoring, string method)
    {
        (ScoreRequest Text, ScoreRequest Tokens, bool IsClean)[] windows = [.. Windows()];
        await using TestServerProcess server = await TestServerProcess.StartAsync(
            TestContext.Current.CancellationToken, ["--model", DemoModel.Path, "--name", "demo", "--scoring", scoring, .. s_faults]);
        await using ITarget remote = TargetFactory.Create(server.TargetId("demo"), new TargetSettings { FirstRetryDelay = TimeSpan.FromMilliseconds(1), Environment = _ => null });
        await remote.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Equal((true, method), (remote.Capabilities.Scoring, remote.Capabilities.ScoringMethod));

        List<SuffixScore> expected = await _local.ScoreAllAsync([.. windows.Select(window => window.Tokens)]);
        List<SuffixScore> actual = [.. (await remote.ScoreAllAsync([.. windows.Select(window => window.Text)])).OrderBy(score => score.RequestIndex)];
        Assert.Equal(Enumerable.Range(0, windows.Length), actual.Select(score => score.RequestIndex));
        Assert.Contains(windows, window => window.IsClean);
        Assert.Contains(windows, window => !window.IsClean);
        int unsaid = 0;
        for (int i = 0; i < windows.Length; i++)
        {
            // Where tokens are shown without the bytes they stand for, a border inside one of them cannot always be found.
            if (actual[i].Error is { } error)
            {
                Assert.False(windows[i].IsClean);
                Assert.Contains("ends inside a token", error, StringComparison.Ordinal);
                unsaid++;
                continue;
            }

            Assert.Equal(windows[i].IsClean, actual[i].IsCutBetweenTokens);
            Assert.InRange(actual[i].TokenCount, expected[i].TokenCount, 2 * expected[i].TokenCount + 2);
            AssertClose(expected[i].LogProbabilities, actual[i].LogProbabilities, 1e-4);
            for (int j = 0; j < expected[i].Ranks.Count; j++) CheckRank(expected[i], actual[i], j, tellsRanks: method == "prompt_logprobs");
            CheckSchemes(expected[i], actual[i]);
        }

        Assert.InRange(unsaid, 0, method == "echo" ? 0 : windows.Length / 10);
    }

    [Fact]
    public async Task A_server_that_passes_over_what_it_does_not_know_does_not_score()
    {
        await using TestServerProcess server = await TestServerProcess.StartAsync(TestContext.Current.CancellationToken, "--model", DemoModel.Path, "--name", "demo");
        await using ITarget remote = TargetFactory.Create(server.TargetId("demo"), new TargetSettings { Environment = _ => null });
        await remote.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.False(remote.Capabilities.Scoring);
        Assert.Null(remote.Capabilities.ScoringMethod);
        Indexing.ReciteException error = await Assert.ThrowsAsync<Indexing.ReciteException>(() => remote.ScoreAllAsync([new ScoreRequest([], []) { PrefixText = "a", SuffixText = "b" }]));
        Assert.Contains("gives no scores of prompts", error.Message, StringComparison.Ordinal);
    }

    // A rank that is told must be the local one; one that echo does not tell stands behind what it shows. Logits closer than the
    // engines agree may change places.
    private static void CheckRank(SuffixScore expected, SuffixScore actual, int at, bool tellsRanks)
    {
        if (actual.Ranks[at] < 0) Assert.True(!tellsRanks && expected.Ranks[at] > 0);
        else if (expected.Margins[at] > 1e-3) Assert.Equal(expected.Ranks[at] == 0, actual.Ranks[at] == 0);
        if (actual.Ranks[at] >= 0) Assert.InRange(actual.Ranks[at], expected.Ranks[at] - 1, expected.Ranks[at] + 1);
        if (!double.IsNaN(actual.Margins[at])) Assert.Equal(expected.Margins[at], actual.Margins[at], 1e-4);
    }

    private static void CheckSchemes(SuffixScore expected, SuffixScore actual)
    {
        Assert.Equal(expected.Schemes.Count, actual.Schemes.Count);
        Assert.True(actual.Schemes[0].IsExact);
        Assert.False(actual.Schemes[3].IsExact);
        for (int scheme = 0; scheme < expected.Schemes.Count; scheme++)
        {
            IReadOnlyList<double> truth = expected.Schemes[scheme].LogProbabilities;
            IReadOnlyList<double> told = actual.Schemes[scheme].LogProbabilities;
            if (actual.Schemes[scheme].IsExact) AssertClose(truth, told, 1e-3);
            else Assert.All(truth.Zip(told), pair => Assert.True(pair.Second <= pair.First + 1e-3));
        }
    }

    private static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            if (double.IsNegativeInfinity(expected[i])) Assert.Equal(expected[i], actual[i]);
            else Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    // Canaries and texts in other scripts, cut at a character between tokens or inside one.
    private IEnumerable<(ScoreRequest Text, ScoreRequest Tokens, bool IsClean)> Windows()
    {
        string[] texts =
        [
            .. CanaryList.Read(DemoModel.Canaries).Canaries.OrderByDescending(canary => canary.Duplicates).Take(25).Select(canary => canary.Text[..120]),
            "Größe und Maß sind naïve Wörter, 字典 auch; 🦉 sieht zu und слово steht allein. " + "Größe und Maß.",
            "€ 5 – “quoted” … and so on, tab\tand newline\nhere",
        ];
        int index = 0;
        foreach (string text in texts)
        {
            IReadOnlyList<Token> tokens = _local.Tokenizer!.Encode(text);
            foreach (int cut in (int[])[text.Length / 3, text.Length / 2, text.Length / 2 + 1, text.Length - 8])
            {
                int at = char.IsLowSurrogate(text[cut]) ? cut + 1 : cut;
                int bytes = Encoding.UTF8.GetByteCount(text.AsSpan(0, at));
                int first = tokens.TakeWhile(token => token.End <= bytes).Count();
                int[] ids = [.. tokens.Select(token => token.Id)];
                yield return (
                    new ScoreRequest([], []) { Index = index, PrefixText = text[..at], SuffixText = text[at..], Schemes = s_schemes },
                    new ScoreRequest(ids[..first], ids[first..]) { Index = index, Schemes = s_schemes },
                    tokens[first].Start == bytes);
                index++;
            }
        }
    }
}
