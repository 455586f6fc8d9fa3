using Recite.Config;

namespace Recite.Cli.Settings;

/// <summary>The <c>recite.yaml</c> in use and what stands in it, key by key.</summary>
/// <param name="path">The file as the user would name it, or <see langword="null"/> when there is none.</param>
/// <param name="values">What stands in it.</param>
internal sealed class ConfigFile(string? path, WrittenValues? values)
{
    /// <summary>The name looked for in the working directory.</summary>
    public const string DefaultName = "recite.yaml";

    /// <summary>No file at all.</summary>
    public static ConfigFile None { get; } = new(null, null);

    /// <summary>The file as the user would name it, or <see langword="null"/> when there is none.</summary>
    public string? Path { get; } = path;

    /// <summary>The folder that relative paths of the file start from; empty when that is the working directory.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? "";

    /// <summary>The file that was named, else the one in the working directory, else none.</summary>
    /// <exception cref="Indexing.ReciteException">The file that was named cannot be read, or the file is not understood.</exception>
    public static ConfigFile Open(string? named, EnvironmentVariables environment)
    {
        string? path = named ?? (File.Exists(DefaultName) ? DefaultName : null);
        return path is null ? None : new ConfigFile(path, WrittenValues.Read(path, environment.Find));
    }

    /// <summary>What the file says about a setting.</summary>
    public SettingText? Find(Setting setting) =>
        setting.Key is { } key && values?.Find(key) is { } written
            ? new SettingText(written.Texts, new SettingOrigin(SettingLevel.File, written.Place))
            : null;

    /// <summary>Where the file speaks of a key or of something below it, as the beginning of a sentence.</summary>
    public string? Place(string key) =>
        values?.Keys.FirstOrDefault(known => string.Equals(known, key, StringComparison.Ordinal) || known.StartsWith(key + ".", StringComparison.Ordinal)) is { } found
            ? values.Place(found)
            : null;

    /// <summary>A path that was written in the file, as seen from the working directory.</summary>
    public string Resolve(string written) => System.IO.Path.Combine(Folder, written);
}
