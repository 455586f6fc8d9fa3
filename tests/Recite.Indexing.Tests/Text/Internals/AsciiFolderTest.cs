using System.Runtime.Intrinsics;
using CsCheck;
using Recite.Indexing.Text.Internals;

namespace Recite.Indexing.Tests.Text.Internals;

public sealed class AsciiFolderTest
{
    private delegate int Folding(ReadOnlySpan<byte> ascii, Span<byte> output, ref bool afterSeparator);

    // Prose, runs of separators, and everything below 0x80.
    private static Gen<byte[]> Texts { get; } =
        Gen.Frequency((3, Gen.Byte[(byte)'A', (byte)'z']), (2, Gen.Byte[0x20, 0x2F]), (1, Gen.Byte[0, 0x7F])).Array[0, 20]
            .Select(Gen.Int[1, 9], (part, times) => Enumerable.Repeat(part, times).SelectMany(bytes => bytes))
            .Array[0, 4].Select(parts => parts.SelectMany(bytes => bytes).ToArray());

    [Fact]
    public void Every_pair_of_bytes_is_folded_as_its_two_rules_say()
    {
        for (int pair = 0; pair < 0x4000; pair++)
        {
            char first = (char)(pair >> 7), second = (char)(pair & 0x7F);
            string joined = string.Concat(
                char.IsAsciiLetterOrDigit(first) ? char.ToLowerInvariant(first) : ' ',
                char.IsAsciiLetterOrDigit(second) ? char.ToLowerInvariant(second) : ' ');
            string expected = joined is "  " ? " " : joined;
            Assert.Equal(expected, new string([.. Fold(AsciiFolder.FoldScalar, [(byte)first, (byte)second], after: false).Bytes.Select(value => (char)value)]));
        }
    }

    [Fact]
    public void Vectors_of_16_bytes_fold_as_single_bytes_do() => Compare(AsciiFolderSkip128.Fold, Vector128.IsHardwareAccelerated);

    [Fact]
    public void Vectors_of_32_bytes_fold_as_single_bytes_do() => Compare(AsciiFolderSkip256.Fold, Vector256.IsHardwareAccelerated);

    [Fact]
    public void Vectors_of_64_bytes_fold_as_single_bytes_do()
    {
        if (!AsciiFolderCompress512.IsSupported)
            Assert.Skip("no AVX-512 VBMI2 on this processor");
        Compare(AsciiFolderCompress512.Fold, true);
    }

    [Fact]
    public void The_chosen_way_folds_as_single_bytes_do() => Compare(AsciiFolder.Fold, true);

    [Fact]
    public void Separators_are_the_bytes_that_fold_to_a_space() =>
        Gen.Byte[0, 0x7F].Array[0, 64].Sample(text =>
        {
            ulong expected = 0;
            for (int i = 0; i < text.Length; i++)
                expected |= (char.IsAsciiLetterOrDigit((char)text[i]) ? 0UL : 1UL) << i;
            Assert.Equal(expected, AsciiFolder.FindSeparators(text));
        }, iter: 2000);

    // Vectors that the processor lacks are emulated, slowly but to the same bytes: they are tested all the same.
    private static void Compare(Folding folding, bool isFast) =>
        Gen.Select(Texts, Gen.Bool).Sample((text, after) =>
        {
            (byte[] expected, bool expectedAfter) = Fold(AsciiFolder.FoldScalar, text, after);
            (byte[] bytes, bool afterwards) = Fold(folding, text, after);
            Assert.Equal(expected, bytes);
            Assert.Equal(expectedAfter, afterwards);
        }, iter: isFast ? 5_000 : 500);

    private static (byte[] Bytes, bool After) Fold(Folding folding, byte[] text, bool after)
    {
        byte[] output = new byte[text.Length + AsciiFolder.Slack];
        int written = folding(text, output, ref after);
        return (output[..written], after);
    }
}
