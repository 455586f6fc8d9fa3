using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Recite.Canaries.Scoring;
using Recite.Indexing;
using Recite.Metrics.Statistics;

namespace Recite.Canaries;

/// <summary>One thing that was checked.</summary>
/// <param name="What">What was checked, in a few words.</param>
/// <param name="Result">What was found, in one sentence.</param>
/// <param name="Holds">Whether nothing speaks against it.</param>
public sealed record CanaryCheck(string What, string Result, bool Holds)
{
    /// <summary>Whether nothing speaks for it either: what would prove it is not there, or was not given.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>The files that <c>canary verify</c> is given.</summary>
public sealed record CanaryEvidence
{
    /// <summary>The reveal: the private list.</summary>
    public required string List { get; init; }

    /// <summary>What was published before training.</summary>
    public required string Commitment { get; init; }

    /// <summary>Scores under a target.</summary>
    public string? Scores { get; init; }

    /// <summary>The word list that the canaries were made from.</summary>
    public string? WordList { get; init; }

    /// <summary>Certificates of timestamp authorities to trust.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];
}

/// <summary>Checks a reveal against what was published, and works out the randomization p again; needs no network and trusts no file.</summary>
public static class CanaryVerifier
{
    private const int MostCommitmentBytes = 1 << 20;

    /// <summary>Checks everything; the checks that fail say what does not fit.</summary>
    /// <exception cref="ReciteException">A file cannot be read or is none of these files.</exception>
    public static IReadOnlyList<CanaryCheck> Verify(CanaryEvidence evidence, CancellationToken cancellationToken)
    {
        byte[] list = BoundedFile.Read(evidence.List, SealedJson.MostBytes, "canary list");
        byte[] published = BoundedFile.Read(evidence.Commitment, MostCommitmentBytes, "commitment");
        byte[]? scored = evidence.Scores is { } path ? BoundedFile.Read(path, SealedJson.MostBytes, "score of canaries") : null;

        var checks = new List<CanaryCheck> { Seal("list", evidence.List, list), Seal("commitment", evidence.Commitment, published) };
        if (scored is not null)
            checks.Add(Seal("scores", evidence.Scores!, scored));
        if (checks.Exists(c => !c.Holds))
            return checks;

        using JsonDocument listJson = SealedJson.Parse(list, evidence.List, "canary list");
        using JsonDocument publishedJson = SealedJson.Parse(published, evidence.Commitment, "commitment");
        CanaryEscrow escrow = CanaryJson.ReadEscrow(new JsonFields(listJson.RootElement, evidence.List));
        CanaryCommitment commitment = CanaryJson.ReadCommitment(new JsonFields(publishedJson.RootElement, evidence.Commitment));
        checks.Add(Check("form", CanaryJson.Write(escrow).AsSpan().SequenceEqual(list) && CanaryJson.Write(commitment).AsSpan().SequenceEqual(published),
            "Both files say what they say in exactly one way.", "A file holds something that Recite does not write: it was altered and sealed again."));
        cancellationToken.ThrowIfCancellationRequested();
        AddTree(checks, escrow, commitment);
        cancellationToken.ThrowIfCancellationRequested();
        AddGeneration(checks, escrow, evidence.WordList);
        checks.Add(Date(commitment, evidence.Authorities));
        cancellationToken.ThrowIfCancellationRequested();
        if (scored is not null)
            AddScores(checks, escrow, commitment, scored, evidence.Scores!);
        return checks;
    }

    private static CanaryCheck Seal(string what, string path, byte[] file) => Check($"{what}: digest", SealedJson.IsIntact(file),
        "Every byte is what was written.", $"{path} was altered: its digest does not fit its content.");

    private static void AddTree(List<CanaryCheck> checks, CanaryEscrow escrow, CanaryCommitment commitment)
    {
        CanaryCommitment revealed = escrow.Commit();
        checks.Add(Check("parameters", revealed.Parameters.Leaf().AsSpan().SequenceEqual(commitment.Parameters.Leaf()),
            "The parameters are those that were published.", "The parameters of the list are not those that were published."));
        checks.Add(Check("texts", string.Equals(revealed.Texts, commitment.Texts, StringComparison.Ordinal),
            FormattableString.Invariant($"{escrow.Entries.Count} texts and their salts give the published root."), "A text, its name, its group or its salt is not what was committed to: the root over the texts differs."));
        checks.Add(Check("roles", string.Equals(revealed.Roles, commitment.Roles, StringComparison.Ordinal),
            "The roles and their salts give the published root.", "A role or its salt is not what was committed to: the root over the roles differs."));
        checks.Add(Check("root", string.Equals(revealed.Root, commitment.Root, StringComparison.Ordinal),
            $"The root is {commitment.Root}.", $"The list gives the root {revealed.Root}, the commitment {commitment.Root}."));
    }

