using System.Text.Json;
using Recite.Metrics.Statistics;

namespace Recite.Canaries.Scoring;

/// <summary>The statistics as a part of <c>recite.canary-score/1</c>.</summary>
internal static class CanaryStatisticsJson
{
    public static void Write(Utf8JsonWriter json, CanaryStatistics statistics)
    {
        json.WriteStartObject("exposure");
        json.WriteString("unit", "bits");
        json.WriteNumber("references", statistics.References);
        json.WriteNumber("ceiling", Exposure.CeilingOf(statistics.References));
        json.WriteNumber("canaries", statistics.Exposures.Count);
        json.WriteNumber("mean", statistics.Mean);
        json.WriteNumber("nullMean", Exposure.NullMean(statistics.References));
        json.WriteNumber("saturated", statistics.Exposures.Count(e => e.Exposure.IsSaturated));
        json.WriteStartArray("histogram");
        foreach (ExposureBar bar in statistics.Histogram)
        {
            json.WriteStartObject();
            json.WriteNumber("from", bar.From);
            json.WriteNumber("planted", bar.Planted);
            json.WriteNumber("nullShare", bar.NullShare);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("strata");
        foreach (ExposureStratum stratum in statistics.Strata)
        {
            json.WriteStartObject();
            json.WriteString("duplicates", stratum.Duplicates);
            json.WriteNumber("canaries", stratum.Canaries);
            json.WriteNumber("mean", stratum.Mean);
            json.WriteNumber("saturated", stratum.Saturated);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("randomization");
        json.WriteNumber("p", statistics.Randomization.PValue);
        json.WriteString("method", statistics.Randomization.Method);
        json.WriteString("design", statistics.Design);
        json.WriteString("statistic", statistics.Statistic);
        json.WriteNumber("observed", statistics.Randomization.Observed);
        json.WriteBoolean("coinRecorded", statistics.IsProof);
        json.WriteEndObject();
    }
}
