using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Targets;
using Recite.Testing;

namespace Recite.EndToEnd.SecondEngine;

/// <summary>
/// Windows of canaries, all of the four levels that come back and some of those never planted: each from its beginning after the
/// separator between documents, and once from further on without a separator.
/// </summary>
internal sealed class Passages
{
    public const int PrefixTokens = 50;
    public const int SuffixTokens = 50;

    private const int NeverPlanted = 104;

    private static readonly int[] s_levels = [64, 32, 16, 8];

    private readonly Canary[] _canaries;

    private Passages(Canary[] canaries, IReadOnlyList<Passage> all) => (_canaries, All) = (canaries, all);

    /// <summary>Those from the beginning, which are also scored, then as many others.</summary>
    public IReadOnlyList<Passage> All { get; }

    /// <summary>Of at most so many canaries, those planted most often first.</summary>
    public static async Task<Passages> CutAsync(ITokenizer tokenizer, int most, CancellationToken cancellation)
    {
        // The bundled model wants no token before a text, so what the separator adds is added here.
        Assert.Null(tokenizer.BeginningOfText);
        int separator = (int)JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(DemoModel.Folder, "config.json"), cancellation))!["eos_token_id"]!;
        CanaryList list = CanaryList.Read(Repository.At("demo/canaries.json"));
        IEnumerable<Canary> planted = s_levels.SelectMany(level => list.Canaries.Where(canary => canary.Duplicates == level));
        Canary[] canaries = [.. planted.Concat(list.Canaries.Where(canary => canary.Duplicates == 0).Take(NeverPlanted)).Take(most)];
        int[][] tokens = [.. canaries.Select(canary => tokenizer.Encode(canary.Text).Select(token => token.Id).ToArray())];
        return new Passages(canaries,
        [
            .. tokens.Select((ids, i) => Cut(canaries[i].Text, ids, 0, [separator], scored: true)),
            .. tokens.Select((ids, i) => Cut(canaries[i].Text, ids, i % (ids.Length - PrefixTokens - SuffixTokens + 1), [], scored: false)),
        ]);
    }

    /// <summary>Hits at each level, never planted last: first from the beginning, then from further on.</summary>
    public int[] CountByLevel(IReadOnlyList<bool> hits) =>
        [.. ((int[])[.. s_levels, 0]).SelectMany(level => (int[])[0, _canaries.Length], (level, first) => _canaries.Index().Count(canary => canary.Item.Duplicates == level && hits[first + canary.Index]))];

    private static Passage Cut(string text, int[] ids, int offset, int[] before, bool scored) => new(
        text,
        [.. before, .. ids[offset..(offset + PrefixTokens)]],
        ids[(offset + PrefixTokens)..(offset + PrefixTokens + SuffixTokens)],
        scored);
}
