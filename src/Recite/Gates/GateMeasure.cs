namespace Recite.Gates;

/// <summary>A measurement that gates may speak of.</summary>
/// <param name="Value">The estimate; <see langword="null"/> where nothing was measured.</param>
/// <param name="Low">Lower end of its interval, or the value itself where it has none.</param>
/// <param name="High">Upper end.</param>
public readonly record struct GateMeasure(double? Value, double? Low, double? High)
{
    /// <summary>A measurement without an interval: what was seen is what is judged.</summary>
    public static GateMeasure Exact(double value) => new(value, value, value);
}
