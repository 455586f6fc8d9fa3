namespace Recite.Cli.Settings;

/// <summary>The <c>recite.yaml</c> in use and what stands in it, key by key.</summary>
/// <param name="path">The file as the user would name it, or <see langword="null"/> when there is none.</param>
/// <param name="values">Its single values and lists of single values, by key with dots between the levels.</param>
internal sealed class ConfigFile(string? path, IReadOnlyDictionary<string, SettingText> values)
{
    /// <summary>The name looked for in the working directory.</summary>
    public const string DefaultName = "recite.yaml";

    /// <summary>No file at all.</summary>
    public static ConfigFile None { get; } = new(null, new Dictionary<string, SettingText>(StringComparer.Ordinal));

    /// <summary>The file as the user would name it, or <see langword="null"/> when there is none.</summary>
    public string? Path { get; } = path;

    /// <summary>Everything that stands in the file.</summary>
    public IReadOnlyDictionary<string, SettingText> Values { get; } = values;

    /// <summary>The folder that relative paths of the file start from; empty when there is no file.</summary>
    public string Folder => Path is null ? "" : System.IO.Path.GetDirectoryName(Path) ?? "";

    /// <summary>What the file says about a setting.</summary>
    public SettingText? Find(Setting setting) => setting.Key is { } key ? Values.GetValueOrDefault(key) : null;

    /// <summary>A path that was written in the file, as seen from the working directory.</summary>
    public string Resolve(string written) => System.IO.Path.Combine(Folder, written);
}
