namespace Recite.Cli.Commands;

/// <summary>A word that only leads to other commands, such as <c>recite index</c>.</summary>
internal sealed class CommandGroup : ReciteCommand
{
    /// <summary>Creates the group with its commands.</summary>
    public CommandGroup(string name, string description, string[] examples, params ReciteCommand[] commands)
        : base(name, description, examples)
    {
        foreach (ReciteCommand command in commands)
            Add(command);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A group is refused as a usage error before it can run.");
}
