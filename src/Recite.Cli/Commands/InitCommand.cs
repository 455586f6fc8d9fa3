using System.CommandLine;
using Recite.Cli.Settings;

namespace Recite.Cli.Commands;

/// <summary><c>recite init</c>: puts the files of a first audit into a folder.</summary>
internal sealed class InitCommand : ReciteCommand
{
    private readonly Argument<string> _folder;
    private readonly Setting<bool> _yes;

    /// <summary>Creates the command.</summary>
    public InitCommand()
        : base(
            "init",
            "Writes recite.yaml, .env.example and .gitignore entries for a first audit.",
            "recite init",
            "recite init audits/my-model",
            "recite init --yes")
    {
        _folder = With(new Argument<string>("dir")
        {
            HelpName = "DIR",
            Description = "Where to write them; made when it does not exist.",
            Arity = ArgumentArity.ZeroOrOne,
        });
        _yes = With(SettingFactory.Flag("--yes", "Overwrite a recite.yaml without asking."));
    }

    /// <inheritdoc/>
    public override bool UsesConfigFile => false;

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string folder = context.Parsed.GetValue(_folder) ?? ".";
        string config = Path.Combine(folder, ConfigFile.DefaultName);
        if (File.Exists(config) && !context.Terminal.Confirm($"{config} exists and would be overwritten.", context.Value(_yes)))
        {
            context.Terminal.Say("Nothing was written.");
            return Task.FromResult(ExitCodes.Ok);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(config, InitFiles.Config);
        File.WriteAllText(Path.Combine(folder, ".env.example"), InitFiles.EnvironmentExample);
        AddIgnored(Path.Combine(folder, ".gitignore"));
        context.Terminal.Say($"Wrote {ConfigFile.DefaultName}, .env.example and .gitignore in '{folder}'.");
        context.Terminal.Say("Next: recite index build YOUR-TEXTS/ -o corpus.rix, then name your model under 'targets:' and run recite audit.");
        return Task.FromResult(ExitCodes.Ok);
    }

    private static void AddIgnored(string path)
    {
        string[] present = File.Exists(path) ? File.ReadAllLines(path) : [];
        string[] missing = [.. InitFiles.Ignored.Except(present.Select(line => line.Trim()), StringComparer.Ordinal)];
        if (missing.Length == 0)
            return;

        // A last line without its line feed would swallow the first new one.
        string text = string.Concat(present.Select(line => line + "\n")) + string.Concat(missing.Select(line => line + "\n"));
        File.WriteAllText(path, text);
    }
}
