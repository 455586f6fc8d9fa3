namespace Recite.Runs;

/// <summary>One prompt that a run will send once, with everything that is needed to judge what comes back.</summary>
public sealed record PlannedAttempt
{
    /// <summary>Position in the plan, from 0; the order of asking.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Stable name, the same in every run that draws the same sample.</summary>
    public required string Id { get; init; }

    /// <summary>Whose attempt it is: a probe's name, or the name of the control that asked for it.</summary>
    public required string Arm { get; init; }

    /// <summary>The probe that made the prompt; controls name the probe that they are the null of.</summary>
    public required string Probe { get; init; }

    /// <summary>The sample; attempts of the same sample differ in their random seed alone.</summary>
    public required string Sample { get; init; }

    /// <summary>Label of the duplicates stratum, for instance <c>4-7</c>; <see langword="null"/> where none was drawn.</summary>
    public string? Stratum { get; init; }

    /// <summary>What the target is shown.</summary>
    public required string Prompt { get; init; }

    /// <summary>The same as token ids, where the sample was cut in tokens.</summary>
    public IReadOnlyList<int>? PromptTokens { get; init; }

    /// <summary>The true suffix; <see langword="null"/> where there is none to compare with.</summary>
    public string? Suffix { get; init; }

    /// <summary>The same as token ids, where the sample was cut in tokens.</summary>
    public IReadOnlyList<int>? SuffixTokens { get; init; }

    /// <summary>Most tokens to generate.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Random seed of this attempt.</summary>
    public ulong Seed { get; init; }

    /// <summary>Where the sample was cut from; <see langword="null"/> for what is not of the corpus.</summary>
    public SampleSource? Source { get; init; }
}

/// <summary>The place of a sample in its document, in UTF-8 bytes of the document's extracted text.</summary>
/// <param name="Document">Number of the document in the index, or -1 where it is not of the corpus.</param>
/// <param name="Id">The document's id.</param>
/// <param name="Uri">The document's URI.</param>
/// <param name="Start">First byte of the prefix.</param>
/// <param name="Middle">First byte of the suffix.</param>
/// <param name="End">One past the last byte of the suffix.</param>
public sealed record SampleSource(long Document, string Id, string Uri, long Start, long Middle, long End);
