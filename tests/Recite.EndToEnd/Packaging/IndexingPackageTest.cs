using System.Security;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Packaging;

/// <summary>The engine as others get it: packed, installed from a feed into a program of theirs, and compiled ahead of time.</summary>
public sealed class IndexingPackageTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task The_package_compiles_ahead_of_time_without_a_warning_and_answers_as_the_sample_does()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("ahead-of-time compilation is tested on Linux only");
        if (!OnPath("clang") && !OnPath("gcc"))
            Assert.Skip("no linker for ahead-of-time compilation: neither clang nor gcc is installed");

        using var folder = new TemporaryFolder();
        await DotnetAsync(Repository.Root, "pack", Repository.At("src/Recite.Indexing"), "-c", "Release", "-v", "q", "-nologo", "-o", folder.At("feed"));
        string package = Assert.Single(Directory.EnumerateFiles(folder.At("feed"), "Recite.Indexing.*.nupkg"));
        string version = Path.GetFileNameWithoutExtension(package)["Recite.Indexing.".Length..];
        WriteProgram(folder, version);

        await DotnetAsync(folder.At("app"), "publish", "-r", "linux-x64", "-o", folder.At("out"), "-v", "q", "-nologo");
        Assert.False(File.Exists(folder.At("out/app.dll")), "it was not compiled ahead of time");
        ReciteResult run = await ToolProcess.RunAsync(s_patience, folder.At("out/app"), folder.Path);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("in canal, bytes 0 to 71", run.Output, StringComparison.Ordinal);
    }

    private static void WriteProgram(TemporaryFolder folder, string version)
    {
        // A cache of its own, so that a package of the same version but other content is never taken for this one; the compiler
        // stays in it, and what the user has already comes from there.
        string packages = Repository.At("artifacts/ahead-of-time");
        if (Directory.Exists(Path.Combine(packages, "recite.indexing")))
            Directory.Delete(Path.Combine(packages, "recite.indexing"), recursive: true);
        string users = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string sample = File.ReadAllText(Repository.At("samples/find-matches.cs"));
        folder.Write("app/Program.cs", string.Join('\n', sample.Split('\n').Where(line => !line.StartsWith("#:", StringComparison.Ordinal))));
        folder.Write("app/Directory.Build.props", "<Project />");
        folder.Write("app/Directory.Packages.props", "<Project />");
        folder.Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <PublishAot>true</PublishAot>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>{SecurityElement.Escape(packages)}</RestorePackagesPath>
                <RestoreFallbackFolders>{SecurityElement.Escape(Directory.Exists(users) ? users : "")}</RestoreFallbackFolders>
                <RestoreAdditionalProjectSources>{SecurityElement.Escape(folder.At("feed"))}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Recite.Indexing" Version="[{version}]" />
              </ItemGroup>
            </Project>
            """);
    }

    private static async Task DotnetAsync(string folder, params string[] arguments)
    {
        ReciteResult result = await ToolProcess.RunAsync(s_patience, "dotnet", folder, arguments);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {result.Output}{result.Error}");
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
