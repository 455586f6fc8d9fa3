using Recite.Indexing;

namespace Recite.Cli.Settings;

/// <summary>
/// The variables of the process, and below them those of a <c>.env</c> file: the one named by <c>--env-file</c>, or the
/// nearest one in the working directory or above it.
/// </summary>
internal sealed class EnvironmentVariables
{
    private const int MostFileBytes = 1 << 20;

    private readonly Func<string, string?> _process;
    private readonly Dictionary<string, string> _file = new(StringComparer.Ordinal);

    /// <summary>Reads the <c>.env</c> file, if there is one.</summary>
    /// <param name="process">The process's own variables.</param>
    /// <param name="explicitFile">The file that was named, which must then exist.</param>
    /// <param name="workingDirectory">Where the search for a <c>.env</c> begins.</param>
    /// <exception cref="ReciteException">The file cannot be read or a line is not <c>NAME=value</c>.</exception>
    public EnvironmentVariables(Func<string, string?> process, string? explicitFile, string workingDirectory)
    {
        _process = process;
        File = explicitFile ?? Nearest(workingDirectory);
        if (File is not null)
            Read(File);
    }

    /// <summary>The <c>.env</c> file in use, if any.</summary>
    public string? File { get; }

    /// <summary>The value of a variable, or <see langword="null"/> when it is not set or empty.</summary>
    public string? Find(string name) =>
        _process(name) is { Length: > 0 } value ? value : _file.GetValueOrDefault(name);

    /// <summary>The variable as a setting's text, if it is set.</summary>
    public SettingText? Find(Setting setting)
    {
        string? own = _process(setting.Variable);
        string? value = own is { Length: > 0 } ? own : _file.GetValueOrDefault(setting.Variable);
        if (value is null)
            return null;

        string name = own is { Length: > 0 } ? setting.Variable : $"{setting.Variable} in {Path.GetFileName(File)}";
        IReadOnlyList<string> values = setting.IsList
            ? value.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [value];
        return new SettingText(values, new SettingOrigin(SettingLevel.Environment, name));
    }

    private static string? Nearest(string workingDirectory)
    {
        for (DirectoryInfo? folder = new(workingDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, ".env");
            if (System.IO.File.Exists(candidate))
                return candidate;
        }

        return null;
    }

    private void Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new ReciteException($"The environment file '{path}' does not exist; check --env-file.");
        if (file.Length > MostFileBytes)
            throw new ReciteException($"The environment file '{path}' is larger than 1 MB; it should hold lines such as OPENAI_API_KEY=value.");

        int number = 0;
        foreach (string line in System.IO.File.ReadLines(path))
        {
            number++;
            string text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
                continue;
            if (text.StartsWith("export ", StringComparison.Ordinal))
                text = text[7..].TrimStart();
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw new ReciteException($"{path}:{number}: this line is not NAME=value; write it so, or put # before it.");

            _file[text[..equals].TrimEnd()] = Unquote(text[(equals + 1)..].Trim());
        }
    }

    private static string Unquote(string value) =>
        value is [('"' or '\'') and var quote, .., var last] && quote == last ? value[1..^1] : value;
}
