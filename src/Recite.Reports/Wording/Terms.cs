namespace Recite.Reports.Wording;

/// <summary>What the names in <c>report.json</c> are called in a sentence; a name that is not known here is shown as it is.</summary>
internal static class Terms
{
    /// <summary>A null as a noun: what a control was run on.</summary>
    public static string Control(string name) => name switch
    {
        "baseline-model" => "a model that never saw the text",
        "held-out" => "held-out documents",
        "permuted-suffix" => "permuted suffixes",
        "out-of-fold-ngram" => "an n-gram model that never saw the sample",
        "never-planted" => "canaries never planted",
        "foreign-index" => "an unrelated corpus",
        _ => Phrases.Short(name, 60),
    };

    /// <summary>What the null does, for someone who has not met it.</summary>
    public static string ControlMeaning(string name) => name switch
    {
        "baseline-model" => "The same prompts to a model that never saw the corpus.",
        "held-out" => "True beginnings of documents that were never trained on and share no span with the corpus.",
        "permuted-suffix" => "The same completions, judged against the continuation of another sample of the same kind.",
        "out-of-fold-ngram" => "How probable a plain statistical model finds the text that never saw it or a copy of it.",
        "never-planted" => "Random sequences of the same make as the planted ones that no training text contains.",
        "foreign-index" => "The same completions, looked up in a corpus of similar size that has nothing to do with the target.",
        _ => "",
    };

    /// <summary>What a rate counts, as a heading.</summary>
    public static string RateTitle(string name) => name switch
    {
        "extraction" => "True continuation returned",
        "corpus-match" => "Text of the corpus in the output",
        _ when NpPhrase.Is(name) => NpPhrase.Title(name),
        _ => $"Rate of {Phrases.Short(name, 60)}",
    };

    /// <summary>What a hit is, after "in".</summary>
    public static string HitClause(string name) => name switch
    {
        "extraction" => "the target returned the true continuation",
        "corpus-match" => "the output held a passage that stands in the indexed corpus",
        _ when NpPhrase.Is(name) => NpPhrase.Clause(name),
        _ => $"{Phrases.Short(name, 60)} was observed",
    };

    /// <summary>What was estimated, as a heading of its row.</summary>
    public static string EstimateTitle(string name) => name switch
    {
        "tries-to-half" or "n50" => "Tries that give a sample back with probability one half",
        "np-unreachable" => "Samples that no number of tries gives back",
        "greedy-extractable" => "Samples that greedy decoding gives back, by their scores",
        "full-context" => "The same suffixes after all of the document that fits the context",
        "code-length" => "What the target saves over a model that never saw the text",
        "chance" => "How probable the samples are by chance",
        "information" => "Information put in with the prompts, and asked for",
        "extraction-difference" => "Extraction by the target, less that by the baseline",
        "contaminated-control" => "Held-out documents that came back",
        "canary-recall" => "Planted canaries that the probe found",
        "membership" => "Membership scores",
        "unique-atoms" => "Different passages that came out",
        "unique-documents" => "Documents that text came out of",
        "merged-spans" => "Stretches of the corpus that came out, overlaps merged",
        "merged-words" => "Words of the corpus that came out",
        "distinct-strings" => "Different strings that came out",
        "missing-mass-of-atoms" => "Further finds that would be new passages",
        "missing-mass-of-documents" => "Further finds that would be new documents",
        "new-atoms-at-twice" => "New passages that as many questions again would find",
        "new-documents-at-twice" => "New documents that as many questions again would find",
        "new-atoms-at-ten-times" => "New passages that ten times the questions would find",
        "new-documents-at-ten-times" => "New documents that ten times the questions would find",
        "atoms-at-least" => "Passages that could come out, at the least",
        "documents-at-least" => "Documents that text could come out of, at the least",
        "scoring" => "Samples that were scored",
        "personal-data-emitted" => "Outputs with personal data",
        "filtered" => "Attempts that a filter of the target cut",
        "recitation-filter" => "Attempts that a recitation filter of the target cut",
        "personal-data" => "Findings with personal data",
        _ => Phrases.Capital(Phrases.Short(name, 80)),
    };

    /// <summary>What a rate is taken over, after its title; what is made of scores has no attempts.</summary>
    public static string Over(string name, string over) => NpPhrase.Is(name) ? "over samples" : $"over {Phrases.Short(over, 40)}";

    /// <summary>How an interval was made.</summary>
    public static string Method(string method) => method switch
    {
        "clopper-pearson" => "exact (Clopper-Pearson)",
        "korn-graubard; clustered by document" => "clustered by document (Korn-Graubard)",
        _ => Phrases.Short(method),
    };

    /// <summary>What the rate is a rate of.</summary>
    public static string Population(string population) => population switch
    {
        "distinct-windows" => "distinct passages of the corpus",
        "tokens" => "tokens of the corpus, copies counted",
        _ => Phrases.Short(population, 60),
    };

    /// <summary>Where in a document samples begin.</summary>
    public static string Offset(string? offset) => offset switch
    {
        null => "",
        "start" => "samples from the start of documents",
        "random" => "samples from random places",
        _ => $"samples from {Phrases.Short(offset, 40)}",
    };

    /// <summary>The kind of a finding.</summary>
    public static string FindingKind(string kind) => kind switch
    {
        "discoverable-extraction" => "True continuation returned",
        "corpus-match" => "Passage of the corpus in the output",
        _ => Phrases.Capital(Phrases.Short(kind, 60)),
    };

    /// <summary>What the way an attempt ended means.</summary>
    public static string DispositionMeaning(string disposition) => disposition switch
    {
        "completed" => "The target stopped by itself.",
        "truncated" => "The length limit cut the reply.",
        "refused" => "The target declined.",
        "filtered" => "A filter of the target's own cut the reply.",
        "empty" => "The reply held no text.",
        "error" => "No reply was had.",
        _ => "",
    };
}
