using Recite.Canaries;
using Recite.Canaries.Scoring;
using Recite.Testing.Files;

namespace Recite.Tests.Canaries;

/// <summary>Small lists and the files of a whole proof.</summary>
internal static class CanaryScene
{
    public static CanaryParameters Parameters { get; } = new()
    {
        Kind = CanaryKind.Words,
        Groups = 3,
        DecoysPerGroup = 2,
        Words = 8,
        Duplicates = [1, 2],
        Created = "2026-11-23T12:00:00Z",
    };

    public static CanaryEscrow Create(CanaryKind kind = CanaryKind.Words, int groups = 3, int decoys = 2, ulong? seed = 11) =>
        CanaryEscrow.Create(Parameters with { Kind = kind, Groups = groups, DecoysPerGroup = decoys }, WordSource.Syllables, seed);

    /// <summary>Scores of a model that knows the planted ones.</summary>
    public static CanaryScoreReport Score(CanaryEscrow escrow, Func<CanaryEntry, double?>? score = null)
    {
        score ??= e => e.IsPlanted ? -0.1 : -3 - (e.Text.Length / 1000.0);
        ScoredCanary[] scored = [.. escrow.Entries.Select(e => new ScoredCanary(e.Id, e.Group, e.IsPlanted, e.Duplicates, score(e)))];
        return new CanaryScoreReport
        {
            Root = escrow.Commit().Root,
            Target = "fake:model",
            Endpoint = "local",
            Revision = "r1",
            Measure = CanaryMeasure.Loss,
            Samples = 1,
            Seed = 7,
            Scores = scored,
            Statistics = CanaryStatistics.Compute(scored, 7),
        };
    }

    /// <summary>Writes list, commitment and scores.</summary>
    public static CanaryEvidence Write(TemporaryFolder folder, CanaryEscrow escrow, CanaryCommitment? commitment = null)
    {
        CanaryFiles.WriteList(folder.At("list.json"), escrow);
        CanaryFiles.WriteCommitment(folder.At("commitment.json"), commitment ?? escrow.Commit());
        folder.Write("scores.json", Score(escrow).Write());
        return new CanaryEvidence { List = folder.At("list.json"), Commitment = folder.At("commitment.json"), Scores = folder.At("scores.json") };
    }
}
