using Recite.Config;
using Recite.Ingest;
using Recite.Models;
using Recite.Models.Onnx;
using Recite.Models.Replay;
using Recite.Targets;

namespace Recite.Cli;

/// <summary>
/// The composition root. What ships is listed by name, without reflection: document readers in <see cref="DocumentReaders"/>, targets in
/// <see cref="TargetFactory"/>, probes in <see cref="Probes.ProbeList"/>, nulls in <see cref="Controls.NullList"/>, report writers in
/// <see cref="Reports.ReportWriters"/>; here they are put together.
/// </summary>
internal sealed class Composition
{
    /// <summary>Kinds of documents; the first that can read a file gets it.</summary>
    public required IReadOnlyList<IDocumentReader> Readers { get; init; }

    /// <summary>How local models are run.</summary>
    public OnnxOptions Onnx { get; init; } = new();

    /// <summary>The parts of the program as it ships.</summary>
    public static Composition OfProcess() => new()
    {
        Readers = DocumentReaders.All(),
    };

    /// <summary>Reads documents.</summary>
    /// <param name="options">How.</param>
    /// <param name="takenIds">Ids that no document may have, because documents that are there already have them.</param>
    public DocumentIngest Ingest(IngestOptions options, IEnumerable<string>? takenIds = null) => new(options, Readers) { TakenIds = takenIds ?? [] };

    /// <summary>Makes a target; it is connected by the audit.</summary>
    /// <param name="id">The id as it was written, which is what reports call it.</param>
    /// <param name="config">How it is to be asked.</param>
    /// <param name="environment">Where keys are looked for.</param>
    /// <param name="resolve">Where a path in an id is, seen from the working directory.</param>
    /// <param name="time">The clock of waits and time limits.</param>
    public ITarget CreateTarget(string id, AuditConfig config, Func<string, string?> environment, Func<string, string> resolve, TimeProvider time)
    {
        const string Replay = "replay:";
        if (id.StartsWith(Replay, StringComparison.Ordinal) && id.Length > Replay.Length)
            return new ReplayTarget(id, resolve(id[Replay.Length..]));

        return TargetFactory.Create(id, new TargetSettings
        {
            Endpoint = config.Endpoint switch
            {
                Config.EndpointChoice.Completions => Models.EndpointChoice.Completions,
                Config.EndpointChoice.Chat => Models.EndpointChoice.Chat,
                _ => Models.EndpointChoice.Auto,
            },
            Environment = environment,
            Seed = config.Seed,
            TimeProvider = time,
            CreateOnnx = directory => new OnnxTarget(resolve(directory), Onnx, id),
        });
    }
}
