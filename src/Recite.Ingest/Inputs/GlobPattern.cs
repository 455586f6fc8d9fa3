using System.Diagnostics.CodeAnalysis;
using Recite.Indexing;

namespace Recite.Ingest.Inputs;

/// <summary>
/// A path pattern: <c>*</c>, <c>?</c>, <c>[a-z]</c> and <c>{md,txt}</c> inside a segment, <c>**</c> for any number of folders.
/// Run as a set of states over the segments, so that folders which cannot match are never listed.
/// </summary>
internal sealed class GlobPattern
{
    private const int MaxSegments = 60;

    private readonly IReadOnlyList<GlobSegment?> _segments;   // null stands for **

    private GlobPattern(IReadOnlyList<GlobSegment?> segments) => _segments = segments;

    /// <summary>The pattern <c>**</c>: every file that is not hidden.</summary>
    public static GlobPattern Everything { get; } = new([null]);

    /// <summary>The states before the first segment.</summary>
    public GlobStates Start => Close(1);

    /// <summary>Splits <c>docs/**/*.md</c> into the folder <c>docs</c> and the pattern below it; false without a wildcard.</summary>
    /// <exception cref="ReciteException">The pattern has too many parts.</exception>
    public static bool TryParse(string input, out string root, [NotNullWhen(true)] out GlobPattern? pattern)
    {
        string path = Path.DirectorySeparatorChar == '\\' ? input.Replace('\\', '/') : input;
        string[] parts = path.Split('/');
        int fixedParts = 0;
        while (fixedParts < parts.Length && parts[fixedParts].AsSpan().IndexOfAny("*?[{") < 0)
            fixedParts++;

        root = string.Join('/', parts[..fixedParts]);
        if (root.Length == 0)
            root = fixedParts > 0 ? "/" : ".";
        pattern = null;
        if (fixedParts == parts.Length)
            return false;
        if (parts.Length - fixedParts > MaxSegments)
            throw new ReciteException($"The pattern {Printable.Show(input)} has more than {MaxSegments} parts: use ** for a run of folders.");

        var segments = new List<GlobSegment?>();
        foreach (string part in parts[fixedParts..])
        {
            if (part is "**")
                segments.Add(null);
            else if (part is not ("" or "."))
                segments.Add(new GlobSegment(part));
        }

        pattern = new GlobPattern(segments);
        return true;
    }

    /// <summary>The states after one more segment of a path.</summary>
    public GlobStates Step(GlobStates states, string segment)
    {
        ulong next = 0;
        for (int i = 0; i < _segments.Count; i++)
        {
            if ((states.Bits >> i & 1) == 0)
                continue;
            if (_segments[i] is { } one)
                next |= one.IsMatch(segment) ? 2UL << i : 0;
            else if (!segment.StartsWith('.'))
                next |= 1UL << i;
        }

        return Close(next);
    }

    /// <summary>Whether a file that has come to these states matches.</summary>
    public bool IsMatch(GlobStates states) => (states.Bits >> _segments.Count & 1) != 0;

    // ** may stand for no folder at all, so whoever is before it is also behind it.
    private GlobStates Close(ulong bits)
    {
        for (int i = 0; i < _segments.Count; i++)
        {
            if ((bits >> i & 1) != 0 && _segments[i] is null)
                bits |= 2UL << i;
        }

        return new GlobStates(bits);
    }
}
