using Recite.Indexing;
using Recite.Models.Replay;
using Recite.Targets;

namespace Recite.Models.Tests;

public sealed class TargetFactoryTest
{
    private static readonly TargetSettings NothingSet = new() { Environment = _ => null };

    [Theory]
    [InlineData("openai/gpt-4o", "did you mean openai:gpt-4o?")]
    [InlineData("opneai:gpt-4o", "did you mean openai:gpt-4o?")]
    [InlineData("OpenAI:gpt-4o", "did you mean openai:gpt-4o?")]
    [InlineData("antropic:some-model", "did you mean anthropic:some-model?")]
    [InlineData("outputs.jsonl", "did you mean replay:outputs.jsonl?")]
    public void A_mistake_gets_the_likely_meaning(string id, string expected) =>
        Assert.EndsWith(expected, Refusal(id), StringComparison.Ordinal);

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("somebody:gpt-4o")]
    [InlineData("")]
    public void What_means_nothing_gets_the_list_of_providers(string id)
    {
        string message = Refusal(id);
        Assert.Contains("openai, anthropic, http, https, onnx and replay", message, StringComparison.Ordinal);
        Assert.DoesNotContain("did you mean", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gemini:pro")]
    [InlineData("azure:deployment")]
    [InlineData("a1111:http://127.0.0.1:7860")]
    [InlineData("openai-image:dall-e-3")]
    public void What_is_planned_says_so(string id) =>
        Assert.Contains("not built yet", Refusal(id), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1:8080/v1", "names no model")]
    [InlineData("http://127.0.0.1:8080/v1#", "names no model")]
    [InlineData("http:#model", "holds no http or https address")]
    [InlineData("http://127.0.0.1/v1?version=2#model", "after the path")]
    [InlineData("openai:", "names no model")]
    public void An_address_that_cannot_be_asked_is_refused(string id, string expected) =>
        Assert.Contains(expected, Refusal(id), StringComparison.Ordinal);

    [Fact]
    public void A_password_in_an_address_is_refused_and_not_repeated()
    {
        string message = Refusal("http://user:hunter2@127.0.0.1/v1#model");
        Assert.Contains("RECITE_API_KEY", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai:gpt-4o", "OPENAI_API_KEY")]
    [InlineData("anthropic:some-model", "ANTHROPIC_API_KEY")]
    public async Task A_missing_key_is_named_by_the_variable_that_was_looked_for(string id, string variable)
    {
        List<string> read = [];
        await using ITarget target = TargetFactory.Create(id, new TargetSettings
        {
            Environment = name =>
            {
                read.Add(name);
                return null;
            },
        });
        ReciteException error = await Assert.ThrowsAsync<ReciteException>(() => target.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains(variable, error.Message, StringComparison.Ordinal);
        Assert.Contains(variable, read, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Splits_at_the_first_colon_only()
    {
        await using ITarget target = TargetFactory.Create("replay:C:/a:b.jsonl", NothingSet);
        ReciteException error = await Assert.ThrowsAsync<ReciteException>(() => target.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.IsType<ReplayTarget>(target);
        Assert.Contains("C:/a:b.jsonl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Local_models_are_made_by_whoever_carries_the_runtime()
    {
        ReplayTarget made = new("onnx:models/demo", "unused");
        string? directory = null;
        await using ITarget target = TargetFactory.Create("onnx:models/demo", NothingSet with
        {
            CreateOnnx = asked =>
            {
                directory = asked;
                return made;
            },
        });
        Assert.Same(made, target);
        Assert.Equal("models/demo", directory);
        Assert.Contains("ONNX Runtime", Refusal("onnx:models/demo"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_base_address_names_its_variable()
    {
        TargetSettings settings = new() { Environment = name => name is "OPENAI_BASE_URL" ? "api.example.com" : null };
        ReciteException error = Assert.Throws<ReciteException>(() => TargetFactory.Create("openai:x", settings));
        Assert.Contains("OPENAI_BASE_URL", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public void Connections_that_could_never_be_made_are_refused(int connections)
    {
        TargetSettings settings = NothingSet with { MaxConnections = connections };
        ReciteException error = Assert.Throws<ReciteException>(() => TargetFactory.Create("http://127.0.0.1/v1#m", settings));
        Assert.Contains("between 1 and 1000", error.Message, StringComparison.Ordinal);
    }

    private static string Refusal(string id) =>
        Assert.Throws<ReciteException>(() => TargetFactory.Create(id, NothingSet)).Message;
}
