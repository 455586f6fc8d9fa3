using System.Text.Json.Nodes;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.Cli.Tests.Settings;

public sealed class PrecedenceTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_default_holds_where_nobody_says_anything() =>
        Assert.Equal(("text", "default"), await ShowAsync(new CommandSetting(), "--normalization (index.normalization)"));

    [Fact]
    public async Task The_file_wins_over_the_default() =>
        Assert.Equal(("exact", "file"), await ShowAsync(new CommandSetting(), "--normalization (index.normalization)", "index: { normalization: exact }"));

    [Fact]
    public async Task The_variable_wins_over_the_file()
    {
        var setting = new CommandSetting { Variables = { ["RECITE_NORMALIZATION"] = "text" } };
        Assert.Equal(("text", "environment"), await ShowAsync(setting, "--normalization (index.normalization)", "index: { normalization: exact }"));
    }

    [Fact]
    public async Task A_file_of_variables_wins_over_the_configuration_and_loses_to_the_process()
    {
        File.WriteAllText(_folder.At(".env"), "RECITE_GUARANTEE=32\nRECITE_STORE=raw\n");
        var setting = new CommandSetting { WorkingDirectory = _folder.Path, Variables = { ["RECITE_STORE"] = "zstd" } };
        const string Config = "index: { guarantee: 128, store: raw }";
        Assert.Equal(("32", "environment"), await ShowAsync(setting, "--guarantee (index.guarantee)", Config));
        Assert.Equal(("zstd", "environment"), await ShowAsync(setting, "--store (index.store)", Config));
    }

    [Fact]
    public async Task The_option_wins_over_the_variable()
    {
        var setting = new CommandSetting { Variables = { ["RECITE_QUIET"] = "0", ["RECITE_JSON"] = "0" } };
        Assert.Equal(("true", "flag"), await ShowAsync(setting, "--json"));
    }

    [Fact]
    public async Task Every_value_says_where_it_stands()
    {
        File.WriteAllText(_folder.At("recite.yaml"), "corpus: a.rix\nmatch:\n  minLength: 200c\nprobes:\n  - prefix: { samples: 9 }\n");
        CommandRun run = await CommandRun.OfAsync("config", "show", "--config", _folder.At("recite.yaml"));
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"--corpus \(corpus\) +a\.rix +.*recite\.yaml:1:9", run.Output);
        Assert.Matches(@"match\.minLength +200c +.*recite\.yaml:3:14", run.Output);
        Assert.Matches(@"probes +.*""samples"":9.* +.*recite\.yaml:5:3", run.Output);
    }

    [Fact]
    public async Task An_error_in_a_variable_names_the_variable()
    {
        var setting = new CommandSetting { Variables = { ["RECITE_GUARANTEE"] = "many" } };
        CommandRun run = await setting.RunAsync("index", "build", "a.txt", "-o", "a.rix");
        Assert.Equal("recite: RECITE_GUARANTEE: 'many' is not a whole number of at least 1.\n", run.Error);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task An_error_in_the_file_names_line_and_column()
    {
        File.WriteAllText(_folder.At("recite.yaml"), "index:\n  guarantee: many\n");
        CommandRun run = await CommandRun.OfAsync("index", "build", "a.txt", "-o", "a.rix", "--config", _folder.At("recite.yaml"));
        Assert.Contains("recite.yaml:2:14: 'index.guarantee': 'many' is not a whole number", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task A_report_of_an_unknown_format_in_the_file_is_refused_by_config_show_with_its_place()
    {
        File.WriteAllText(_folder.At("recite.yaml"), "corpus: a.rix\nreport: [a.html, x.csv]\n");
        CommandRun run = await CommandRun.OfAsync("config", "show", "--config", _folder.At("recite.yaml"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("recite.yaml:2:", run.Error, StringComparison.Ordinal);
        Assert.Contains("'x.csv'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_of_an_option_is_a_key_of_the_published_schema()
    {
        JsonNode schema = JsonNode.Parse(File.ReadAllText(Repository.At("docs/formats/recite.schema.json")))!;
        foreach (string key in CommandTree.Create().Commands.SelectMany(command => command.Settings).Select(setting => setting.Key).OfType<string>().Distinct())
        {
            JsonNode? node = schema;
            foreach (string part in key.Split('.'))
            {
                if (node?["$ref"] is { } reference)
                    node = schema["$defs"]![((string)reference!).Split('/')[^1]];
                node = node?["properties"]?[part];
            }

            Assert.True(node is not null, $"'{key}' is not in the schema");
        }
    }

    private async Task<(string Value, string Level)> ShowAsync(CommandSetting setting, string name, string config = "limit: 10")
    {
        File.WriteAllText(_folder.At("recite.yaml"), config);
        CommandRun run = await setting.RunAsync("config", "show", "--json", "--config", _folder.At("recite.yaml"));
        Assert.True(run.ExitCode == 0, run.Error);
        JsonNode row = JsonNode.Parse(run.Output)!["values"]!.AsArray().Single(row => (string)row!["name"]! == name)!;
        return ((string)row["value"]!, (string)row["level"]!);
    }
}
