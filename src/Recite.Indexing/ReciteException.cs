namespace Recite.Indexing;

/// <summary>
/// Something from outside is wrong: a file, an option, a reply. The message is the one sentence the user reads:
/// what happened, where, and what to do. Commands turn it into exit code 2, never into a stack trace.
/// </summary>
public class ReciteException : Exception
{
    /// <summary>Creates the error with the sentence that the user will read.</summary>
    public ReciteException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with the sentence that the user will read and the failure behind it.</summary>
    public ReciteException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
