using System.CommandLine;

namespace Recite.Cli.Settings;

/// <summary>Decides what holds: the option, else the variable, else the file, else the default.</summary>
internal sealed class EffectiveSettings(ParseResult parsed, EnvironmentVariables environment, ConfigFile file)
{
    /// <summary>The variables in use.</summary>
    public EnvironmentVariables Environment { get; } = environment;

    /// <summary>The configuration file in use.</summary>
    public ConfigFile File { get; } = file;

    /// <summary>The value a command works with.</summary>
    /// <exception cref="Indexing.ReciteException">What was written cannot be understood.</exception>
    public Effective<T> Of<T>(Setting<T> setting) =>
        TextOf(setting) is { } text
            ? new Effective<T>(setting.Read(text), text.Origin)
            : new Effective<T>(setting.Default, SettingOrigin.Default);

    /// <summary>The value alone.</summary>
    public T Value<T>(Setting<T> setting) => Of(setting).Value;

    /// <summary>A path, seen from the working directory; one that was written in the file starts from the file's folder.</summary>
    public string? PathOf(Setting<string?> setting)
    {
        Effective<string?> effective = Of(setting);
        return effective is { Value: { } path, Origin.Level: SettingLevel.File } ? File.Resolve(path) : effective.Value;
    }

    /// <summary>What was written for a setting, wherever it was; <see langword="null"/> when nobody wrote anything.</summary>
    public SettingText? TextOf(Setting setting) =>
        OnCommandLine(parsed, setting) ?? Environment.Find(setting) ?? File.Find(setting);

    /// <summary>What the command line says about a setting.</summary>
    public static SettingText? OnCommandLine(ParseResult parsed, Setting setting)
    {
        if (parsed.GetResult(setting.Option) is not { Implicit: false } result)
            return null;

        return new SettingText(
            [.. result.Tokens.Select(token => token.Value)],
            new SettingOrigin(SettingLevel.Flag, result.IdentifierToken?.Value ?? setting.Option.Name));
    }
}
