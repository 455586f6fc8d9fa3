using System.Text.Json.Serialization;
using Recite.Contamination;
using Recite.Reporting;

namespace Recite.Reports.Json;

/// <summary>The shapes of <c>report.json</c>, <c>match --json</c> and <c>match --per-item --json</c>, generated at build time; properties come in declaration order.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    RespectNullableAnnotations = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(MatchReport))]
[JsonSerializable(typeof(ContaminationReport))]
[JsonSerializable(typeof(CheckedItem))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
