using System.Globalization;
using Recite.TestServer.Faults;
using Recite.TestServer.Protocols;

namespace Recite.TestServer;

/// <summary>The command line.</summary>
internal sealed record ServerOptions
{
    public const string Usage = """
        Recite.TestServer (--echo | --model DIR) [--name NAME] [--key KEY] [--no-completions] [--no-chat] [--exit-with-stdin]
                          [--scoring (none | prompt-logprobs | echo)]
                          [--faults KIND,...] [--fault-share 0.3] [--fault-seed N] [--faults-per-prompt N]
                          [--rate-limit-every N] [--max-concurrent N] [--retry-after SECONDS]
        Kinds: rate-limit, overloaded, error, refuse, truncate, drop, slow, stall, hang.
        The first line on standard output is the address.
        """;

    public string? ModelDirectory { get; init; }

    public bool Echo { get; init; }

    public string Name { get; init; } = "echo";

    public string? Key { get; init; }

    public bool Completions { get; init; } = true;

    public bool Chat { get; init; } = true;

    /// <summary>How prompts can be scored.</summary>
    public PromptScoring Scoring { get; init; }

    public bool ExitWithStandardInput { get; init; }

    public IReadOnlyList<FaultKind> Faults { get; init; } = [];

    public double FaultShare { get; init; } = 0.3;

    public ulong FaultSeed { get; init; }

    public int FaultsPerPrompt { get; init; } = 1;

    public int RateLimitEvery { get; init; }

    public int MaxConcurrent { get; init; } = int.MaxValue;

    public int RetryAfterSeconds { get; init; }

    public static ServerOptions Parse(string[] arguments)
    {
        ServerOptions options = new();
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? name))
        {
            options = name switch
            {
                "--echo" => options with { Echo = true },
                "--model" => options with { ModelDirectory = rest.Dequeue() },
                "--name" => options with { Name = rest.Dequeue() },
                "--key" => options with { Key = rest.Dequeue() },
                "--no-completions" => options with { Completions = false },
                "--no-chat" => options with { Chat = false },
                "--scoring" => options with { Scoring = Enum.Parse<PromptScoring>(rest.Dequeue().Replace("-", "", StringComparison.Ordinal), ignoreCase: true) },
                "--exit-with-stdin" => options with { ExitWithStandardInput = true },
                "--faults" => options with { Faults = [.. rest.Dequeue().Split(',').Select(ParseKind)] },
                "--fault-share" => options with { FaultShare = double.Parse(rest.Dequeue(), CultureInfo.InvariantCulture) },
                "--fault-seed" => options with { FaultSeed = ulong.Parse(rest.Dequeue(), CultureInfo.InvariantCulture) },
                "--faults-per-prompt" => options with { FaultsPerPrompt = int.Parse(rest.Dequeue(), CultureInfo.InvariantCulture) },
                "--rate-limit-every" => options with { RateLimitEvery = int.Parse(rest.Dequeue(), CultureInfo.InvariantCulture) },
                "--max-concurrent" => options with { MaxConcurrent = int.Parse(rest.Dequeue(), CultureInfo.InvariantCulture) },
                "--retry-after" => options with { RetryAfterSeconds = int.Parse(rest.Dequeue(), CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"Unknown option {name}.", nameof(arguments)),
            };
        }

        if (options.Echo == (options.ModelDirectory is not null))
            throw new ArgumentException("Give either --echo or --model DIR.", nameof(arguments));
        return options;
    }

    private static FaultKind ParseKind(string word) =>
        Enum.Parse<FaultKind>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
}