    private static void AddGeneration(List<CanaryCheck> checks, CanaryEscrow escrow, string? wordList)
    {
        CanaryParameters parameters = escrow.Parameters;
        if (escrow.Entries.Count != parameters.Count)
        {
            checks.Add(new CanaryCheck("coin", FormattableString.Invariant($"The list holds {escrow.Entries.Count} texts, and its parameters make {parameters.Count}."), false));
            return;
        }

        int[] coins = CanaryEscrow.ThrowCoins(parameters, Convert.FromHexString(escrow.Seed), CanaryEscrow.TextsRoot(escrow.Entries));
        int wrong = escrow.Entries.Where((entry, i) => entry.IsPlanted != (coins[i / parameters.GroupSize] == i % parameters.GroupSize) || entry.Group != i / parameters.GroupSize).Count();
        checks.Add(Check("coin", wrong == 0,
            $"The coin, thrown over the seed and the finished texts, gives these roles{(parameters.SeedIsRandom ? "" : "; the seed was chosen by a person, so the coin was not random")}.",
            FormattableString.Invariant($"{wrong} texts have another role or group than the coin gives.")));

        WordSource words = wordList is null ? WordSource.Syllables : WordSource.Read(wordList);
        if (parameters.WordList.Length > 0 && wordList is null)
        {
            checks.Add(new CanaryCheck("generator", "Not checked: the words are from a list; give it with --word-list to make the texts again.", true) { IsOpen = true });
            return;
        }

        bool sameWords = string.Equals(words.Digest, parameters.WordList, StringComparison.Ordinal);
        bool same = sameWords && CanaryEscrow.Derive(parameters, words, escrow.Seed).Entries
            .Zip(escrow.Entries, (made, read) => string.Equals(made.Text, read.Text, StringComparison.Ordinal) && string.Equals(made.Secret, read.Secret, StringComparison.Ordinal)
                && string.Equals(made.Salt, read.Salt, StringComparison.Ordinal) && string.Equals(made.RoleSalt, read.RoleSalt, StringComparison.Ordinal) && string.Equals(made.Id, read.Id, StringComparison.Ordinal))
            .All(equal => equal);
        checks.Add(Check("generator", same,
            "The seed gives these texts and salts again.",
            sameWords ? "The seed does not give these texts and salts: the seed or a text was altered." : "The word list is not the one that the canaries were made from."));
    }

    private static CanaryCheck Date(CanaryCommitment commitment, X509Certificate2Collection authorities)
    {
        if (commitment.Token is not { } token)
        {
            return authorities.Count > 0
                ? new CanaryCheck("date", "An authority was named, and the commitment has no timestamp.", false)
                : new CanaryCheck("date", "Only the clock of its maker says when the commitment was made; what can prove it is where the root was published.", true) { IsOpen = true };
        }

        TimestampProof proof = TimestampProof.Check(token, commitment.RootBytes(), authorities);
        string trust = proof.IsTrusted is null ? "whether to trust it was not checked, name its certificate with --authority" : "which leads to the authority that was named";
        return Check("date", proof.Problem is null, FormattableString.Invariant($"The root existed at {proof.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, says {proof.Authority}; {trust}."), proof.Problem ?? "");
    }

    private static void AddScores(List<CanaryCheck> checks, CanaryEscrow escrow, CanaryCommitment commitment, byte[] file, string path)
    {
        using JsonDocument json = SealedJson.Parse(file, path, "score of canaries");
        CanaryScoreReport report = CanaryScoreReport.Read(new JsonFields(json.RootElement, path));
        bool belongs = string.Equals(report.Root, commitment.Root, StringComparison.Ordinal)
            && report.Scores.Select(s => (s.Id, s.Group, s.IsPlanted)).SequenceEqual(escrow.Entries.Select(e => (e.Id, e.Group, e.IsPlanted)));
        checks.Add(Check("scores", belongs, "The scores are of these canaries, each with its role.", "The scores are of other canaries, or of other roles, than the list's."));
        RandomizationResult randomization = report.Statistics.Randomization;
        string p = randomization.IsUpperBound
            ? FormattableString.Invariant($"p is at most {randomization.PValue:0.#######}")
            : FormattableString.Invariant($"p = {randomization.PValue:G4}");
        checks.Add(Check("randomization", report.Write().AsSpan().SequenceEqual(file),
            $"Worked out again from the scores under {report.Target}: {p} ({report.Statistics.Randomization.Method}).",
            $"The scores give: {p}, and what goes with it; the file says something else."));
    }

    private static CanaryCheck Check(string what, bool holds, string yes, string no) => new(what, holds ? yes : no, holds);
}
