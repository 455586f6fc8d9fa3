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
}
