using System.Buffers;
using Recite.Indexing.Text.Internals;

namespace Recite.Indexing.Text;

/// <summary>
/// Turns text into the form in which texts are compared. Definition: <c>docs/formats/normalization.md</c>.
/// Instances hold no state and serve any number of threads.
/// </summary>
public abstract class TextNormalizer
{
    private protected TextNormalizer()
    {
    }

    /// <summary>Name of the profile as users write it: <c>text</c>, <c>code</c>, <c>code-renamed</c> or <c>exact</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Version of the profile's definition; an index made with another one cannot be asked.</summary>
    public abstract int Version { get; }

    /// <summary>Version of the Unicode character database behind the tables.</summary>
    public string UnicodeVersion { get; } = FoldingTable.UnicodeVersion;

    /// <summary><c>sha256:</c> and 64 hexadecimal digits over everything the output depends on besides the code: it stands in the manifest.</summary>
    public abstract string TableDigest { get; }

    /// <summary>Gives the newest version of the profile of that name.</summary>
    /// <exception cref="ReciteException">No such profile is built.</exception>
    public static TextNormalizer For(string name) => name switch
    {
        "text" => TextProfile.Second,
        "code" => CodeProfile.Named,
        "code-renamed" => CodeProfile.Renamed,
        "exact" => ExactProfile.Instance,
        _ => throw new ReciteException($"The normalization '{name}' is not built: choose 'text', 'code', 'code-renamed' or 'exact'."),
    };

    /// <summary>Gives the profile of that name in the version that an index was made with; the newest if this program has no such version.</summary>
    /// <exception cref="ReciteException">No such profile is built.</exception>
    public static TextNormalizer For(string name, int version) => (name, version) switch
    {
        ("text", 1) => TextProfile.First,
        _ => For(name),
    };

    /// <summary>Appends the normalized form of <paramref name="utf8"/> to <paramref name="output"/>; any bytes are allowed.</summary>
    public abstract void Normalize(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output);

    /// <summary>Normalizes and keeps, for every place of the result, where it came from. The memory is kept, not copied.</summary>
    /// <exception cref="ReciteException">The normalized form does not fit into 2 GiB.</exception>
    public abstract NormalizedText NormalizeWithMap(ReadOnlyMemory<byte> utf8);

    /// <summary>
    /// The first offset at or behind <paramref name="from"/> that is a code point border and where the text may be cut:
    /// the normalized halves, joined, are the normalized whole. The start and the end of the text are always such places.
    /// </summary>
    public abstract int FindCut(ReadOnlySpan<byte> utf8, int from);

    /// <summary>Whether the start of a text, which ends at a cut, belongs to the cluster behind it because all of it vanishes.</summary>
    internal virtual bool JoinsBehind(ReadOnlySpan<byte> start) => false;

    /// <summary>As <see cref="FindCut"/>, at or behind which a cluster begins there as well: what vanishes before it stays with the text before.</summary>
    internal virtual int FindClusterCut(ReadOnlySpan<byte> utf8, int from) => FindCut(utf8, from);
}
