using Recite.SelfTest.Rows;

namespace Recite.SelfTest;

/// <summary>The rows of the acceptance table, in its order.</summary>
public static class SelfTestRows
{
    /// <summary>Every row whose part has been built. Adding one is a class in <c>Rows</c>, a line here and a test that breaks its estimator.</summary>
    public static IReadOnlyList<ISelfTestRow> Built { get; } =
    [
        new PromptEchoRow(),
        new BlindGateRow(),
    ];
}
