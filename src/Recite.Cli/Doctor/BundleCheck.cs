namespace Recite.Cli.Doctor;

/// <summary>What <c>recite demo</c> needs.</summary>
internal static class BundleCheck
{
    /// <summary>Looks for the bundled corpus and model.</summary>
    public static IEnumerable<DoctorFinding> Run(string programFolder)
    {
        if (BundledFiles.Find(programFolder) is not { } bundled)
        {
            yield return new DoctorFinding(DoctorState.Missing, "demo", "the bundled corpus and model are not beside the program; 'recite demo' runs from a checkout");
            yield break;
        }

        string[] missing = [.. bundled.Missing.Select(path => Path.GetRelativePath(bundled.Root, path))];
        yield return missing.Length == 0
            ? new DoctorFinding(DoctorState.Ok, "demo", "corpus, controls and model are there")
            : new DoctorFinding(DoctorState.Missing, "demo", $"'recite demo' needs {string.Join(", ", missing)}");
    }
}
