using System.Globalization;
using System.Text.Json.Serialization;
using Recite.Indexing;
using Recite.Metrics.Statistics;

namespace Recite.SelfTest.Rows;

/// <summary>
/// <c>models/bench.json</c>: what came back from the models that <c>lab/bench</c> trained with several random seeds, which say how far an
/// exposures-50 depends on the one model that it was measured on.
/// </summary>
/// <param name="Schema"><c>recite.bench/1</c>.</param>
/// <param name="Models">Every model of the bench.</param>
[method: JsonConstructor]
internal sealed record BenchExposures([property: JsonRequired] string Schema, [property: JsonRequired] IReadOnlyList<BenchModel> Models)
{
    /// <summary>Random seeds that an interval needs.</summary>
    public const int LeastSeeds = 3;

    /// <summary>Reads the file.</summary>
    /// <exception cref="ReciteException">The file is missing or is no such file.</exception>
    public static BenchExposures Read(string path)
    {
        BenchExposures read = IndependentExtraction.ReadJson<BenchExposures>(path, "what 'lab/bench' writes");
        return read.Schema == "recite.bench/1" ? read : throw new ReciteException($"{path} is no recite.bench/1; run lab/bench.");
    }

    /// <summary>
    /// For each size with seeds enough the exposures at which half of the canaries come back: the geometric mean over the random seeds, and
    /// its interval by Student's t of the logarithms, the seeds being what varies.
    /// </summary>
    /// <exception cref="ReciteException">A level is impossible.</exception>
    public IReadOnlyList<SizeExposures> OverSeeds(double confidence)
    {
        var sizes = new List<SizeExposures>();
        foreach (IGrouping<string, BenchModel> size in Models.Where(model => model.Role == "planted").GroupBy(model => model.Size, StringComparer.Ordinal))
        {
            double?[] estimates = [.. size.Select(model => model.Estimate(confidence).Exposures50)];
            double[] logs = [.. estimates.OfType<double>().Select(Math.Log2)];
            if (logs.Length < LeastSeeds || logs.Length < estimates.Length)
                continue;
            double mean = logs.Average();
            double deviation = Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / (logs.Length - 1));
            double half = StudentT.Quantile((1 + confidence) / 2, logs.Length - 1) * deviation / Math.Sqrt(logs.Length);
            sizes.Add(new SizeExposures(size.Key, logs.Length, Math.Pow(2, mean), Math.Pow(2, mean - half), Math.Pow(2, mean + half)));
        }

        return sizes;
    }
}

/// <summary>A model of the bench.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role"><c>planted</c>, <c>twin</c> or <c>repeater</c>.</param>
/// <param name="Size">Name of its size.</param>
/// <param name="Levels">What came back.</param>
[method: JsonConstructor]
internal sealed record BenchModel(
    [property: JsonRequired] string Name,
    [property: JsonRequired] string Role,
    [property: JsonRequired] string Size,
    [property: JsonRequired] IReadOnlyList<BenchLevel> Levels)
{
    /// <summary>The dose-response of this model's planted canaries, from their beginning.</summary>
    /// <exception cref="ReciteException">A level is impossible.</exception>
    public DoseResponse Estimate(double confidence) =>
        Levels.Any(level => level.Exposures < 0 || level.Extracted < 0 || level.Extracted > level.Canaries)
            ? throw new ReciteException($"models/bench.json says of {Name} that more canaries came back than there were; run lab/bench.")
            : DoseResponse.Estimate([.. Levels.Where(level => level.Exposures > 0).Select(level => new DoseLevel(level.Exposures, level.Extracted, level.Canaries))], confidence);
}

/// <summary>Canaries planted equally often.</summary>
/// <param name="Exposures">Copies times epochs.</param>
/// <param name="Canaries">How many there were.</param>
/// <param name="Extracted">How many came back from their beginning.</param>
[method: JsonConstructor]
internal sealed record BenchLevel([property: JsonRequired] int Exposures, [property: JsonRequired] int Canaries, [property: JsonRequired] int Extracted);

/// <summary>Exposures-50 of a size over its random seeds.</summary>
/// <param name="Size">Name of the size.</param>
/// <param name="Seeds">How many models.</param>
/// <param name="Exposures50">Geometric mean.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end.</param>
internal sealed record SizeExposures(string Size, int Seeds, double Exposures50, double Low, double High)
{
    /// <summary>As the row prints it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Size} {Exposures50:F0} [{Low:F0}, {High:F0}] over {Seeds} random seeds");
}
