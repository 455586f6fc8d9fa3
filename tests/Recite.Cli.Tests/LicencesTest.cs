using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Recite.Testing;

namespace Recite.Cli.Tests;

/// <summary>
/// <c>docs/licences.md</c> lists what the program ships beside our own code, read from the restored packages themselves;
/// <c>UPDATE_GOLDEN=1</c> writes it anew.
/// </summary>
public sealed class LicencesTest
{
    private static readonly string s_list = Repository.At("docs/licences.md");

    // Read at the address that its package gives instead of a licence.
    private static readonly Dictionary<string, string> s_known = new(StringComparer.Ordinal) { ["K4os.Compression.LZ4"] = "MIT" };

    private static readonly string[] s_accepted = ["Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause"];

    private sealed record Package(string Name, string Version, string Licence, string Authors);

    [Fact]
    public void The_list_of_licences_is_that_of_the_packages_that_ship()
    {
        string list = Write(Shipped());
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(s_list, list);
        Assert.Equal(list, File.ReadAllText(s_list));
    }

    [Fact]
    public void Nothing_ships_under_a_licence_that_was_not_agreed_to()
    {
        IReadOnlyList<Package> packages = Shipped();
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains(package.Licence, s_accepted));
    }

    private static List<Package> Shipped()
    {
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(Repository.At("artifacts/obj/Recite.Cli/project.assets.json")));
        string folder = assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        return
        [
            .. assets.RootElement.GetProperty("targets").GetProperty("net10.0").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package" && Ships(library.Value))
                .Select(library => library.Name.Split('/'))
                .OrderBy(name => name[0], StringComparer.OrdinalIgnoreCase)
                .Select(name => Read(folder, name[0], name[1])),
        ];
    }

    // Analyzers and reference assemblies stay at home; a placeholder stands for what a package only leads to.
    private static bool Ships(JsonElement library) =>
        new[] { "runtime", "runtimeTargets", "native" }.Any(kind => library.TryGetProperty(kind, out JsonElement files) && files.EnumerateObject().Any(file => !file.Name.EndsWith("_._", StringComparison.Ordinal)));

    private static Package Read(string folder, string name, string version)
    {
        string lower = name.ToLowerInvariant();
        string package = Path.Join(folder, lower, version.ToLowerInvariant());
        XElement metadata = XDocument.Load(Path.Join(package, lower + ".nuspec")).Root!.Elements().First(element => element.Name.LocalName == "metadata");
        XElement? licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        string authors = metadata.Elements().First(element => element.Name.LocalName == "authors").Value;
        return new Package(name, version, LicenceOf(name, licence, package), authors);
    }

    private static string LicenceOf(string name, XElement? licence, string package) => licence?.Attribute("type")?.Value switch
    {
        "expression" => licence.Value,
        "file" => File.ReadLines(Path.Join(package, licence.Value)).First().Trim() is "MIT License" ? "MIT" : $"file {licence.Value}",
        _ => s_known.GetValueOrDefault(name, "not said"),
    };

    private static string Write(IEnumerable<Package> packages)
    {
        var list = new StringBuilder("""
            # Licences

            Recite is under the [Apache licence 2.0](../LICENSE). The built program ships these libraries with it, each under its own licence; the
            text of each lies in its package. The list is read from the packages by a test of `tests/Recite.Cli.Tests`, which fails when it is
            not current and writes it anew with `UPDATE_GOLDEN=1`.

            | library | version | licence | authors |
            | --- | --- | --- | --- |

            """);
        foreach (Package package in packages)
            list.Append($"| {package.Name} | {package.Version} | {package.Licence} | {package.Authors} |\n");
        return list.ToString().ReplaceLineEndings("\n");
    }
}
