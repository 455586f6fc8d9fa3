namespace Recite.Metrics.Statistics;

/// <summary>A confidence interval for a probability.</summary>
/// <param name="Low">Lower end, from 0.</param>
/// <param name="High">Upper end, up to 1.</param>
/// <param name="Confidence">Coverage it promises at least, for instance 0.95.</param>
/// <param name="Method">How it was made, as reports print it.</param>
public readonly record struct Interval(double Low, double High, double Confidence, string Method);
