using System.Xml.Linq;
using Recite.Testing;

namespace Recite.EndToEnd.House;

/// <summary>ARCHITECTURE.md draws which room may know which; this holds the project files to the drawing.</summary>
public sealed class DependencyDirectionTest
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Recite.Indexing"] = [],
        ["Recite"] = ["Recite.Indexing"],
        ["Recite.Ingest"] = ["Recite.Indexing"],
        ["Recite.Models"] = ["Recite", "Recite.Indexing"],
        ["Recite.Reports"] = ["Recite", "Recite.Indexing"],
        ["Recite.SelfTest"] = ["Recite", "Recite.Indexing", "Recite.Models"],
        ["Recite.Cli"] = ["Recite", "Recite.Indexing", "Recite.Ingest", "Recite.Models", "Recite.Reports", "Recite.SelfTest"],
    };

    [Fact]
    public void Every_room_refers_only_to_rooms_below_it()
    {
        Dictionary<string, string[]> actual = ProjectsUnder("src").ToDictionary(project => Path.GetFileNameWithoutExtension(project), References);
        Assert.Equal(s_allowed.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(actual, room => Assert.Empty(room.Value.Except(s_allowed[room.Key])));
    }

    [Fact]
    public void The_engine_needs_two_packages_and_no_more() =>
        Assert.Equal(["System.IO.Hashing", "ZstdSharp.Port"], Packages(Path.Combine(Repository.Root, "src/Recite.Indexing/Recite.Indexing.csproj")));

    [Fact]
    public void Nothing_outside_the_lab_names_the_lab_or_its_packages()
    {
        string[] projects = [.. ((string[])["src", "tests", "benchmarks"]).SelectMany(ProjectsUnder)];
        Assert.True(projects.Length > 10);
        // One test asks the bundled model through llama.cpp and needs the writer of its file format; nothing else of the lab is let in.
        string[] referring = [.. projects.Where(project => References(project).Any(IsOfTheLab)).Select(project => Path.GetFileNameWithoutExtension(project))];
        Assert.Equal(["Recite.EndToEnd"], referring);
        Assert.Equal(["Recite.Lab.Formats"], projects.SelectMany(References).Where(IsOfTheLab));
        Assert.All(projects, project => Assert.DoesNotContain(Packages(project), IsOfTorch));
    }

    [Fact]
    public void What_the_tests_use_of_the_lab_brings_nothing_with_it()
    {
        string formats = Path.Combine(Repository.Root, "lab/Recite.Lab.Formats/Recite.Lab.Formats.csproj");
        Assert.Empty(References(formats));
        Assert.Empty(Packages(formats));
        // The rest of the lab is where Torch is; the assertion above would hold of a lab that had moved, too.
        Assert.Contains(Packages(Path.Combine(Repository.Root, "lab/Recite.Lab/Recite.Lab.csproj")), IsOfTorch);
    }

    private static bool IsOfTheLab(string project) => project.StartsWith("Recite.Lab", StringComparison.Ordinal);

    private static bool IsOfTorch(string package) => package.Contains("Torch", StringComparison.OrdinalIgnoreCase);

    private static string[] ProjectsUnder(string folder) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories);

    private static string[] References(string project) => Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).ToArray();

    private static string[] Packages(string project) => [.. Items(project, "PackageReference").Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(item => (string)item.Attribute("Include")!);
}
