namespace Recite.Cli;

/// <summary>The composition root: every reader, target, probe, null and report writer that commands work with, listed by name.</summary>
internal sealed class Composition
{
    /// <summary>The parts of the program as it ships.</summary>
    public static Composition OfProcess() => new();
}
