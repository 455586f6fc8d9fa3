using Recite.Indexing.Corpora;
using Recite.Ingest.Containers;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Tests.Hostile;

/// <summary>Every reader on bytes in memory, through the same opening, unpacking and choosing as files: the entry for tests and fuzzing.</summary>
internal static class ReaderTargets
{
    /// <summary>Limits that make hostile files small.</summary>
    public static IngestOptions SmallLimits { get; } = new()
    {
        MaxDocumentBytes = 1 << 20,
        MaxHtmlBytes = 1 << 20,
        MaxUnpackedBytes = 64 << 20,
        MaxSpooledBytes = 32 << 20,
    };

    /// <summary>Reads a file of the name with the content. Whatever is wrong with it is in the result; anything thrown is a defect.</summary>
    public static async Task<Reading> ReadAsync(string fileName, byte[] content, IngestOptions? options = null, CancellationToken ct = default)
    {
        options ??= SmallLimits;
        var reading = new Reading();
        var log = new IngestLog(reading.Skipped.Add, reading.Notices.Add);
        var budget = new UnpackBudget(options, fileName, content.Length);
        var opener = new InputOpener(options);
        var contained = new ContainedFile(fileName, new MemoryStream(content, writable: false));
        InputFile? file = await FileReading.OpenAsync(() => opener.OpenContainedAsync(contained, fileName, budget, ct), fileName, log);
        if (file is null)
            return reading;
        await using Stream stream = file.Content;
        await foreach (Document document in new FileReading(options, DocumentReaders.All(), log).ReadAsync(file, ct))
            reading.Documents.Add(document);
        return reading;
    }
}
