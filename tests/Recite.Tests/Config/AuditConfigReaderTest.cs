using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Indexing;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Text;
using Recite.Targets;

namespace Recite.Tests.Config;

public sealed class AuditConfigReaderTest
{
    [Fact]
    public void An_unclosed_bracket_is_one_sentence_with_line_and_column()
    {
        ReciteException error = Assert.Throws<ReciteException>(() => AuditConfigReader.ReadText("targets: [\"onnx:x\"\ncorpus: ./c.rix\n", "recite.yaml", _ => null));
        Assert.Matches(@"^recite\.yaml:\d+:\d+: this is not valid YAML", error.Message);
    }

    [Fact]
    public void Reads_every_key_of_the_contract()
    {
        AuditConfig config = Read("""
            targets: ["http://127.0.0.1:8080/v1#my-model", "onnx:./models/demo"]
            corpus: ./corpus.rix
            heldOut: ./never-trained.jsonl            # a comment
            probes:
              - prefix: { samples: 12, prefix: 30t, suffix: 20w, offset: start, repeat: 3, seed: 8 }
              - recorded
            match: { minLength: 100c, near: 7.5% }
            baseline: "onnx:./models/before"
            authorization: null
            gates: ["extraction-rate <= 1%", "longest < 100w"]
            budget: { usd: 5, tokens: 2M }
            report: [report.html, results.sarif]
            canaries: demo/canaries.json
            foreign: other.rix
            seed: 11
            limit: 5
            endpoint: chat
            sampling: { temperature: 0.5, topK: 40, topP: 0.9, repetitionPenalty: 1.1, presencePenalty: 0.1, frequencyPenalty: 0.2 }
            score: { schemes: [{ temperature: 1 }, { temperature: 0.7, topK: 40 }, { topP: 0.9 }], context: both }
            """);
        Assert.Equal(ScoreContext.Both, config.Score.Context);
        Assert.Equal(
            [new SamplingOptions { Temperature = 1 }, new SamplingOptions { Temperature = 0.7, TopK = 40 }, new SamplingOptions { Temperature = 1, TopP = 0.9 }],
            config.Score.SchemesFor(config.Sampling));

        Assert.Equal(["http://127.0.0.1:8080/v1#my-model", "onnx:./models/demo"], config.Targets);
        Assert.Equal(("./corpus.rix", "./never-trained.jsonl", "demo/canaries.json", "other.rix"), (config.Corpus, config.HeldOut, config.Canaries, config.Foreign));
        Assert.Equal(("onnx:./models/before", null), (config.Baseline, config.Authorization));
        var prefix = Assert.IsType<PrefixProbeConfig>(config.Probes[0]);
        Assert.Equal((12, 3, 8UL, SampleOffset.Start), (prefix.Samples, prefix.Repeat, prefix.Seed, prefix.Offset));
        Assert.Equal((new TextLength(30, LengthUnit.Tokens), new TextLength(20, LengthUnit.Words)), (prefix.Prefix, prefix.Suffix));
        Assert.IsType<RecordedProbeConfig>(config.Probes[1]);
        Assert.Equal((new TextLength(100, LengthUnit.Characters), new NearTolerance(75)), (config.Match.MinLength, config.Match.Near));
        Assert.Equal(["extraction-rate <= 1%", "longest < 100w"], config.Gates);
        Assert.Equal(new BudgetConfig { Usd = 5, Tokens = 2_000_000 }, config.Budget);
        Assert.Equal(["report.html", "results.sarif"], config.Report);
        Assert.Equal((11UL, 5, EndpointChoice.Chat), (config.Seed, config.Limit, config.Endpoint));
        Assert.Equal(
            new SamplingOptions { Temperature = 0.5, TopK = 40, TopP = 0.9, RepetitionPenalty = 1.1, PresencePenalty = 0.1, FrequencyPenalty = 0.2 },
            config.Sampling);
    }

