using Recite.Config;
using Recite.Indexing.Text;

namespace Recite.Tests.Config;

public sealed class ConfigDigestTest
{
    private static readonly AuditConfig s_config = new() { Targets = ["replay:a.jsonl"], Probes = [new PrefixProbeConfig()] };

    [Fact]
    public void Is_the_same_for_the_same_questions()
    {
        string digest = Digest(s_config);
        Assert.Equal(64, digest.Length);
        Assert.Equal(digest, Digest(s_config with { Gates = ["longest < 1w"], Budget = new BudgetConfig { Tokens = 5 }, Report = ["a.html"], Targets = ["x", "y"] }));
    }

    [Fact]
    public void Changes_with_everything_that_decides_what_is_asked()
    {
        string[] digests =
        [
            Digest(s_config),
            Digest(s_config with { Seed = 8 }),
            Digest(s_config with { Probes = [new PrefixProbeConfig { Suffix = new TextLength(49, LengthUnit.Tokens) }] }),
            Digest(s_config with { Sampling = new() { Temperature = 1 } }),
            Digest(s_config with { Limit = 3 }),
            ConfigDigest.Compute(s_config, "other", "r1", "sha256:0", ["a"]),
            ConfigDigest.Compute(s_config, "replay:a.jsonl", "r2", "sha256:0", ["a"]),
            ConfigDigest.Compute(s_config, "replay:a.jsonl", null, "sha256:0", ["a"]),
            ConfigDigest.Compute(s_config, "replay:a.jsonl", "r1", "sha256:1", ["a"]),
            ConfigDigest.Compute(s_config, "replay:a.jsonl", "r1", "sha256:0", ["b"]),
            ConfigDigest.Compute(s_config, "replay:a.jsonl", "r1", "sha256:0", ["a", "b"]),
        ];
        Assert.Equal(digests.Length, digests.Distinct(StringComparer.Ordinal).Count());
    }

    private static string Digest(AuditConfig config) => ConfigDigest.Compute(config, "replay:a.jsonl", "r1", "sha256:0", ["a"]);
}
