using System.CommandLine;
using System.Globalization;
using Recite.Canaries;
using Recite.Cli.Settings;
using Recite.Indexing;

namespace Recite.Cli.Commands;

/// <summary>Options that the canary commands share, and how they are understood.</summary>
internal static class CanarySettings
{
    /// <summary>How often planted canaries are planted.</summary>
    public static Setting<IReadOnlyList<int>?> Duplicates(string description, string defaultText) => new(
        new Option<string>("--duplicates") { HelpName = "N,...", Description = description, Arity = ArgumentArity.ExactlyOne }, ReadSchedule, null, defaultText);

    /// <summary>A random seed that may be left out.</summary>
    public static Setting<ulong?> Seed(string description, string defaultText) => new(
        new Option<string>("--seed") { HelpName = "N", Description = description, Arity = ArgumentArity.ExactlyOne }, SettingReaders.Seed, null, defaultText);

    /// <summary>A list of words.</summary>
    public static Setting<string?> WordList(string description) =>
        SettingFactory.Text("--word-list", "FILE", description, defaultText: "words made of syllables");

    /// <summary>The argument that names the private list.</summary>
    public static Argument<string> ListArgument() => new("list") { HelpName = "CANARIES.json", Description = "The private list, as 'recite canary create' or 'plant' wrote it." };

    /// <summary>The words of a list, or syllables where none was named.</summary>
    public static WordSource Words(string? path) => path is null ? WordSource.Syllables : WordSource.Read(path);

    /// <summary>What stands in the escrow of a list.</summary>
    /// <exception cref="ReciteException">The list has none.</exception>
    public static CanaryEscrow RequireEscrow(string path, CanarySet set) => set.Escrow
        ?? throw new ReciteException($"{path} has no parameters and salts, so that nothing of it was committed to; 'recite canary create' makes a list that can be planted and proved.");

    private static List<int> ReadSchedule(IReadOnlyList<string> values)
    {
        string text = SettingReaders.Text(values);
        var schedule = new List<int>();
        foreach (string part in text.Split(','))
        {
            if (!int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int copies) || copies < 1)
                throw new FormatException($"'{text}' is no schedule of copies such as 1,4,16");
            schedule.Add(copies);
        }

        return schedule;
    }
}
