using System.Security.Cryptography;

namespace Recite.Indexing.Text.Internals;

/// <summary>
/// The Unicode properties that one version of <c>text</c> needs, expanded from an embedded file.
/// </summary>
/// <remarks>
/// Card of the files. What: properties of all 1,114,112 code points, mappings (NFKC_CF, in the second file with look-alike
/// letters folded), canonical decompositions and compositions. From: the Unicode character database 15.0.0 (UnicodeData,
/// DerivedNormalizationProps, Scripts), as Debian's package unicode-data 15.0.0 has it, and <c>eng/unicode/look-alikes.txt</c>.
/// By: <c>eng/unicode</c>; a test makes them again and compares every byte. Layout: <c>docs/formats/normalization.md</c>.
/// </remarks>
internal sealed class FoldingTable
{
    public const string UnicodeVersion = "15.0.0";

    private const int BlockShift = 8;
    private static readonly Lazy<FoldingTable> s_first = new(() => new FoldingTable("UnicodeTables.bin", 1));
    private static readonly Lazy<FoldingTable> s_second = new(() => new FoldingTable("UnicodeTables2.bin", 2));

    private readonly ushort[] _blocks = new ushort[0x110000 >> BlockShift];
    private readonly uint[] _values;
    private readonly byte[] _file;
    private readonly int _compositionOffset;

    private FoldingTable(string resource, byte layout)
    {
        _file = ReadResource(resource);
        var reader = new UnicodeTableReader(_file);
        reader.ReadHeader(layout, UnicodeVersion);
        uint[] values = reader.ReadProperties();
        reader.ReadMappings(values);
        _compositionOffset = reader.At;
        _values = FoldBlocks(values);
        JoinsLines = layout > 1;
    }

    /// <summary>The tables of <c>text/1</c>.</summary>
    public static FoldingTable First => s_first.Value;

    /// <summary>The tables of <c>text/2</c>.</summary>
    public static FoldingTable Second => s_second.Value;

    /// <summary>Whether words hyphenated at a line end are joined.</summary>
    public bool JoinsLines { get; }

    /// <summary>SHA-256 of the embedded file.</summary>
    public string ComputeDigest() => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(_file));

    /// <summary>What is known about a code point; read it with <see cref="CodePointBits"/>.</summary>
    public uint Lookup(int codePoint) => _values[(_blocks[codePoint >> BlockShift] << BlockShift) | (codePoint & 0xFF)];

    /// <summary>The mapping as UTF-8 of a code point whose bits say <see cref="CodePointBits.Mapped"/>; empty for one that vanishes.</summary>
    public ReadOnlySpan<byte> GetMapping(uint bits)
    {
        int at = (int)(bits >> CodePointBits.MappingShift);
        return _file.AsSpan(at + 1, _file[at]);
    }

    /// <summary>Whether nothing is put out for a code point with these bits.</summary>
    public bool Vanishes(uint bits) => (bits & CodePointBits.Mapped) != 0 && GetMapping(bits).IsEmpty;

    /// <summary>A boundary that puts out a letter, mark or number first: nothing composes over it and no separators melt.</summary>
    public bool IsCutBefore(uint bits)
    {
        if ((bits & CodePointBits.BoundaryBefore) == 0)
            return false;

        uint first = (bits & CodePointBits.Mapped) == 0 ? bits : Lookup(Utf8Decoder.Decode(GetMapping(bits), 0, out _));
        return CodePointBits.GetClass(first) != CodePointBits.Separator;
    }

    /// <summary>Reads on where the decompositions begin.</summary>
    public UnicodeTableReader ReadCompositions() => new(_file, _compositionOffset);

    private static byte[] ReadResource(string name)
    {
        using Stream stream = typeof(FoldingTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded");
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }

    /// <summary>Equal blocks of 256 code points are kept once: four megabytes become a few hundred kilobytes.</summary>
    private uint[] FoldBlocks(uint[] values)
    {
        const int size = 1 << BlockShift;
        var folded = new List<uint>();
        var uniform = new Dictionary<uint, int>();
        for (int block = 0; block < _blocks.Length; block++)
        {
            ReadOnlySpan<uint> slice = values.AsSpan(block * size, size);
            bool isUniform = slice.IndexOfAnyExcept(slice[0]) < 0;
            if (isUniform && uniform.TryGetValue(slice[0], out int earlier))
            {
                _blocks[block] = (ushort)earlier;
                continue;
            }

            int index = folded.Count / size;
            _blocks[block] = (ushort)index;
            folded.AddRange(slice);
            if (isUniform)
                uniform.Add(slice[0], index);
        }

        return [.. folded];
    }
}
