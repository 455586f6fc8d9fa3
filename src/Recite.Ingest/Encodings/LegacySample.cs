using System.Text;

namespace Recite.Ingest.Encodings;

/// <summary>What is known of the encoding of text that is not Unicode, before a part of it is decoded.</summary>
/// <param name="Named">The encoding that the user named; null when none was.</param>
/// <param name="Guess">The encoding that the beginning of the file shows; null when it shows none.</param>
internal readonly record struct LegacySample(Encoding? Named, Encoding? Guess)
{
    /// <summary>Judges by the bytes alone.</summary>
    public static LegacySample Of(ReadOnlySpan<byte> bytes) => new(null, LegacyGuess.Of(bytes));

    /// <summary>Judges a file by the name that the user gave, else by its first bytes.</summary>
    public static LegacySample OfFile(InputFile file, IngestOptions options) =>
        options.LegacyEncoding is { } named ? new LegacySample(named, null) : Of(file.Head.Span);
}
