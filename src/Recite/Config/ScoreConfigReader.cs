using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Targets;

namespace Recite.Config;

/// <summary>Reads and writes <c>score:</c>.</summary>
internal static class ScoreConfigReader
{
    private const int MostSchemes = 16;

    private static readonly Dictionary<string, ScoreContext> s_contexts = new(StringComparer.Ordinal)
    {
        ["none"] = ScoreContext.None,
        ["window"] = ScoreContext.Window,
        ["document"] = ScoreContext.Document,
        ["both"] = ScoreContext.Both,
    };

    public static ScoreConfig Read(ConfigSource source, ConfigMap root)
    {
        ConfigNode? section = root.Find("score");
        if (section is not (null or ConfigMapping))
            throw source.Error(section, "score", "must hold keys and values; known are schemes, and context, as in { context: none } to score nothing");
        var map = new ConfigMap(source, section, "score", ConfigKeys.Score);
        return new ScoreConfig
        {
            Context = map.Choice("context", s_contexts) ?? ScoreContext.Window,
            Schemes = map.Find("schemes") is { } node ? ReadSchemes(source, map, node) : null,
        };
    }

    /// <summary>The section as it is in effect, all of it.</summary>
    public static JsonObject Write(AuditConfig config) => new()
    {
        ["schemes"] = new JsonArray(
        [
            .. config.Score.SchemesFor(config.Sampling).Select(scheme => new JsonObject
            {
                ["temperature"] = scheme.Temperature,
                ["topK"] = scheme.TopK,
                ["topP"] = scheme.TopP,
            }),
        ]),
        ["context"] = s_contexts.First(pair => pair.Value == config.Score.Context).Key,
    };

    private static List<SamplingOptions> ReadSchemes(ConfigSource source, ConfigMap map, ConfigNode node)
    {
        if (node is not ConfigSequence sequence || sequence.Items.Count is 0 or > MostSchemes)
            throw map.Error("schemes", string.Create(CultureInfo.InvariantCulture, $"must be a list of at least one and at most {MostSchemes} schemes, for instance [{{ temperature: 1 }}, {{ temperature: 0.7, topK: 40 }}]"));

        var schemes = new List<SamplingOptions>();
        foreach (ConfigNode item in sequence.Items)
        {
            var scheme = new ConfigMap(source, item, string.Create(CultureInfo.InvariantCulture, $"score.schemes[{schemes.Count}]"), ConfigKeys.Scheme);
            // Greedy decoding needs no scheme: whether it gives the suffix is read off the ranks.
            double temperature = scheme.Number("temperature", ScoreConfig.LeastTemperature, 100) ?? 1;
            var read = new SamplingOptions
            {
                Temperature = temperature,
                TopK = scheme.Integer("topK", 0, 10_000_000) ?? 0,
                TopP = scheme.Number("topP", 1e-9, 1) ?? 1,
            };
            int same = schemes.IndexOf(read);
            if (same >= 0)
                throw source.Error(item, string.Create(CultureInfo.InvariantCulture, $"score.schemes[{schemes.Count}]"), string.Create(CultureInfo.InvariantCulture, $"is the same scheme as score.schemes[{same}]; remove one of the two"));
            schemes.Add(read);
        }

        return schemes;
    }
}
