using System.CommandLine;
using Recite.Cli.Completions;
using Recite.Indexing;

namespace Recite.Cli.Commands;

/// <summary><c>recite completion</c>: prints a script that teaches a shell to complete Recite's command lines.</summary>
internal sealed class CompletionCommand : ReciteCommand
{
    private readonly Argument<string> _shell;

    /// <summary>Creates the command.</summary>
    public CompletionCommand()
        : base(
            "completion",
            "Prints a script that teaches your shell to complete recite's commands and options.",
            "recite completion bash >> ~/.bashrc",
            "recite completion zsh > ~/.zfunc/_recite",
            "recite completion fish > ~/.config/fish/completions/recite.fish")
    {
        _shell = With(new Argument<string>("shell") { HelpName = "bash|zsh|fish|pwsh", Description = "The shell." });
        _shell.CompletionSources.Add(CompletionScripts.Shells);
    }

    /// <inheritdoc/>
    public override bool UsesConfigFile => false;

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string shell = context.Parsed.GetRequiredValue(_shell);
        string script = CompletionScripts.Find(shell)
            ?? throw new ReciteException($"There is no completion script for '{shell}'; there are scripts for {string.Join(", ", CompletionScripts.Shells)}.");
        context.Terminal.Output.Write(script);
        return Task.FromResult(ExitCodes.Ok);
    }
}
