using Recite.Indexing.Segments;
using Recite.Indexing.Text;
using Recite.Indexing.Text.Internals;

namespace Recite.Indexing.Matching.Near;

/// <summary>A word of a document.</summary>
/// <param name="Start">First normalized coordinate of the segment.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Number">Its number in the input's vocabulary.</param>
internal readonly record struct DocumentWord(long Start, int Bytes, int Number);

/// <summary>The words of a document on one side of a place, read from the segment only as far as they are asked for.</summary>
internal sealed class DocumentWords(WordVocabulary vocabulary, bool forward) : OutwardWords
{
    private const int FirstPiece = 128;
    private const int Context = 4;

    // A run of letters without any border in so many bytes is no word that a person wrote; the text ends there for us.
    private const int LongestPiece = 1 << 16;

    private readonly List<DocumentWord> _words = [];
    private readonly List<DocumentWord> _piece = [];
    private byte[] _buffer = new byte[FirstPiece + (2 * Context)];
    private SegmentReader? _segment;
    private long _documentStart;
    private long _documentEnd;
    private long _edge;
    private int _pieceBytes;
    private bool _isAtEnd;

    public override int this[int index]
    {
        get
        {
            while (index >= _words.Count && !_isAtEnd)
                Read();
            return index < _words.Count ? _words[index].Number : End;
        }
    }

    /// <summary>Begins anew at a word border of a document.</summary>
    public void Begin(SegmentReader segment, DocumentRow document, long border)
    {
        (_segment, _documentStart, _documentEnd, _edge) = (segment, document.NormalizedStart, document.NormalizedEnd, border);
        _words.Clear();
        _pieceBytes = FirstPiece;
        _isAtEnd = false;
    }

    /// <summary>A word that was read already.</summary>
    public DocumentWord At(int index) => _words[index];

    private void Read()
    {
        _piece.Clear();
        long rest = forward ? _documentEnd - _edge : _edge - _documentStart;
        int wanted = (int)Math.Min(_pieceBytes, rest);
        if (wanted > 0 && forward)
            ReadForward(wanted, isLast: wanted == rest);
        else if (wanted > 0)
            ReadBackward(wanted, isFirst: wanted == rest);

        _words.AddRange(_piece);
        if (_piece.Count > 0)
            _edge = forward ? _piece[^1].Start + _piece[^1].Bytes : _piece[^1].Start;
        _isAtEnd = wanted == rest || (_piece.Count == 0 && _pieceBytes >= LongestPiece);
        _pieceBytes = Math.Min(LongestPiece, _pieceBytes * 2);
    }

    private void ReadForward(int wanted, bool isLast)
    {
        // Bytes behind the piece say whether it ends inside a code point.
        int loaded = (int)Math.Min(wanted + Context, _documentEnd - _edge);
        ReadOnlySpan<byte> bytes = Load(_edge, loaded);
        int end = wanted;
        while (!Utf8Decoder.IsBorder(bytes, end))
            end--;
        foreach (TextSpan word in WordBreaker.EnumerateWords(bytes[..end]))
        {
            if (word.End < end || isLast)
                Add(bytes, word, _edge);
        }
    }

    private void ReadBackward(int wanted, bool isFirst)
    {
        int before = (int)Math.Min(Context, _edge - wanted - _documentStart);
        long from = _edge - wanted - before;
        ReadOnlySpan<byte> bytes = Load(from, wanted + before);
        int start = before;
        while (!Utf8Decoder.IsBorder(bytes, start))
            start++;
        foreach (TextSpan word in WordBreaker.EnumerateWords(bytes[start..]))
        {
            if (word.Start > 0 || isFirst)
                Add(bytes[start..], word, from + start);
        }

        _piece.Reverse();
    }

    private void Add(ReadOnlySpan<byte> bytes, TextSpan word, long origin) =>
        _piece.Add(new DocumentWord(origin + word.Start, word.Length, vocabulary.Find(bytes[word.Start..word.End])));

    private ReadOnlySpan<byte> Load(long start, int length)
    {
        if (_buffer.Length < length)
            _buffer = new byte[length];
        Span<byte> target = _buffer.AsSpan(0, length);
        _segment!.Normalized.CopyTo(start, target);
        return target;
    }
}
