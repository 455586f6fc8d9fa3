using System.Runtime.InteropServices;

namespace Recite.Testing.Matching;

/// <summary>The starts of a text's suffixes in the order of the suffixes.</summary>
public static class SuffixArray
{
    /// <summary>By doubling (Manber and Myers 1993, with a sort of pairs instead of buckets): for texts of a megabyte or so, on any machine.</summary>
    public static int[] ByDoubling(byte[] text)
    {
        int[] order = [.. Enumerable.Range(0, text.Length)];
        int[] rank = [.. text.Select(value => (int)value)];
        var keys = new long[text.Length];
        for (int length = 1; ; length *= 2)
        {
            for (int i = 0; i < text.Length; i++)
                keys[i] = ((long)rank[i] << 32) | (uint)(i + length < text.Length ? rank[i + length] + 1 : 0);
            long[] sorted = [.. order.Select(start => keys[start])];
            Array.Sort(sorted, order);
            int classes = 0;
            for (int i = 0; i < order.Length; i++)
            {
                if (i > 0 && sorted[i] != sorted[i - 1])
                    classes++;
                rank[order[i]] = classes;
            }

            if (classes >= text.Length - 1)
                return order;
        }
    }

    /// <summary>By Y. Mori's libdivsufsort, which others use: for real corpora. Its own check of the result is run as well.</summary>
    public static int[] ByLibdivsufsort(byte[] text)
    {
        var order = new int[text.Length];
        try
        {
            if (NativeSort.divsufsort(text, order, text.Length) != 0 || NativeSort.sufcheck(text, order, text.Length, 0) != 0)
                throw new InvalidOperationException("libdivsufsort failed.");
        }
        catch (DllNotFoundException e)
        {
            throw new InvalidOperationException("This test compares with libdivsufsort, which is not installed: run eng/install-test-tools as root.", e);
        }

        return order;
    }

    private static class NativeSort
    {
        private const string Library = "libdivsufsort.so.3";

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int divsufsort(byte[] text, int[] order, int length);

        [DllImport(Library)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int sufcheck(byte[] text, int[] order, int length, int verbose);
    }
}
