using System.CommandLine;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Text;

namespace Recite.Cli.Settings;

/// <summary>Makes settings of the usual kinds.</summary>
internal static class SettingFactory
{
    /// <summary>A switch.</summary>
    public static Setting<bool> Flag(string name, string description, string? key = null, params string[] aliases) =>
        new(new Option<bool>(name, aliases) { Description = description, Arity = ArgumentArity.Zero }, SettingReaders.Flag, false, key: key);

    /// <summary>One text.</summary>
    public static Setting<string?> Text(
        string name, string label, string description, string? key = null, string defaultText = "", params string[] aliases) =>
        new(One(name, label, description, aliases), SettingReaders.Text, null, defaultText, key);

    /// <summary>One of a few words; <paramref name="later"/> is one that the contract knows and this version does not.</summary>
    public static Setting<string> Word(string name, string description, string[] words, string defaultWord, string? key = null, string? later = null)
    {
        Option option = One(name, string.Join('|', words), description, []);
        option.CompletionSources.Add(words);
        return new Setting<string>(option, SettingReaders.Word(words, later), defaultWord, defaultWord, key);
    }

    /// <summary>A whole number.</summary>
    public static Setting<int?> Number(string name, string label, string description, int least, string? key = null, string defaultText = "")
    {
        Func<IReadOnlyList<string>, int> read = SettingReaders.Number(least);
        return new Setting<int?>(One(name, label, description, []), values => read(values), null, defaultText, key);
    }

    /// <summary>A share in percent.</summary>
    public static Setting<int?> Percent(string name, string description, int least)
    {
        Func<IReadOnlyList<string>, int> read = SettingReaders.Percent(least);
        return new Setting<int?>(One(name, "PERCENT", description, []), values => read(values), null);
    }

    /// <summary>A length with its unit.</summary>
    public static Setting<TextLength?> Length(string name, string description, string? key, string defaultText) =>
        new(One(name, "LENGTH", description, []), SettingReaders.Length, null, defaultText, key);

    /// <summary>How much near-verbatim matches may be changed.</summary>
    public static Setting<NearTolerance?> Near(string name, string description, string? key) =>
        new(One(name, "PERCENT", description, []), SettingReaders.Near, null, "", key);

    /// <summary>A size in bytes.</summary>
    public static Setting<long?> Size(string name, string description, string? key, string defaultText) =>
        new(One(name, "SIZE", description, []), SettingReaders.Size, null, defaultText, key);

    /// <summary>Texts; the option may be repeated.</summary>
    public static Setting<IReadOnlyList<string>> Texts(string name, string label, string description, string? key = null, params string[] aliases) =>
        new(Many(name, label, description, aliases), SettingReaders.Texts, [], key: key);

    /// <summary>Files of reports, whose extensions are known; the option may be repeated.</summary>
    public static Setting<IReadOnlyList<string>> Reports(string name, string description, string? key, params string[] aliases) =>
        new(Many(name, "FILE", description, aliases), SettingReaders.Reports, [], key: key);

    /// <summary>Texts with commas between them; the option may be repeated.</summary>
    public static Setting<IReadOnlyList<string>> CommaTexts(string name, string label, string description, string? key = null, params string[] aliases) =>
        new(Many(name, label, description, aliases), SettingReaders.CommaTexts, [], key: key);

    private static Option<string> One(string name, string label, string description, string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = label, Arity = ArgumentArity.ExactlyOne };

    private static Option<string[]> Many(string name, string label, string description, string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = label,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
}
