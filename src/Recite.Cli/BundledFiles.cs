namespace Recite.Cli;

/// <summary>Where the bundled corpus and models are: in the checkout that the program was built from, or beside the program.</summary>
/// <param name="Root">The folder that holds <c>demo/</c> and <c>models/</c>.</param>
internal sealed record BundledFiles(string Root)
{
    /// <summary>The demo's training texts.</summary>
    public string Corpus => Path.Combine(Root, "demo", "corpus");

    /// <summary>Texts of the same kind that the demo model never saw.</summary>
    public string NeverTrained => Path.Combine(Root, "demo", "never-trained");

    /// <summary>The demo's canaries, planted and never planted.</summary>
    public string Canaries => Path.Combine(Root, "demo", "canaries.json");

    /// <summary>The demo model.</summary>
    public string Model => Path.Combine(Root, "models", "demo");

    /// <summary>What the demo needs and is not there.</summary>
    public IEnumerable<string> Missing => new[] { Corpus, NeverTrained, Canaries, Model }.Where(path => !Path.Exists(path));

    /// <summary>Looks in the folder of the program and above it.</summary>
    public static BundledFiles? Find(string programFolder)
    {
        for (DirectoryInfo? folder = new(programFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Recite.slnx")) || Directory.Exists(Path.Combine(folder.FullName, "demo", "corpus")))
                return new BundledFiles(folder.FullName);
        }

        return null;
    }
}
