using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recite.Canaries;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.Tests.Canaries;

public sealed class CanaryFormatsTest
{
    [Theory]
    [InlineData("list.json", "canaries.schema.json")]
    [InlineData("commitment.json", "canary-commitment.schema.json")]
    [InlineData("scores.json", "canary-score.schema.json")]
    public void What_is_written_is_what_the_schema_describes(string file, string schema)
    {
        foreach (CanaryKind kind in Enum.GetValues<CanaryKind>())
        {
            using var each = new TemporaryFolder();
            CanaryEscrow escrow = CanaryScene.Create(kind);
            CanaryEntry[] planted = [.. escrow.Entries.Select(e => e.IsPlanted ? e with { Copies = [new CanaryCopy("a.jsonl", 1, 0, false)] } : e)];
            CanaryScene.Write(each, escrow with { Entries = planted }, escrow.Commit() with { Token = [1, 2, 3] });
            using JsonDocument rules = JsonDocument.Parse(File.ReadAllBytes(Repository.At("docs/formats/" + schema)));
            using JsonDocument written = JsonDocument.Parse(File.ReadAllBytes(each.At(file)));
            Assert.Empty(new JsonSchemaCheck(rules.RootElement).Errors(written.RootElement));
        }
    }

    [Fact]
    public void The_bundled_list_is_one_too()
    {
        using JsonDocument rules = JsonDocument.Parse(File.ReadAllBytes(Repository.At("docs/formats/canaries.schema.json")));
        var bundled = JsonNode.Parse(File.ReadAllBytes(Repository.At("demo/canaries.json")))!.AsObject();
        // The lab's seed is a number, and of another generator.
        bundled.Remove("seed");
        using JsonDocument json = JsonDocument.Parse(bundled.ToJsonString());
        Assert.Empty(new JsonSchemaCheck(rules.RootElement).Errors(json.RootElement));
        Assert.Equal(bundled["canaries"]!.AsArray().Count, CanarySet.Read(Repository.At("demo/canaries.json")).Entries.Count);
    }

    [Fact]
    public void The_commitment_of_a_seed_never_changes() =>
        Golden.Matches("commitment.json", CanaryJson.Write(CanaryScene.Create(CanaryKind.Secret).Commit()));

    [Fact]
    public void The_root_is_the_one_that_the_format_describes()
    {
        CanaryEscrow escrow = CanaryScene.Create(groups: 1, decoys: 1);
        CanaryParameters p = escrow.Parameters;
        CanaryEntry a = escrow.Entries[0], b = escrow.Entries[1];
        byte[] texts = Node(Leaf("text", "0", "0", a.Id, a.Salt, "", a.Text), Leaf("text", "1", "0", b.Id, b.Salt, "", b.Text));
        byte[] roles = Node(Leaf("role", "0", a.RoleSalt, a.Role), Leaf("role", "1", b.RoleSalt, b.Role));
        byte[] parameters = Leaf("recite.canary-parameters/1", "recite-canaries/1", "words", "1", "1", "8", "", "1,2", "chosen seed", p.Created);
        byte[] root = Node(Node(parameters, SHA256.HashData([0, .. texts])), SHA256.HashData([0, .. roles]));
        Assert.Equal(Convert.ToHexStringLower(root), escrow.Commit().Root);
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    private static byte[] Leaf(params string[] fields)
    {
        byte[] bytes = [.. fields.SelectMany(f =>
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(f);
            return (byte[])[(byte)(utf8.Length >> 24), (byte)(utf8.Length >> 16), (byte)(utf8.Length >> 8), (byte)utf8.Length, .. utf8];
        })];
        return SHA256.HashData([0, .. bytes]);
    }
}
