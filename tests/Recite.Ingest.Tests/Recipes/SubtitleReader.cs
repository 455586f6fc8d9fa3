using System.Runtime.CompilerServices;
using System.Text;
using Recite.Indexing.Corpora;

namespace Recite.Ingest.Tests.Recipes;

/// <summary>Reads .srt subtitles: what is said, without numbers and times.</summary>
public sealed class SubtitleReader : IDocumentReader
{
    public bool CanRead(string fileName, ReadOnlySpan<byte> head) => fileName.EndsWith(".srt", StringComparison.OrdinalIgnoreCase);

    public async IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        DecodedText decoded = TextDecoder.Decode(await file.ReadAllAsync(options.MaxDocumentBytes, ct), file.Name);
        if (decoded.Notice is not null)
            log.Notice(NoticeKind.Encoding, decoded.Notice);

        IEnumerable<string> said = Encoding.UTF8.GetString(decoded.Text.Span).Split('\n')
            .Select(line => line.Trim('\r', '\uFEFF'))
            .Where(line => line.Length > 0 && !line.All(char.IsAsciiDigit) && !line.Contains(" --> ", StringComparison.Ordinal));
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', said));
        if (text.Length == 0)
            log.Notice(NoticeKind.Empty, $"{file.Label} says nothing: there is nothing to index.");
        else
            yield return new Document(file.Name, file.Name, text, decoded.Encoding);
    }
}
