namespace Recite.Ingest;

/// <summary>How a folder is read that is a git repository.</summary>
public enum GitReading
{
    /// <summary>The tracked files as the last commit (HEAD) has them; nothing else that lies in the folder.</summary>
    Tracked,

    /// <summary>The folder as it is, like any other.</summary>
    Off,
}
