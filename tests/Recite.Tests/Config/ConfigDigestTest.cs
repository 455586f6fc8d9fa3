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

    // What a run keeps of its configuration is written out in full; read back, it must ask the same questions.
    [Fact]
    public void Is_the_same_whether_the_schemes_of_scoring_are_written_out_or_not()
    {
        AuditConfig sampled = s_config with { Sampling = new() { Temperature = 0.5, TopK = 3 } };
        AuditConfig written = AuditConfigReader.ReadText(ConfigJson.Write(sampled).ToJsonString(), "run", _ => null);
        Assert.NotNull(written.Score.Schemes);
        Assert.Equal(Digest(sampled), Digest(written));
        Assert.NotEqual(Digest(sampled), Digest(sampled with { Score = new ScoreConfig { Context = ScoreContext.Both } }));
        Assert.NotEqual(Digest(sampled), Digest(sampled with { Score = new ScoreConfig { Schemes = [] } }));
    }

    [Theory]
    [InlineData(0, 1, "temperature=1")]
    [InlineData(1, 1, "temperature=1")]
    [InlineData(0.7, 1, "temperature=1 temperature=0.7,top-k=40")]
    [InlineData(0.7, 1.2, "temperature=1")]
    public void Scores_temperature_1_and_the_sampling_of_the_audit_where_it_is_another(double temperature, double penalty, string schemes)
    {
        var sampling = new Recite.Targets.SamplingOptions { Temperature = temperature, TopK = temperature == 0.7 ? 40 : 0, RepetitionPenalty = penalty };
        Assert.Equal(schemes, string.Join(' ', new ScoreConfig().SchemesFor(sampling).Select(Recite.Scores.SchemeName.Of)));
    }

    private static string Digest(AuditConfig config) => ConfigDigest.Compute(config, "replay:a.jsonl", "r1", "sha256:0", ["a"]);
}
