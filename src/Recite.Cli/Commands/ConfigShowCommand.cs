using System.Text.Json.Nodes;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Config;

namespace Recite.Cli.Commands;

/// <summary><c>recite config show</c>: what every command would work with here, and where each value came from.</summary>
internal sealed class ConfigShowCommand(CommandTree tree) : ReciteCommand(
    "show",
    "Prints every effective value and where it came from: option, variable, file or default.",
    "recite config show",
    "recite config show --json",
    "RECITE_CORPUS=books.rix recite config show --config audit/recite.yaml")
{
    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        List<EffectiveRow> rows = [.. SettingRows(context), .. FileRows(context)];
        if (context.Terminal.Json)
            WriteJson(context, rows);
        else
            PlainTable.Write(context.Terminal.Output, [["NAME", "VALUE", "FROM"], .. rows.Select(row => (string[])[row.Name, row.Value, row.Origin.Name])]);
        return Task.FromResult(ExitCodes.Ok);
    }

    // Several commands share an option such as --corpus; what it stands for is shown once.
    private IEnumerable<EffectiveRow> SettingRows(CommandContext context) =>
        tree.Commands.SelectMany(command => command.Settings)
            .Concat(tree.Global.All)
            .DistinctBy(setting => (setting.Option.Name, setting.Key))
            .OrderBy(setting => setting.Option.Name, StringComparer.Ordinal)
            .Select(setting => Show(context, setting));

    private static EffectiveRow Show(CommandContext context, Setting setting)
    {
        string name = setting.Key is null ? setting.Option.Name : $"{setting.Option.Name} ({setting.Key})";
        if (context.Settings.TextOf(setting) is not { } text)
            return new EffectiveRow(name, setting.IsFlag ? "false" : setting.DefaultText, SettingOrigin.Default);

        setting.Check(text);
        return new EffectiveRow(name, setting.IsFlag && text.Values.Count == 0 ? "true" : string.Join(", ", text.Values), text.Origin);
    }

    // Probes, sampling and controls have no option of their own.
    private IEnumerable<EffectiveRow> FileRows(CommandContext context)
    {
        bool has = context.Settings.File.Path is not null;
        AuditConfig config = has ? AuditConfigReader.Read(context.Settings.File.Path!, context.Settings.Environment.Find) : new AuditConfig();
        HashSet<string> known = [.. tree.Commands.SelectMany(command => command.Settings).Select(setting => setting.Key).OfType<string>()];
        foreach ((string key, JsonNode? value) in Flatten("", ConfigJson.Write(config)))
        {
            if (!known.Contains(key))
                yield return new EffectiveRow(key, Text(value), Origin(context, key));
        }
    }

    private static SettingOrigin Origin(CommandContext context, string key) => context.Settings.File.Place(key) is { } place
        ? new SettingOrigin(SettingLevel.File, place)
        : SettingOrigin.Default;

    private static IEnumerable<(string Key, JsonNode? Value)> Flatten(string prefix, JsonObject node) => node.SelectMany(pair =>
        pair.Value is JsonObject inner ? Flatten($"{prefix}{pair.Key}.", inner) : [($"{prefix}{pair.Key}", pair.Value)]);

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => string.Join(", ", list.Select(Text)),
        JsonObject entry => entry.ToJsonString(),
        _ => value.ToString(),
    };

    private static void WriteJson(CommandContext context, List<EffectiveRow> rows)
    {
        var values = new JsonArray([.. rows.Select(row => new JsonObject
        {
            ["name"] = row.Name,
            ["value"] = row.Value,
            ["level"] = row.Origin.Level.ToString().ToLowerInvariant(),
            ["from"] = row.Origin.Name,
        })]);
        JsonOutput.Write(context.Terminal.Output, new JsonObject { ["schema"] = "recite.config/1", ["file"] = context.Settings.File.Path, ["values"] = values });
    }

    private sealed record EffectiveRow(string Name, string Value, SettingOrigin Origin);
}
