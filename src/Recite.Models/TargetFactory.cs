using Recite.Indexing;
using Recite.Models.Anthropic;
using Recite.Models.Http;
using Recite.Models.Http.Scoring;
using Recite.Models.OpenAI;
using Recite.Models.Replay;
using Recite.Targets;

namespace Recite.Models;

/// <summary>
/// Makes targets from their ids: <c>provider:model</c>, split at the first colon, so that slashes and colons of model names survive.
/// </summary>
/// <remarks>
/// One rule for base addresses: <c>OPENAI_BASE_URL</c> and <c>ANTHROPIC_BASE_URL</c> mean what they mean to the vendor's own client,
/// and nothing is guessed: <c>/completions</c> and <c>/chat/completions</c> are appended to the first (so it ends in <c>/v1</c>),
/// <c>/v1/messages</c> to the second (so it does not). The address inside an <c>http:</c> id is of the first kind.
/// </remarks>
public static class TargetFactory
{
    private const int MaximumConnections = 1000;

    /// <summary>Makes the target; files are read, keys looked up and servers asked only when it connects.</summary>
    /// <param name="id">For instance <c>openai:gpt-4o-mini</c>, <c>http://127.0.0.1:8080/v1#my-model</c>, <c>onnx:models/demo</c> or <c>replay:outputs.jsonl</c>.</param>
    /// <param name="settings">How it is asked.</param>
    /// <exception cref="ReciteException">The id names no target that Recite knows.</exception>
    public static ITarget Create(string id, TargetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(settings);
        (string provider, string model) = TargetId.Parse(id);
        return provider switch
        {
            "openai" => CreateOpenAI(id, model, settings),
            "anthropic" => CreateAnthropic(id, model, settings),
            "http" or "https" => CreateServer(id, settings),
            "replay" => new ReplayTarget(id, model),
            "onnx" => (settings.CreateOnnx ?? throw new ReciteException($"The target {id} needs ONNX Runtime, which this program does not carry."))(model),
            _ => throw new ReciteException($"The target {id} cannot be used: the provider {provider} is planned but not built yet; built are {TargetId.Built}."),
        };
    }

    private static HttpTarget CreateOpenAI(string id, string model, TargetSettings settings)
    {
        Uri address = ReadAddress(settings, "OPENAI_BASE_URL", "https://api.openai.com/v1");
        ApiKey key = new("OPENAI_API_KEY", required: true, settings.Environment);
        return Connect(id, ListProtocols(address, model, vendor: true, settings), key, settings, ListScorings(address, model, vendor: true, settings));
    }

    private static HttpTarget CreateAnthropic(string id, string model, TargetSettings settings)
    {
        Uri address = ReadAddress(settings, "ANTHROPIC_BASE_URL", "https://api.anthropic.com");
        ApiKey key = new("ANTHROPIC_API_KEY", required: true, settings.Environment);
        return Connect(id, [new MessagesProtocol(address, model, settings)], key, settings, []);
    }

    private static HttpTarget CreateServer(string id, TargetSettings settings)
    {
        int mark = id.IndexOf('#', StringComparison.Ordinal);
        if (mark < 0 || mark == id.Length - 1)
            throw new ReciteException($"The target {id} names no model: write it after a #, as in http://127.0.0.1:8080/v1#my-model.");

        Uri address = ParseAddress(id[..mark], "The target");
        ApiKey key = new("RECITE_API_KEY", required: false, settings.Environment);
        string model = id[(mark + 1)..];
        return Connect(id, ListProtocols(address, model, vendor: false, settings), key, settings, ListScorings(address, model, vendor: false, settings));
    }

    private static HttpTarget Connect(string id, List<IWireProtocol> protocols, ApiKey key, TargetSettings settings, List<IScoringProtocol> scorings)
    {
        if (settings.MaxConnections is < 1 or > MaximumConnections)
            throw new ReciteException($"The number of connections must lie between 1 and {MaximumConnections}, but it is {settings.MaxConnections}.");
        return new HttpTarget(id, protocols, key, settings, HttpConnection.CreateHandler(protocols[0].Address, settings.TimeLimits), scorings);
    }

    private static List<IWireProtocol> ListProtocols(Uri address, string model, bool vendor, TargetSettings settings)
    {
        List<IWireProtocol> protocols = [];
        if (settings.Endpoint != EndpointChoice.Chat)
            protocols.Add(new CompletionsProtocol(address, model, vendor, settings));
        if (settings.Endpoint != EndpointChoice.Completions)
            protocols.Add(new ChatProtocol(address, model, vendor, settings));
        return protocols;
    }

    // OpenAI itself never knew vLLM's field and refuses what it does not know.
    private static List<IScoringProtocol> ListScorings(Uri address, string model, bool vendor, TargetSettings settings)
    {
        List<IScoringProtocol> scorings = [];
        if (settings.Scoring == ScoringChoice.PromptLogProbabilities || (settings.Scoring == ScoringChoice.Auto && !vendor))
            scorings.Add(new PromptLogProbabilitiesProtocol(address, model));
        if (settings.Scoring is ScoringChoice.Echo or ScoringChoice.Auto)
            scorings.Add(new EchoProtocol(address, model));
        return scorings;
    }

    private static Uri ReadAddress(TargetSettings settings, string variable, string vendorAddress) =>
        settings.Environment(variable) is { } given && !string.IsNullOrWhiteSpace(given)
            ? ParseAddress(given.Trim(), $"The environment variable {variable}")
            : new Uri(vendorAddress);

    // The address itself is not repeated in the message: what is wrong with it may be a password.
    private static Uri ParseAddress(string text, string where)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            throw new ReciteException($"{where} holds no http or https address: write it as http://host:port/v1.");
        if (address.UserInfo.Length > 0)
            throw new ReciteException("A target's address must not hold a user name or password: put the key into the environment variable RECITE_API_KEY.");
        if (address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new ReciteException($"{where} has something after the path of its address: write it as http://host:port/v1.");
        return address;
    }
}
