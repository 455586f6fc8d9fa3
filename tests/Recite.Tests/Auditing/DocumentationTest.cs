using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Recite.Config;
using Recite.Runs;

namespace Recite.Tests.Auditing;

public sealed partial class DocumentationTest
{
    [Fact]
    public void The_configuration_of_the_guide_is_understood()
    {
        AuditConfig config = AuditConfigReader.ReadText(YamlBlock().Match(Read("audit.md")).Groups["yaml"].Value, "audit.md", _ => null);
        Assert.Equal("./corpus.rix", config.Corpus);
        Assert.Equal(2_000_000, config.Budget.Tokens);
        Assert.Equal(new PrefixProbeConfig { Seed = 7 }, Assert.Single(config.Probes));
    }

    [Fact]
    public void The_run_format_names_every_table_and_column()
    {
        string document = Read("run-v1.md");
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Execute(connection, RunSchema.Create);
        using SqliteCommand columns = connection.CreateCommand();
        columns.CommandText = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'";
        using SqliteDataReader reader = columns.ExecuteReader();
        int count = 0;
        while (reader.Read())
        {
            count++;
            Assert.Contains($"### `{reader.GetString(0)}`", document, StringComparison.Ordinal);
            Assert.True(document.Contains($"`{reader.GetString(1)}`", StringComparison.Ordinal) || reader.GetString(0) == "meta", reader.GetString(1));
        }

        Assert.Equal(39, count);
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name));

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex YamlBlock();
}
