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
        string committed = Path.Combine(Repository.Root, "src", "Recite.Indexing", "Text", "Internals", "UnicodeTables.bin");
        Assert.Equal(File.ReadAllBytes(committed), TableGenerator.Generate(UnicodeDatabase.Load(UnicodeFiles.Folder)));
    }

    [Fact]
    public void The_format_page_names_the_digest_of_the_tables()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats", "normalization.md"));
        Assert.Contains(TextNormalizer.For("text").TableDigest, page, StringComparison.Ordinal);
    }
}
