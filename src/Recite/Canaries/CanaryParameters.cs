using System.Globalization;
using Recite.Indexing;

namespace Recite.Canaries;

/// <summary>What kind of text a canary is.</summary>
public enum CanaryKind
{
    /// <summary>Random words, one after another.</summary>
    Words,

    /// <summary>A sentence that ends in a secret from a range that nobody owns.</summary>
    Secret,

    /// <summary>A passage of several sentences.</summary>
    Passage,
}

/// <summary>Everything that decides what canaries look like; it is public and part of the commitment.</summary>
public sealed record CanaryParameters
{
    /// <summary>The generator's name; another way of making texts is another name.</summary>
    public const string Generator = "recite-canaries/1";

    /// <summary>Most texts in one list, planted and decoys together.</summary>
    public const int MostTexts = 100_000;

    /// <summary>The kind of text.</summary>
    public required CanaryKind Kind { get; init; }

    /// <summary>Groups; one text of each is planted.</summary>
    public required int Groups { get; init; }

    /// <summary>Texts of each group that are never planted.</summary>
    public required int DecoysPerGroup { get; init; }

    /// <summary>Words of a text, or of a sentence's carrier; a secret has as many as its sentence needs.</summary>
    public required int Words { get; init; }

    /// <summary>Digest of the user's word list; empty where the words are made of syllables.</summary>
    public string WordList { get; init; } = "";

    /// <summary>Copies of the planted text of each group, in turn.</summary>
    public IReadOnlyList<int> Duplicates { get; init; } = [1];

    /// <summary>When it was made, by the maker's own clock; ISO 8601, UTC.</summary>
    public required string Created { get; init; }

    /// <summary>Whether the secret seed came from the machine's cryptographic random numbers; one that a person chose can be guessed.</summary>
    public bool SeedIsRandom { get; init; } = true;

    /// <summary>Members of a group.</summary>
    public int GroupSize => DecoysPerGroup + 1;

    /// <summary>Texts in all.</summary>
    public int Count => Groups * GroupSize;

    /// <summary>Copies that the planted text of a group is meant to have.</summary>
    public int DuplicatesOf(int group) => Duplicates[group % Duplicates.Count];

    /// <summary>The kind as files and options write it.</summary>
    public static string Word(CanaryKind kind) => kind switch
    {
        CanaryKind.Secret => "secret",
        CanaryKind.Passage => "passage",
        _ => "words",
    };

    /// <summary>The kind of a word; <see langword="null"/> for any other.</summary>
    public static CanaryKind? ParseKind(string word) => word switch
    {
        "words" => CanaryKind.Words,
        "secret" => CanaryKind.Secret,
        "passage" => CanaryKind.Passage,
        _ => null,
    };

    /// <summary>Checks the bounds.</summary>
    /// <exception cref="ReciteException">A number is out of bounds.</exception>
    public void Check()
    {
        if (Groups < 1 || DecoysPerGroup < 1 || (long)Groups * (DecoysPerGroup + 1L) > MostTexts)
            throw new ReciteException($"{Groups} planted canaries with {DecoysPerGroup} decoys each are out of bounds; make at least one of each, and at most {MostTexts} texts in all.");
        if (Words is < 4 or > 1000)
            throw new ReciteException($"A canary of {Words} words is out of bounds; use 4 to 1000.");
        CheckDuplicates(Duplicates);
    }

    /// <summary>Checks a schedule of copies.</summary>
    /// <exception cref="ReciteException">It is empty or a number is out of bounds.</exception>
    public static void CheckDuplicates(IReadOnlyList<int> duplicates)
    {
        if (duplicates.Count is < 1 or > 100 || duplicates.Any(d => d is < 1 or > 100_000))
            throw new ReciteException("A schedule of copies has 1 to 100 numbers, each from 1 to 100000, for instance 1,4,16.");
    }

    /// <summary>The leaf of the commitment.</summary>
    internal byte[] Leaf() => CanaryLeaf.Encode(
        "recite.canary-parameters/1",
        Generator,
        Word(Kind),
        Groups.ToString(CultureInfo.InvariantCulture),
        DecoysPerGroup.ToString(CultureInfo.InvariantCulture),
        Words.ToString(CultureInfo.InvariantCulture),
        WordList,
        string.Join(',', Duplicates.Select(d => d.ToString(CultureInfo.InvariantCulture))),
        SeedIsRandom ? "random seed" : "chosen seed",
        Created);
}
