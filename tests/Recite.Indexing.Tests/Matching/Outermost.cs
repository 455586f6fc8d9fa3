namespace Recite.Indexing.Tests.Matching;

/// <summary>The spans that lie in no other, by comparing each with all: the oracle of the engine's shorter way to them.</summary>
internal static class Outermost
{
    public static IEnumerable<(int Start, int End)> Of(IReadOnlyCollection<(int Start, int End)> spans) => spans
        .Where(span => !spans.Any(other => other != span && other.Start <= span.Start && other.End >= span.End))
        .Order();
}
