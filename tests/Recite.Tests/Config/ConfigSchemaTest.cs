using System.Text.Json.Nodes;
using Recite.Config;

namespace Recite.Tests.Config;

public sealed class ConfigSchemaTest
{
    private static readonly JsonNode s_schema = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "recite.schema.json")))!;

    [Fact]
    public void The_schema_lists_exactly_the_keys_that_the_reader_knows()
    {
        Assert.Equal(ConfigKeys.Root.Concat(ConfigKeys.OfCommands).Order(StringComparer.Ordinal), Keys(s_schema));
        Assert.Equal(ConfigKeys.Prefix.Order(StringComparer.Ordinal), Keys(Definition("prefix")));
        Assert.Equal(ConfigKeys.Recorded.Order(StringComparer.Ordinal), Keys(Definition("recorded")));
        Assert.Equal(ConfigKeys.Match.Order(StringComparer.Ordinal), Keys(Definition("match")));
        Assert.Equal(ConfigKeys.Sampling.Order(StringComparer.Ordinal), Keys(Definition("sampling")));
        Assert.Equal(ConfigKeys.Membership.Order(StringComparer.Ordinal), Keys(Definition("membership")));
        Assert.Equal(ConfigKeys.Score.Order(StringComparer.Ordinal), Keys(Definition("score")));
        Assert.Equal(ConfigKeys.Scheme.Order(StringComparer.Ordinal), Keys(Definition("scheme")));
        Assert.Equal(ConfigKeys.Budget.Order(StringComparer.Ordinal), Keys(Definition("budget")));
        Assert.Equal(ConfigKeys.Index.Order(StringComparer.Ordinal), Keys(Definition("index")));
        JsonNode probes = s_schema["properties"]!["probes"]!["items"]!["anyOf"]!;
        Assert.Equal(ConfigKeys.Probes.Order(StringComparer.Ordinal), Keys(probes[1]!));
        Assert.Equal(ConfigKeys.Probes, probes[0]!["enum"]!.AsArray().Select(n => (string)n!));
    }

    [Fact]
    public void What_is_printed_has_only_keys_of_the_schema()
    {
        JsonObject json = ConfigJson.Write(new AuditConfig { Probes = [new PrefixProbeConfig()], Membership = new MembershipConfig() });
        Assert.Equal(ConfigKeys.Root.Order(StringComparer.Ordinal), json.Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal(ConfigKeys.Prefix, json["probes"]![0]!["prefix"]!.AsObject().Select(p => p.Key));
        Assert.Equal(ConfigKeys.Sampling, json["sampling"]!.AsObject().Select(p => p.Key));
        Assert.Equal(ConfigKeys.Membership, json["membership"]!.AsObject().Select(p => p.Key));
        Assert.Equal(ConfigKeys.Score, json["score"]!.AsObject().Select(p => p.Key));
        Assert.Equal(ConfigKeys.Scheme, json["score"]!["schemes"]![0]!.AsObject().Select(p => p.Key));
        Assert.Equal(ConfigKeys.Budget, json["budget"]!.AsObject().Select(p => p.Key));
    }

    private static JsonNode Definition(string name) => s_schema["$defs"]![name]!;

    private static IEnumerable<string> Keys(JsonNode schema)
    {
        Assert.False((bool)schema["additionalProperties"]!);
        return schema["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal);
    }
}
