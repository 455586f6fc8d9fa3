using Microsoft.Data.Sqlite;
using Microsoft.ML.OnnxRuntime;

namespace Recite.Cli.Doctor;

/// <summary>The native libraries: whether they load here.</summary>
internal static class NativeCheck
{
    /// <summary>Loads each of them.</summary>
    public static IEnumerable<DoctorFinding> Run()
    {
        yield return Load("ONNX Runtime", "onnx: targets cannot be used", () => OrtEnv.Instance().GetVersionString());
        yield return Load("SQLite", "runs cannot be kept", () =>
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            return connection.ServerVersion;
        });
    }

    private static DoctorFinding Load(string subject, string consequence, Func<string> version)
    {
        try
        {
            return new DoctorFinding(DoctorState.Ok, subject, version());
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
        {
            return new DoctorFinding(DoctorState.Wrong, subject, $"does not load, so {consequence}: {(e.InnerException ?? e).Message}");
        }
    }
}
