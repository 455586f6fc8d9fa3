namespace Recite.Models.Tests.Onnx;

/// <summary>The model that ships with the project, found from the root of the repository.</summary>
internal static class DemoModel
{
    private static readonly string s_root = FindRoot();

    public static string Path { get; } = System.IO.Path.Combine(s_root, "models", "demo");

    /// <summary>The planted and never planted texts it was made with.</summary>
    public static string Canaries { get; } = System.IO.Path.Combine(s_root, "demo", "canaries.json");

    private static string FindRoot()
    {
        for (string? directory = AppContext.BaseDirectory; directory is not null; directory = System.IO.Path.GetDirectoryName(directory))
        {
            if (File.Exists(System.IO.Path.Combine(directory, "Recite.slnx"))) return directory;
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
