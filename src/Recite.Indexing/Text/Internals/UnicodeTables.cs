using System.Security.Cryptography;

namespace Recite.Indexing.Text.Internals;

/// <summary>
/// The Unicode properties that normalization and word counting need, expanded from the embedded <c>UnicodeTables.bin</c>.
/// </summary>
/// <remarks>
/// Card of that file. What: properties of all 1,114,112 code points, NFKC_CF mappings, canonical decompositions and
/// compositions. From: the Unicode character database 15.0.0 (UnicodeData, DerivedNormalizationProps, Scripts), as Debian's
/// package unicode-data 15.0.0 has it. By: <c>eng/unicode</c>; a test makes it again and compares every byte.
/// Layout: <c>docs/formats/normalization.md</c>.
/// </remarks>
internal static class UnicodeTables
{
    public const string UnicodeVersion = "15.0.0";

    private const int BlockShift = 8;
    private static readonly ushort[] s_blocks = new ushort[0x110000 >> BlockShift];
    private static readonly uint[] s_values;
    private static readonly byte[] s_file;

    static UnicodeTables()
    {
        s_file = ReadResource();
        var reader = new UnicodeTableReader(s_file);
        reader.ReadHeader(UnicodeVersion);
        uint[] values = reader.ReadProperties();
        reader.ReadMappings(values);
        CompositionOffset = reader.At;
        s_values = FoldBlocks(values);
    }

    /// <summary>SHA-256 of the embedded file.</summary>
    public static string ComputeDigest() => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(s_file));

    private static int CompositionOffset { get; }

    /// <summary>What is known about a code point; read it with <see cref="CodePointBits"/>.</summary>
    public static uint Lookup(int codePoint) => s_values[(s_blocks[codePoint >> BlockShift] << BlockShift) | (codePoint & 0xFF)];

    /// <summary>NFKC_CF as UTF-8 of a code point whose bits say <see cref="CodePointBits.Mapped"/>; empty for one that vanishes.</summary>
    public static ReadOnlySpan<byte> GetMapping(uint bits)
    {
        int at = (int)(bits >> CodePointBits.MappingShift);
        return s_file.AsSpan(at + 1, s_file[at]);
    }

    /// <summary>Reads on where the decompositions begin.</summary>
    public static UnicodeTableReader ReadCompositions() => new(s_file, CompositionOffset);

    private static byte[] ReadResource()
    {
        using Stream stream = typeof(UnicodeTables).Assembly.GetManifestResourceStream("UnicodeTables.bin")
            ?? throw new InvalidOperationException("UnicodeTables.bin is not embedded");
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }

    /// <summary>Equal blocks of 256 code points are kept once: four megabytes become a few hundred kilobytes.</summary>
    private static uint[] FoldBlocks(uint[] values)
    {
        const int size = 1 << BlockShift;
        var folded = new List<uint>();
        var uniform = new Dictionary<uint, int>();
        for (int block = 0; block < s_blocks.Length; block++)
        {
            ReadOnlySpan<uint> slice = values.AsSpan(block * size, size);
            bool isUniform = slice.IndexOfAnyExcept(slice[0]) < 0;
            if (isUniform && uniform.TryGetValue(slice[0], out int earlier))
            {
                s_blocks[block] = (ushort)earlier;
                continue;
            }

            int index = folded.Count / size;
            s_blocks[block] = (ushort)index;
            folded.AddRange(slice);
            if (isUniform)
                uniform.Add(slice[0], index);
        }

        return [.. folded];
    }
}
