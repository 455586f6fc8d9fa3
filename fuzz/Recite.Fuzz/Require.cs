namespace Recite.Fuzz;

/// <summary>What must hold of every answer; a find when it does not.</summary>
internal static class Require
{
    public static void That(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException(what);
    }
}
