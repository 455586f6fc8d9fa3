using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Recite.Canaries;

namespace Recite.Tests.Canaries;

public sealed class MerkleTreeTest
{
    [Fact]
    public void Roots_of_small_lists_are_those_of_the_definition()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex([]));
        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Hex([[]]));
        Assert.Equal("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", Hex([[], [0]]));
    }

    [Fact]
    public void It_equals_the_definition_written_out() =>
        Gen.Byte.Array[0, 5].Array[1, 40].Sample(leaves => Assert.Equal(Naive(leaves), MerkleTree.Root(leaves)));

    [Fact]
    public void Two_leaves_are_not_one_leaf_made_of_their_hashes()
    {
        byte[] a = [1], b = [2];
        byte[] forged = [.. SHA256.HashData([0, .. a]), .. SHA256.HashData([0, .. b])];
        Assert.NotEqual(MerkleTree.Root([a, b]), MerkleTree.Root([forged]));
    }

    [Fact]
    public void Fields_of_a_leaf_do_not_run_into_each_other()
    {
        Assert.NotEqual(CanaryLeaf.Encode("ab", "c"), CanaryLeaf.Encode("a", "bc"));
        Assert.Equal([0, 0, 0, 2, .. Encoding.UTF8.GetBytes("é")], CanaryLeaf.Encode("é"));
    }

    private static string Hex(byte[][] leaves) => Convert.ToHexStringLower(MerkleTree.Root(leaves));

    // RFC 6962, section 2.1: k is the largest power of two smaller than n.
    private static byte[] Naive(byte[][] leaves)
    {
        if (leaves.Length == 1)
            return SHA256.HashData([0, .. leaves[0]]);
        int k = 1;
        while (k << 1 < leaves.Length)
            k <<= 1;
        return SHA256.HashData([1, .. Naive(leaves[..k]), .. Naive(leaves[k..])]);
    }
}
