using Recite.Indexing.Text;
using Recite.Testing;
using Recite.Testing.Text;
using Recite.Unicode;

namespace Recite.Indexing.Tests.Text;

public sealed class UnicodeTablesTest
{
    [Fact]
    public void The_embedded_tables_are_what_the_generator_makes_of_the_Unicode_files()
    {
        UnicodeDatabase database = UnicodeDatabase.Load(UnicodeFiles.Folder);
        string folder = Repository.At("src/Recite.Indexing/Text/Internals");
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "UnicodeTables.bin")), TableGenerator.Generate(database));
        LookAlikes lookAlikes = LookAlikes.Load(Repository.At("eng/unicode/look-alikes.txt"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "UnicodeTables2.bin")), TableGenerator.Generate(database, lookAlikes));
    }

    [Fact]
    public void The_format_page_names_the_digest_of_the_tables()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats", "normalization.md"));
        Assert.Contains(TextNormalizer.For("text", 1).TableDigest, page, StringComparison.Ordinal);
        Assert.Contains(TextNormalizer.For("text", 2).TableDigest, page, StringComparison.Ordinal);
    }
}
