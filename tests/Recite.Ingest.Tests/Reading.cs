using System.Text;
using Recite.Indexing.Corpora;

namespace Recite.Ingest.Tests;

/// <summary>Everything one call of <see cref="DocumentIngest.ReadAsync"/> gave.</summary>
internal sealed class Reading
{
    public List<Document> Documents { get; } = [];

    public List<SkippedInput> Skipped { get; } = [];

    public List<string> Notices { get; } = [];

    public IEnumerable<string> Ids => Documents.Select(document => document.Id);

    public IEnumerable<string> Texts => Documents.Select(Text);

    public static string Text(Document document) => Encoding.UTF8.GetString(document.Text.Span);

    public static Task<Reading> OfAsync(params string[] inputs) => OfAsync(new IngestOptions(), null, inputs);

    public static Task<Reading> OfAsync(IngestOptions options, params string[] inputs) => OfAsync(options, null, inputs);

    public static Task<Reading> OfStandardInputAsync(ReadOnlySpan<byte> bytes) =>
        OfAsync(new IngestOptions(), new MemoryStream(bytes.ToArray()), "-");

    public static async Task<Reading> OfAsync(IngestOptions options, Stream? standardInput, params string[] inputs)
    {
        var reading = new Reading();
        var ingest = new DocumentIngest(options, DocumentReaders.All());
        await foreach (Document document in ingest.ReadAsync(inputs, standardInput, reading.Skipped.Add, reading.Notices.Add, TestContext.Current.CancellationToken))
            reading.Documents.Add(document);
        return reading;
    }

    /// <summary>The only document, with nothing skipped.</summary>
    public Document Single()
    {
        Assert.Empty(Skipped);
        return Assert.Single(Documents);
    }

    /// <summary>The reason of the only skip, with no document read.</summary>
    public string SingleReason()
    {
        Assert.Empty(Documents);
        return Assert.Single(Skipped).Reason;
    }
}
