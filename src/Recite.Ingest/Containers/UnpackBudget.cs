using Recite.Ingest.Inputs;

namespace Recite.Ingest.Containers;

/// <summary>What one input, with all that is packed in it at any depth, may unpack to.</summary>
/// <param name="options">The limits.</param>
/// <param name="label">The input as sentences show it.</param>
/// <param name="packedBytes">Its size where it is known; null else, and then only the total is bounded here.</param>
internal sealed class UnpackBudget(IngestOptions options, string label, long? packedBytes)
{
    /// <summary>Unpacked bytes below which a ratio says nothing: a page of one letter packs a thousandfold and harms nobody.</summary>
    public const long HarmlessBytes = 16L << 20;

    private long _unpackedBytes;

    /// <summary>Whether a limit was met: then nothing more of the input is unpacked.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Takes bytes that have been unpacked, at any depth.</summary>
    /// <exception cref="IngestException">They are too many.</exception>
    public void Charge(int bytes)
    {
        _unpackedBytes += bytes;
        if (_unpackedBytes > options.MaxUnpackedBytes)
            throw Spent($"{label} unpacks to more than {Printable.Bytes(options.MaxUnpackedBytes)}: split it, or unpack it yourself.");
        if (_unpackedBytes > HarmlessBytes && packedBytes is { } packed && _unpackedBytes / options.MaxExpansionRatio > packed)
            throw Spent($"{label} unpacks to more than {options.MaxExpansionRatio} times its size and was taken for a decompression bomb: unpack it yourself if it is meant.");
    }

    private IngestException Spent(string sentence)
    {
        IsSpent = true;
        return new IngestException(SkipKind.Limit, sentence);
    }
}
