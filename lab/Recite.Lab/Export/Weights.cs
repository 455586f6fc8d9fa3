namespace Recite.Lab.Export;

/// <summary>One tensor's shape and values, row by row.</summary>
internal sealed record Weights(long[] Shape, float[] Values);
