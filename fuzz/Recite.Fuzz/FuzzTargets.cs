using Recite.Fuzz.Targets;

namespace Recite.Fuzz;

/// <summary>All targets, one line each.</summary>
public static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All() =>
    [
        new IndexTarget(),
        new NormalizerTarget("normalizer", ["text", "exact"], NormalizerSeeds.Text),
        new NormalizerTarget("code", ["code", "code-renamed"], NormalizerSeeds.Code),
        new ReaderTarget("jsonl", "input.jsonl", ReaderSeeds.JsonLines),
        new ReaderTarget("html", "input.html", ReaderSeeds.Html),
        new ReaderTarget("text", "input.txt", ReaderSeeds.Text),
        new ReaderTarget("warc", "input.warc", ContainerSeeds.Warc),
        new ReaderTarget("epub", "input.epub", ContainerSeeds.Epub),
        new ReaderTarget("docx", "input.docx", ContainerSeeds.Docx),
        new ReaderTarget("csv", "input.csv", ContainerSeeds.Csv),
        new ReaderTarget("parquet", "input.parquet", TableSeeds.Parquet),
        new ReaderTarget("arrow", "input.arrow", TableSeeds.Arrow),
        new ReaderTarget("pdf", "input.pdf", PdfSeeds.Pdf),
        new ReaderTarget("archive", "input.zip", ContainerSeeds.Archive),
    ];

    public static IFuzzTarget? Find(string name) => All().FirstOrDefault(target => string.Equals(target.Name, name, StringComparison.Ordinal));
}
