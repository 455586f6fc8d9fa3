namespace Recite.Lab.Bench;

internal static class ResearchPage
{
    public static void Write(string path, IReadOnlyList<BenchResult> results) => File.WriteAllText(path, results.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
