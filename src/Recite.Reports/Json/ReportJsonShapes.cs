using System.Text.Json;

namespace Recite.Reports.Json;

/// <summary>The generated shapes with the encoder that their attribute cannot name.</summary>
internal static class ReportJsonShapes
{
    /// <summary>What every JSON of this room is written and read with.</summary>
    public static ReportJsonContext Context { get; } =
        new(new JsonSerializerOptions(ReportJsonContext.Default.Options) { Encoder = SafeJsonEncoder.Instance });
}
