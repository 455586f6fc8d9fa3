using Recite.Testing.Matching;
using Recite.Testing.Text;

namespace Recite.EndToEnd.Matching;

/// <summary>Real texts of many languages from Debian's packages, with the oracle's own reading of them.</summary>
internal sealed record RealCorpus(string Path, IReadOnlyList<(string Id, string Text)> Documents)
{
    /// <summary>Fetches or reuses the corpus of a size like <c>5M</c>; fails loudly when packages cannot be had.</summary>
    public static RealCorpus Fetch(string size)
    {
        string path = CorpusFile.Fetch(size);
        return new RealCorpus(path, [.. CorpusFile.Read(path)]);
    }

    /// <summary>Every document normalized by the oracles.</summary>
    public IReadOnlyList<ScannedDocument> Normalize() =>
        [.. Documents.AsParallel().AsOrdered().Select(document => new ScannedDocument(document.Id, Normalize(document.Text)))];

    public static byte[] Normalize(string text) => OracleNormalizer.Normalize(text);
}
