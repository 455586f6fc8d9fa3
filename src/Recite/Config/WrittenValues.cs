using System.Globalization;
using Recite.Indexing;

namespace Recite.Config;

/// <summary>
/// What stands in a configuration file, key by key, before it is understood: for programs whose options may also be given there.
/// Keys have dots between the levels (<c>match.minLength</c>); only single values and lists of single values are here.
/// </summary>
public sealed class WrittenValues
{
    private readonly Dictionary<string, IReadOnlyList<ConfigScalar>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConfigNode> _nodes = new(StringComparer.Ordinal);
    private readonly ConfigSource _source;
    private readonly string _file;

    private WrittenValues(string file, Func<string, string?> environment)
    {
        _file = file;
        _source = new ConfigSource(file, environment);
    }

    /// <summary>The keys that the file gives a value of any kind, in its own order.</summary>
    public IEnumerable<string> Keys => _nodes.Keys;

    /// <summary>Reads a text; <paramref name="file"/> is its name in errors, <paramref name="environment"/> answers <c>${env:NAME}</c>.</summary>
    /// <exception cref="ReciteException">The text is not YAML as Recite accepts it.</exception>
    public static WrittenValues ReadText(string text, string file, Func<string, string?> environment)
    {
        var written = new WrittenValues(file, environment);
        if (ConfigYaml.Parse(text.TrimStart('\uFEFF'), file) is { } root)
            written.Add("", root);
        return written;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ReciteException">The file cannot be read or is not YAML as Recite accepts it.</exception>
    public static WrittenValues Read(string path, Func<string, string?> environment) =>
        ReadText(ConfigText.Read(path), path, environment);

    /// <summary>The value of a key with references to the environment replaced; <see langword="null"/> where the file gives none.</summary>
    /// <exception cref="ReciteException">A reference names a variable that is not set.</exception>
    public WrittenValue? Find(string key)
    {
        if (!_values.TryGetValue(key, out IReadOnlyList<ConfigScalar>? scalars))
            return null;

        return new WrittenValue([.. scalars.Select(scalar => _source.Text(scalar, key))], $"{Place(key)}: '{key}'");
    }

    /// <summary>Where the value of a key stands: file, line and column; <see langword="null"/> where the file gives none.</summary>
    public string? Place(string key) => _nodes.TryGetValue(key, out ConfigNode? node)
        ? string.Create(CultureInfo.InvariantCulture, $"{_file}:{node.Line}:{node.Column}")
        : null;

    private void Add(string key, ConfigNode node)
    {
        if (key.Length > 0 && node is not (ConfigMapping or ConfigScalar { IsNull: true }))
            _nodes[key] = node;
        switch (node)
        {
            case ConfigScalar { IsNull: false } scalar:
                _values[key] = [scalar];
                break;
            case ConfigSequence { Items.Count: > 0 } sequence when sequence.Items.All(item => item is ConfigScalar { IsNull: false }):
                _values[key] = [.. sequence.Items.Cast<ConfigScalar>()];
                break;
            case ConfigMapping mapping:
                foreach ((ConfigScalar name, ConfigNode value) in mapping.Entries)
                    Add(key.Length == 0 ? name.Text : $"{key}.{name.Text}", value);
                break;
            default:
                break;
        }
    }
}

/// <summary>A value as it stands in a file.</summary>
/// <param name="Texts">One text, or those of a list.</param>
/// <param name="Place">File, line, column and key, as the beginning of a sentence.</param>
public sealed record WrittenValue(IReadOnlyList<string> Texts, string Place);
