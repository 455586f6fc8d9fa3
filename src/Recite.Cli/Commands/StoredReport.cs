using Recite.Indexing;
using Recite.Reporting;
using Recite.Reports.Json;

namespace Recite.Cli.Commands;

/// <summary>The <c>report.json</c> that every audit leaves in the folder of its run.</summary>
internal static class StoredReport
{
    private const string Name = "report.json";

    /// <summary>Where it is.</summary>
    public static string PathIn(string runFolder) => Path.Combine(runFolder, Name);

    /// <summary>Whether the run got as far as a report.</summary>
    public static bool Exists(string runFolder) => File.Exists(PathIn(runFolder));

    /// <summary>Reads it.</summary>
    /// <exception cref="ReciteException">There is none, or it cannot be read.</exception>
    public static AuditReport Read(string runFolder, string id)
    {
        if (!Exists(runFolder))
            throw new ReciteException($"Run {id} has no report yet; 'recite audit --resume {id}' continues it.");
        using FileStream stream = File.OpenRead(PathIn(runFolder));
        return ReportJson.Read(stream);
    }
}
