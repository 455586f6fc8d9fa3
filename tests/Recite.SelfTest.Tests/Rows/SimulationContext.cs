namespace Recite.SelfTest.Tests.Rows;

/// <summary>The context of rows that simulate and ask no model: only the random seed is there.</summary>
internal static class SimulationContext
{
    public static SelfTestContext Instance { get; } = new()
    {
        Target = null!,
        ModelDirectory = "",
        Corpus = null!,
        CorpusDocuments = [],
        NeverTrained = [],
        Canaries = null!,
        Scratch = "",
    };
}