    [Fact]
    public void Fills_in_the_defaults()
    {
        AuditConfig config = Read("probes: [prefix]");
        Assert.Equal(new PrefixProbeConfig { Samples = 500, Prefix = new(50, LengthUnit.Tokens), Suffix = new(50, LengthUnit.Tokens) }, config.Probes[0]);
        Assert.Equal(new TextLength(150, LengthUnit.Characters), config.Match.MinLength);
        Assert.Equal(7UL, config.Seed);
        Assert.Equal(0, config.Sampling.Temperature);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("probes:\nmatch:\nbudget: ~\n")]
    public void An_empty_file_is_all_defaults(string text) =>
        Assert.Equal(ConfigJson.Write(new AuditConfig()).ToJsonString(), ConfigJson.Write(Read(text)).ToJsonString());

    [Theory]
    [InlineData("a: 1\ntargts: [x]", "recite.yaml:1:1: 'a' is not a key; known are targets, ")]
    [InlineData("\ntargts: [x]", "recite.yaml:2:1: 'targts' is not a key (did you mean 'targets'?)")]
    [InlineData("probes:\n  - prefix: { sampels: 3 }", "recite.yaml:2:15: 'probes.prefix.sampels' is not a key (did you mean 'samples'?)")]
    [InlineData("probes:\n  - prefix: { samples: many }", "recite.yaml:2:24: 'probes.prefix.samples' must be a whole number from 1 to 1000000, not 'many'")]
    [InlineData("probes:\n  - prefix: { samples: 0 }", "'probes.prefix.samples' must be a whole number from 1")]
    [InlineData("probes:\n  - prefix: { prefix: 50 }", "'probes.prefix.prefix' must be a length such as 150c")]
    [InlineData("probes:\n  - prefix: { offset: begin }", "'probes.prefix.offset' must be random or start, not 'begin'")]
    [InlineData("probes:\n  - prefix: {}\n  - prefix: {}", "recite.yaml:3:5: 'probes.prefix' stands here a second time")]
    [InlineData("probes:\n  - divergence: {}", "recite.yaml:2:5: 'probes.divergence' is no probe of this version; it has prefix, recorded")]
    [InlineData("probes: { prefix: {} }", "recite.yaml:1:9: 'probes' must be a list")]
    [InlineData("probes: [{ prefix: {}, recorded: {} }]", "must be a list of single probes")]
    [InlineData("probes: [recorded: { a: 1 }]", "'probes.recorded.a' is not a key; it takes none")]
    [InlineData("match: { near: 10 }", "recite.yaml:1:16: 'match.near' '10' is not a share of changed words such as 10% or 7.5%, from 0.1% to 50%")]
    [InlineData("match: 150c", "recite.yaml:1:8: 'match' must hold keys and values; known are minLength")]
    [InlineData("budget: { tokens: lots }", "'budget.tokens' must be a count such as 500, 20K or 2M, not 'lots'")]
    [InlineData("budget: { tokens: 0 }", "'budget.tokens' must be a count")]
    [InlineData("budget: { tokens: 99999999999G }", "'budget.tokens' must be a count")]
    [InlineData("budget: { usd: -1 }", "'budget.usd' must be a number from 0")]
    [InlineData("budget: { usd: NaN }", "'budget.usd' must be a number from 0")]
    [InlineData("sampling: { temprature: 1 }", "did you mean 'temperature'?")]
    [InlineData("score: { schema: [] }", "did you mean 'schemes'?")]
    [InlineData("score: { context: windows }", "did you mean 'window'?")]
    [InlineData("score: { schemes: 1 }", "must be a list of at least one and at most 16 schemes")]
    [InlineData("score: { schemes: [] }", "recite.yaml:1:19: 'score.schemes' must be a list of at least one")]
    [InlineData("score:\n  schemes: [{ topK: 40 }, {}, { topK: 40, temperature: 1.0 }]", "recite.yaml:2:31: 'score.schemes[2]' is the same scheme as score.schemes[0]")]
    [InlineData("score: none", "recite.yaml:1:8: 'score' must hold keys and values; known are schemes, and context, as in { context: none }")]
    [InlineData("membership: maybe", "recite.yaml:1:13: 'membership' must be true, false or keys and values; known are samples, window, minK")]
    [InlineData("score: { schemes: [{ temperature: 0 }] }", "score.schemes[0].temperature")]
    [InlineData("score: { schemes: [{ repetitionPenalty: 1.1 }] }", "is not a key")]
    [InlineData("endpoint: caht", "'endpoint' must be auto or chat or completions, not 'caht' (did you mean 'chat'?)")]
    [InlineData("gates: [extraction-rate = 1%]", "recite.yaml:1:8: 'gates' holds a rule that is not understood: Gate 'extraction-rate = 1%' has no comparison")]
    [InlineData("targets: x", "recite.yaml:1:10: 'targets' must be a list")]
    [InlineData("targets: [[x]]", "'targets[0]' must be a single value")]
    [InlineData("corpus: [x]", "'corpus' must be a single value")]
    [InlineData("seed: -1", "'seed' must be a random seed")]
    [InlineData("corpus: a\ncorpus: b", "recite.yaml:2:1: the key 'corpus' stands here a second time")]
    [InlineData("corpus: &a x\nforeign: *a", "recite.yaml:1:9: YAML anchors and aliases are refused")]
    [InlineData("corpus: !!str x", "the YAML tag")]
    [InlineData("- a", "must begin with keys")]
    [InlineData("a: 1\n---\nb: 2", "a second YAML document begins here")]
    [InlineData("targets: [a", "this is not valid YAML")]
    [InlineData("? [a]\n: b", "a key must be a word")]
    public void Says_where_and_what_is_wrong(string text, string expected)
    {
        var error = Assert.Throws<ReciteException>(() => Read(text));
        Assert.StartsWith("recite.yaml:", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_is_nested_without_end()
    {
        var error = Assert.Throws<ReciteException>(() => Read("targets: " + new string('[', 500) + new string(']', 500)));
        Assert.Contains("nested more than 16 levels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_has_too_many_values_or_bytes()
    {
        Assert.Contains("more than 10000 values", Assert.Throws<ReciteException>(() => Read("targets: [" + string.Join(',', Enumerable.Repeat("a", 10_001)) + "]")).Message, StringComparison.Ordinal);
        Assert.Contains("1 MiB", Assert.Throws<ReciteException>(() => Read(new string('#', (1 << 20) + 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_values_from_the_environment_and_never_prints_them()
    {
        AuditConfig config = AuditConfigReader.ReadText(
            "targets: [\"http://${env:HOST}:${env:PORT}/v1#m\"]", "recite.yaml", name => name switch { "HOST" => "secret.example.com", "PORT" => "81", _ => null });
        Assert.Equal(["http://secret.example.com:81/v1#m"], config.Targets);
        Assert.DoesNotContain("secret", ConfigJson.Write(config).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("http://${env:HOST}:${env:PORT}/v1#m", (string?)ConfigJson.Write(config)["targets"]![0]);
    }

    [Theory]
    [InlineData("corpus: ${env:MISSING}", "recite.yaml:1:9: 'corpus' needs the environment variable 'MISSING', which is not set.")]
    [InlineData("corpus: '${env:MISSING'", "has a '${env:' without its '}'")]
    public void An_environment_variable_that_is_not_there_is_named(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<ReciteException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_written_is_read_back()
    {
        AuditConfig config = Read("probes: [prefix: { samples: 3, seed: 18446744073709551615 }]\nbudget: { tokens: 5 }\nsampling: { temperature: 0.7 }\nlimit: 2");
        JsonObject json = ConfigJson.Write(config);
        Assert.Equal(json.ToJsonString(), ConfigJson.Write(Read(json.ToJsonString())).ToJsonString());
    }

    [Fact]
    public void A_missing_file_is_one_sentence() =>
        Assert.Contains("no-such.yaml cannot be read", Assert.Throws<ReciteException>(() => AuditConfigReader.Read("no-such.yaml", _ => null)).Message, StringComparison.Ordinal);

    private static AuditConfig Read(string text) => AuditConfigReader.ReadText(text, "recite.yaml", _ => null);
}
