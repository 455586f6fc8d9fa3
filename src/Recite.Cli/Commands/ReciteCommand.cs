using System.CommandLine;
using Recite.Cli.Settings;

namespace Recite.Cli.Commands;

/// <summary>A command of Recite: its examples, its settings and what it does.</summary>
internal abstract class ReciteCommand : Command
{
    private readonly List<Setting> _settings = [];

    /// <summary>Creates the command.</summary>
    /// <param name="name">The word that calls it.</param>
    /// <param name="description">What it does, in one sentence.</param>
    /// <param name="examples">Three command lines, the usual one first; help begins with them.</param>
    protected ReciteCommand(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>Command lines that work.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>The command's own settings, in the order of the help.</summary>
    public IReadOnlyList<Setting> Settings => _settings;

    /// <summary>Whether the command takes values from <c>recite.yaml</c>; the others work beside a broken one.</summary>
    public virtual bool UsesConfigFile => true;

    /// <summary>What the user is told after an interruption.</summary>
    public virtual string InterruptedSentence => "Interrupted; run the same command again to start over.";

    /// <summary>The configuration file that was given as an argument, if the command takes one.</summary>
    public virtual string? ConfigArgument(ParseResult parsed) => null;

    /// <summary>Does the work and returns the exit code.</summary>
    public abstract Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken);

    /// <summary>Adds a setting to the command.</summary>
    protected Setting<T> With<T>(Setting<T> setting)
    {
        AddSetting(setting);
        return setting;
    }

    /// <summary>Adds settings that commands share.</summary>
    protected void WithAll(IEnumerable<Setting> settings)
    {
        foreach (Setting setting in settings)
            AddSetting(setting);
    }

    /// <summary>Adds an argument to the command.</summary>
    protected Argument<T> With<T>(Argument<T> argument)
    {
        Add(argument);
        return argument;
    }

    private void AddSetting(Setting setting)
    {
        Add(setting.Option);
        _settings.Add(setting);
    }
}
