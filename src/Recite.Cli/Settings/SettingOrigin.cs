namespace Recite.Cli.Settings;

/// <summary>Where a value came from; the smaller wins.</summary>
internal enum SettingLevel
{
    /// <summary>An option of the command line.</summary>
    Flag,

    /// <summary>A variable of the process or of a <c>.env</c> file.</summary>
    Environment,

    /// <summary>A key of <c>recite.yaml</c>.</summary>
    File,

    /// <summary>What Recite does unasked.</summary>
    Default,
}

/// <summary>Where a value came from, in words a person can act on.</summary>
/// <param name="Level">Which of the four places.</param>
/// <param name="Name">The option, variable or key, with its file where it has one.</param>
internal sealed record SettingOrigin(SettingLevel Level, string Name)
{
    /// <summary>The origin of values that nobody gave.</summary>
    public static SettingOrigin Default { get; } = new(SettingLevel.Default, "default");
}

/// <summary>A value as it was written, before it is understood.</summary>
/// <param name="Values">One text, or several for an option that may be repeated; none for a flag without a value.</param>
/// <param name="Origin">Where it was written.</param>
internal sealed record SettingText(IReadOnlyList<string> Values, SettingOrigin Origin);

/// <summary>The value a command works with.</summary>
/// <typeparam name="T">What it was understood as.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Origin">Where it came from.</param>
internal sealed record Effective<T>(T Value, SettingOrigin Origin);
