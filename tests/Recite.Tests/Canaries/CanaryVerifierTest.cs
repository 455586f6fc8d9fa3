using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Recite.Canaries;
using Recite.Indexing;
using Recite.Testing.Files;

namespace Recite.Tests.Canaries;

public sealed class CanaryVerifierTest
{
    [Fact]
    public void Files_as_they_were_written_fit_and_the_p_value_is_worked_out_again()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<CanaryCheck> checks = Verify(CanaryScene.Write(folder, CanaryScene.Create()));
        Assert.All(checks, c => Assert.True(c.Holds, c.Result));
        Assert.Contains("p = 0.03704", checks.Single(c => c.What == "randomization").Result, StringComparison.Ordinal);
        CanaryCheck date = checks.Single(c => c.IsOpen);
        Assert.Equal("date", date.What);
        Assert.StartsWith("Only the clock of its maker", date.Result, StringComparison.Ordinal);
        Assert.Contains("chosen by a person", checks.Single(c => c.What == "coin").Result, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_was_planted_still_fits()
    {
        using var folder = new TemporaryFolder();
        CanaryEscrow escrow = CanaryScene.Create();
        CanaryEntry[] planted = [.. escrow.Entries.Select(e => e.IsPlanted ? e with { Duplicates = 5, Copies = [new CanaryCopy("a.jsonl", 1, 0, false)] } : e)];
        Assert.All(Verify(CanaryScene.Write(folder, escrow with { Entries = planted }, escrow.Commit())), c => Assert.True(c.Holds, c.Result));
    }

    [Theory]
    [InlineData("list.json")]
    [InlineData("commitment.json")]
    [InlineData("scores.json")]
    public void Any_altered_byte_of_any_file_fails(string name)
    {
        using var folder = new TemporaryFolder();
        CanaryEvidence evidence = CanaryScene.Write(folder, CanaryScene.Create(groups: 2, decoys: 1));
        byte[] file = File.ReadAllBytes(folder.At(name));
        for (int at = 0; at < file.Length; at++)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= 1;
            File.WriteAllBytes(folder.At(name), damaged);
            CanaryCheck failed = Assert.Single(Verify(evidence), c => !c.Holds);
            Assert.Contains($"{folder.At(name)} was altered", failed.Result, StringComparison.Ordinal);
        }

        File.WriteAllBytes(folder.At(name), file[..^1]);
        Assert.Contains(Verify(evidence), c => !c.Holds);
    }

    [Theory]
    [InlineData("\"text\": \"", "\"text\": \"q", "texts")]
    [InlineData("\"id\": \"canary-00000\"", "\"id\": \"canary-99999\"", "texts")]
    [InlineData("\"role\": \"planted\"", "\"role\": \"decoy\"", "roles")]
    [InlineData("\"words\": 8", "\"words\": 9", "parameters")]
    [InlineData("12:00:00Z", "11:00:00Z", "parameters")]
    [InlineData("\"seedIsRandom\": false", "\"seedIsRandom\": true", "parameters")]
    public void A_forged_list_that_was_sealed_again_fails_at_what_was_forged(string from, string to, string check)
    {
        using var folder = new TemporaryFolder();
        CanaryEvidence evidence = CanaryScene.Write(folder, CanaryScene.Create()) with { Scores = null };
        Forge(evidence.List, from, to);
        CanaryCheck[] failed = [.. Verify(evidence).Where(c => !c.Holds)];
        Assert.Contains(failed, c => c.What == check);
        Assert.DoesNotContain(failed, c => c.What.Contains("digest", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("salt", "texts")]
    [InlineData("roleSalt", "roles")]
    [InlineData("seed", "coin")]
    public void A_forged_salt_or_seed_fails(string field, string check)
    {
        using var folder = new TemporaryFolder();
        CanaryEvidence evidence = CanaryScene.Write(folder, CanaryScene.Create(groups: 30)) with { Scores = null };
        string text = File.ReadAllText(evidence.List);
        string old = Regex.Match(text, $"\"{field}\": \"[0-9a-f]+\"", RegexOptions.NonBacktracking).Value;
        Forge(evidence.List, old, $"\"{field}\": \"{new string('0', 64)}\"");
        Assert.Contains(Verify(evidence), c => !c.Holds && c.What == check);
        Assert.Contains(Verify(evidence), c => !c.Holds && c.What == "generator");
    }

    [Theory]
    [InlineData("\"p\": ", "\"p\": 0.0000")]
    [InlineData("\"score\": -0.1", "\"score\": -9.1")]
    public void Forged_scores_do_not_give_their_p_value(string from, string to)
    {
        using var folder = new TemporaryFolder();
        CanaryEvidence evidence = CanaryScene.Write(folder, CanaryScene.Create());
        string text = File.ReadAllText(evidence.Scores!);
        string old = from.EndsWith(' ') ? Regex.Match(text, "\"p\": 0.", RegexOptions.NonBacktracking).Value : from;
        Forge(evidence.Scores!, old, to);
        CanaryCheck failed = Assert.Single(Verify(evidence), c => !c.Holds);
        Assert.Equal("randomization", failed.What);
    }

    [Fact]
    public void Scores_of_other_canaries_do_not_fit()
    {
        using var folder = new TemporaryFolder();
        CanaryEvidence evidence = CanaryScene.Write(folder, CanaryScene.Create());
        folder.Write("scores.json", CanaryScene.Score(CanaryScene.Create(seed: 12)).Write());
        Assert.Contains(Verify(evidence), c => c is { What: "scores", Holds: false });
    }

    [Fact]
    public void Another_commitment_does_not_fit()
    {
        using var folder = new TemporaryFolder();
        CanaryEvidence evidence = CanaryScene.Write(folder, CanaryScene.Create(), CanaryScene.Create(seed: 12).Commit()) with { Scores = null };
        Assert.Equal(["texts", "roles", "root"], Verify(evidence).Where(c => !c.Holds).Select(c => c.What));
    }

    [Fact]
    public void What_is_none_of_these_files_is_refused_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        CanaryEvidence evidence = CanaryScene.Write(folder, CanaryScene.Create());
        Assert.Contains("there is no such file", Assert.Throws<ReciteException>(() => Verify(evidence with { List = folder.At("missing.json") })).Message, StringComparison.Ordinal);
        Assert.Contains("there is no such file", Assert.Throws<ReciteException>(() => Verify(evidence with { Scores = folder.At("none/x.json") })).Message, StringComparison.Ordinal);
        Assert.Contains("it is a folder", Assert.Throws<ReciteException>(() => Verify(evidence with { Commitment = folder.Path })).Message, StringComparison.Ordinal);
        Assert.Throws<ReciteException>(() => Verify(evidence with { List = evidence.Commitment }));
        string plain = folder.Write("plain.json", """{"schema":"recite.canaries/1","canaries":[]}""");
        Assert.Contains(Verify(evidence with { List = plain }), c => !c.Holds);
    }

    private static IReadOnlyList<CanaryCheck> Verify(CanaryEvidence evidence) => CanaryVerifier.Verify(evidence, TestContext.Current.CancellationToken);

    private static void Forge(string path, string from, string to)
    {
        string text = File.ReadAllText(path);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        text = text[..at] + to + text[(at + from.Length)..];
        string head = text[..text.LastIndexOf(",\n  \"digest\"", StringComparison.Ordinal)];
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(head)));
        File.WriteAllText(path, $"{head},\n  \"digest\": \"sha256:{digest}\"\n}}\n");
        Assert.NotNull(JsonNode.Parse(File.ReadAllText(path)));
    }
}
