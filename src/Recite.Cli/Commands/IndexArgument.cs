using System.CommandLine;
using Recite.Cli.Terminal;
using Recite.Indexing.Corpora;

namespace Recite.Cli.Commands;

/// <summary>What commands about one index have in common.</summary>
internal static class IndexArgument
{
    /// <summary>The index that a command is about.</summary>
    public static Argument<string> Create() => new("index") { HelpName = "CORPUS.rix", Description = "The index." };

    /// <summary>Says what an index holds after it was changed.</summary>
    /// <param name="terminal">Where to say it.</param>
    /// <param name="path">The index.</param>
    /// <param name="manifest">What it holds.</param>
    /// <param name="count">A key for JSON with its figure: what this command did.</param>
    /// <param name="sentence">The same for people.</param>
    public static void PrintChange(CommandTerminal terminal, string path, IndexManifest manifest, (string Key, long Value) count, string sentence)
    {
        if (!terminal.Json)
        {
            terminal.Output.WriteLine($"{TerminalText.Of(path)}: {sentence}");
            return;
        }

        var json = IndexJson.Of(path, manifest);
        json[count.Key] = count.Value;
        JsonOutput.Write(terminal.Output, json);
    }
}
