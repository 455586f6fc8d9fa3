using Recite.Indexing.Corpora;
using Recite.Testing.Files;

namespace Recite.Indexing.Tests.Corpora;

public sealed class DurableDirectoryTest
{
    [Fact]
    public void Flushes_a_directory_and_says_when_there_is_none()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a", "text");
        string directory = Path.GetDirectoryName(file)!;
        DurableDirectory.Flush(directory);
        Assert.True(File.Exists(file));
        if (!OperatingSystem.IsWindows())
            Assert.Throws<IOException>(() => DurableDirectory.Flush(Path.Combine(directory, "missing")));
    }
}
