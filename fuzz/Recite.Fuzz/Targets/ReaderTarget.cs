using System.Text;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Ingest;

namespace Recite.Fuzz.Targets;

/// <summary>
/// A file with a name that some reader takes, by the very way in which a command reads it. Documents hold valid UTF-8 within bounds and
/// have different ids; what cannot be read is said.
/// </summary>
/// <param name="name">Name of the target.</param>
/// <param name="file">Name of the file, by which its reader is chosen.</param>
/// <param name="seeds">Inputs to start from.</param>
internal sealed class ReaderTarget(string name, string file, Func<IEnumerable<(string, byte[])>> seeds) : IFuzzTarget
{
    private const int MostDocuments = 100_000;

    private static readonly IngestOptions Options = new()
    {
        MaxDocumentBytes = 1 << 20,
        MaxHtmlBytes = 1 << 20,
        MaxUnpackedBytes = 8 << 20,
        MaxExpansionRatio = 100,
        MaxParquetColumnBytes = 8 << 20,
        MaxParquetTime = TimeSpan.FromSeconds(5),
        MaxPdfPageBytes = 4 << 20,
        MaxPdfPages = 1000,
    };

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("recite-fuzz-").FullName, file);

    public string Name => name;

    public void Run(ReadOnlySpan<byte> input)
    {
        File.WriteAllBytes(_path, input);
        try
        {
            ReadAsync().GetAwaiter().GetResult();
        }
        catch (ReciteException e)
        {
            Require.That(e.Message.Length > 0 && !e.Message.Contains('\n', StringComparison.Ordinal), "an error is not one line");
        }
    }

    public IEnumerable<(string Name, byte[] Input)> Seeds() => seeds();

    private async Task ReadAsync()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var ingest = new DocumentIngest(Options, DocumentReaders.All());
        await foreach (Document document in ingest.ReadAsync([_path], null, CheckSkipped, CheckNotice, CancellationToken.None))
        {
            Strict.GetCharCount(document.Text.Span);
            Require.That(document.Text.Length <= Options.MaxDocumentBytes, "a document is longer than the limit");
            Require.That(ids.Add(document.Id) && ids.Count <= MostDocuments, "two documents have one id, or there is no end of them");
        }
    }

    private static void CheckSkipped(SkippedInput skipped) => Require.That(skipped.ToString().Length > 0, "what was skipped is not said");

    private static void CheckNotice(string notice) => Require.That(!notice.Contains('\n', StringComparison.Ordinal), "a notice is not one line");
}
