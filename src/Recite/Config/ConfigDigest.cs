using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Recite.Config;

/// <summary>
/// Says whether two audits ask the same questions: SHA-256 over canonical JSON (keys in ordinal order, no white space) of what decides
/// them. Gates, budget, report files and membership scores (nothing is asked for them) do not: an audit that ran out of money goes on when it is given more.
/// </summary>
public static class ConfigDigest
{
    private static readonly string[] s_undecisive = ["gates", "budget", "report", "targets", "membership"];

    /// <summary>The digest as 64 hexadecimal digits.</summary>
    /// <param name="config">The effective configuration.</param>
    /// <param name="target">The one target of this run, and its revision where it tells one.</param>
    /// <param name="revision">What the target says of its version.</param>
    /// <param name="corpus">The manifest's digest.</param>
    /// <param name="inputs">Digests of everything else that the plan is drawn from (held-out documents, canaries), in a fixed order.</param>
    public static string Compute(AuditConfig config, string target, string? revision, string corpus, IEnumerable<string> inputs)
    {
        JsonObject json = ConfigJson.Write(config);
        foreach (string key in s_undecisive)
            json.Remove(key);
        // What is not said otherwise leaves the digest as it was before there was scoring, so that a run of that time can go on.
        if (JsonNode.DeepEquals(json["score"], ScoreConfigReader.Write(config with { Score = new ScoreConfig() })))
            json.Remove("score");
        json["target"] = target;
        json["revision"] = revision;
        json["manifest"] = corpus;
        json["inputs"] = new JsonArray([.. inputs.Select(i => JsonValue.Create(i))]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(json)!.ToJsonString())));
    }

    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Canonical(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Canonical)]),
        _ => node?.DeepClone(),
    };
}
