namespace Recite.Config;

/// <summary>A piece of a configuration file and where it stands (1-based line and column).</summary>
internal abstract record ConfigNode(long Line, long Column);

/// <summary>A single value as written; <paramref name="Plain"/> when it stood there without quotes.</summary>
internal sealed record ConfigScalar(string Text, bool Plain, long Line, long Column) : ConfigNode(Line, Column)
{
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
internal sealed record ConfigSequence(IReadOnlyList<ConfigNode> Items, long Line, long Column) : ConfigNode(Line, Column);

/// <summary>Keys and values in the order of the file; keys are unique.</summary>
internal sealed record ConfigMapping(IReadOnlyList<ConfigEntry> Entries, long Line, long Column) : ConfigNode(Line, Column);

/// <summary>A key with its value.</summary>
internal readonly record struct ConfigEntry(ConfigScalar Key, ConfigNode Value);
