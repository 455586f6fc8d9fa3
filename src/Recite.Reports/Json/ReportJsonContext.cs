using System.Text.Json;
using System.Text.Json.Serialization;
using Recite.Reporting;

namespace Recite.Reports.Json;

/// <summary>The shapes of <c>report.json</c> and <c>match --json</c>, generated at build time; properties come in declaration order.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    RespectNullableAnnotations = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(MatchReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext
{
    /// <summary>The context with the encoder that an attribute cannot name.</summary>
    public static ReportJsonContext Safe { get; } = new(new JsonSerializerOptions(new ReportJsonContext().Options) { Encoder = SafeJsonEncoder.Instance });
}
