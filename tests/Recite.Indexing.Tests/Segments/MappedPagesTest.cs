using System.Globalization;
using Recite.Indexing.Segments;
using Recite.Testing.Files;

namespace Recite.Indexing.Tests.Segments;

/// <summary>What the system counts as this process's memory of a mapped file, read from its own account of the mapping.</summary>
public sealed class MappedPagesTest
{
    private const int FileBytes = 96 << 20;
    private const int StepBytes = 16 << 10;

    [Fact]
    public void Pages_of_a_mapped_text_stay_within_their_budget_and_read_the_same()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux says how much of a mapping counts as memory.");
        using var folder = new TemporaryFolder();
        string path = folder.At("text");
        byte[] text = new byte[FileBytes];
        for (int i = 0; i < text.Length; i += StepBytes)
            text[i] = (byte)(i / StepBytes);
        File.WriteAllBytes(path, text);

        const long Budget = 24 << 20;
        Assert.InRange(MostResident(path, FileBytes), FileBytes / 2, FileBytes * 2L);
        Assert.InRange(MostResident(path, Budget), 1, Budget + (MappedPages.MostPlacesAtOnce * (64L << 10)));
    }

    private static long MostResident(string path, long budget)
    {
        using var mapping = new NormalizedMapping(path, 0, FileBytes, budget);
        long most = 0;
        int touched = 0;
        for (int position = 0; position < FileBytes; position += StepBytes)
        {
            if (touched++ % MappedPages.MostPlacesAtOnce == 0)
            {
                most = Math.Max(most, Resident(path));
                mapping.Bytes.Touch(MappedPages.MostPlacesAtOnce);
            }

            Assert.Equal((byte)(position / StepBytes), (byte)(mapping.Bytes.After(position) >> 56));
        }

        return Math.Max(most, Resident(path));
    }

    private static long Resident(string path)
    {
        long bytes = 0;
        bool isOfFile = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.Contains('-', StringComparison.Ordinal) && !line.StartsWith("VmFlags", StringComparison.Ordinal))
                isOfFile = line.EndsWith(path, StringComparison.Ordinal);
            else if (isOfFile && line.StartsWith("Rss:", StringComparison.Ordinal))
                bytes += long.Parse(line["Rss:".Length..^"kB".Length], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) << 10;
        }

        return bytes;
    }
}
