namespace Recite.Reports.Components;

/// <summary>The stylesheet of every page, embedded in the assembly.</summary>
internal static class Stylesheet
{
    private const string ResourceName = "Recite.Reports.report.css";

    /// <summary>Its text; it holds nothing from outside.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using Stream resource = typeof(Stylesheet).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The resource {ResourceName} is missing from the assembly.");
        using var reader = new StreamReader(resource);
        return "\n" + reader.ReadToEnd();
    }
}
