using System.Buffers.Binary;
using System.Security.Cryptography;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Corpora;

/// <summary>
/// Hashes every text of a segment and compares it with its key: the keys are covered by the manifest's SHA-256, and by this the texts are.
/// Holds one block and 16 bytes for each text.
/// </summary>
internal static class TextVerifier
{
    /// <summary>One sentence for each text that is not the one its key was made of.</summary>
    /// <exception cref="ReciteException">The tables contradict each other.</exception>
    public static IEnumerable<string> Check(SegmentReader segment, CancellationToken cancellationToken)
    {
        var keys = new Dictionary<long, UInt128>();
        for (long i = 0; i < segment.Keys.Count; i++)
            keys[segment.Keys[i].Document] = segment.Keys[i].Key;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new OriginalTexts(segment);
        for (long number = 0; number < segment.DocumentCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DocumentRow document = segment[number];
            if (document.IsCopy)
                continue;
            bool isWhole = text.AppendTo(hash, document);
            UInt128 key = Key(hash);
            if (!isWhole || !keys.Remove(number, out UInt128 expected) || key != expected)
                yield return $"The text of document '{segment.ReadName(document).Id}' is not the one that was indexed: its SHA-256 is not its key.";
        }

        if (keys.Count > 0 || !text.IsAtEnd)
            yield return "The index holds texts or keys that belong to no document.";
    }

    private static UInt128 Key(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>The texts of a segment, one behind the other, block by block.</summary>
    private sealed class OriginalTexts(SegmentReader segment)
    {
        private ReadOnlyMemory<byte> _rest;
        private long _position;
        private int _next;

        public bool IsAtEnd => _rest.IsEmpty && _next == segment.BlockCount;

        /// <summary>Appends a document's text to a hash; false when it does not begin where the last one ended, or there is less text.</summary>
        public bool AppendTo(IncrementalHash hash, DocumentRow document)
        {
            if (document.OriginalStart != _position)
                return false;
            for (long left = document.OriginalBytes; left > 0;)
            {
                if (_rest.IsEmpty && _next == segment.BlockCount)
                    return false;
                if (_rest.IsEmpty)
                    _rest = segment.ReadBlock(_next++);
                int take = (int)Math.Min(left, _rest.Length);
                hash.AppendData(_rest.Span[..take]);
                _rest = _rest[take..];
                _position += take;
                left -= take;
            }

            return true;
        }
    }
}
