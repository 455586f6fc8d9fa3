namespace Recite.Indexing;

/// <summary>The switch that turns the processor's vectors off, so that their results can be compared with plain code's.</summary>
internal static class Vectors
{
    /// <summary>Whether the AppContext switch <c>Recite.Scalar</c> is on.</summary>
    public static bool AreOff => AppContext.TryGetSwitch("Recite.Scalar", out bool isOn) && isOn;
}
