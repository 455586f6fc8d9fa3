using System.Globalization;
using Recite.Indexing;
using Recite.Indexing.Text;

namespace Recite.Config;

/// <summary>A mapping of known keys whose values are read one by one; every error names file, line, column and key.</summary>
internal sealed class ConfigMap
{
    private readonly ConfigSource _source;
    private readonly string _path;
    private readonly Dictionary<string, ConfigNode> _values = new(StringComparer.Ordinal);

    /// <summary>Refuses keys that are not <paramref name="known"/>; an absent or null mapping has no values.</summary>
    public ConfigMap(ConfigSource source, ConfigNode? node, string path, string[] known)
    {
        _source = source;
        _path = path;
        if (node is null or ConfigScalar { IsNull: true })
            return;
        if (node is not ConfigMapping mapping)
            throw source.Error(node, path, $"must hold keys and values; {Known(known)}");

        foreach ((ConfigScalar key, ConfigNode value) in mapping.Entries)
        {
            if (!known.Contains(key.Text, StringComparer.Ordinal))
            {
                throw source.Error(key, Join(key.Text), $"is not a key{NearestWord.Suggest(key.Text, known)}; {Known(known)}");
            }

            _values[key.Text] = value;
        }
    }

    public ConfigNode? Find(string key) =>
        _values.TryGetValue(key, out ConfigNode? node) && node is not ConfigScalar { IsNull: true } ? node : null;

    public string? String(string key) => Find(key) is { } node ? _source.Text(node, Join(key)) : null;

    public IReadOnlyList<string> Strings(string key)
    {
        if (Find(key) is not { } node)
            return [];
        if (node is not ConfigSequence sequence)
            throw Error(key, "must be a list, for instance [a, b]");
        return [.. sequence.Items.Select((item, i) => _source.Text(item, string.Create(CultureInfo.InvariantCulture, $"{Join(key)}[{i}]")))];
    }

    public int? Integer(string key, int least, int most)
    {
        if (String(key) is not { } text)
            return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < least || value > most)
            throw Error(key, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}, not '{text}'"));
        return value;
    }

    public ulong? Seed(string key)
    {
        if (String(key) is not { } text)
            return null;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
            throw Error(key, $"must be a random seed, a whole number from 0 to {ulong.MaxValue}, not '{text}'");
        return value;
    }

    public double? Number(string key, double least, double most)
    {
        if (String(key) is not { } text)
            return null;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !(value >= least && value <= most))
            throw Error(key, string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}, not '{text}'"));
        return value;
    }

    /// <summary>A count of at least one, with <c>K</c>, <c>M</c> or <c>G</c>, large or small, for thousands, millions, billions.</summary>
    public long? Count(string key)
    {
        if (String(key) is not { } text)
            return null;
        long unit = text.Length == 0 ? 1 : text[^1] switch { 'K' or 'k' => 1_000, 'M' or 'm' => 1_000_000, 'G' or 'g' => 1_000_000_000, _ => 1 };
        string digits = unit == 1 ? text : text[..^1];
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            || value > long.MaxValue / unit || value * unit < 1 || value * unit != decimal.Truncate(value * unit))
        {
            throw Error(key, $"must be a count such as 500, 20K or 2M, not '{text}'");
        }

        return (long)(value * unit);
    }

    public TextLength? Length(string key, int most)
    {
        if (String(key) is not { } text)
            return null;
        if (!TextLength.TryParse(text, out TextLength length) || length.Value > most)
            throw Error(key, string.Create(CultureInfo.InvariantCulture, $"must be a length such as 150c (characters), 30w (words) or 50t (tokens), at most {most}, not '{text}'"));
        return length;
    }

    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (String(key) is not { } text)
            return null;
        if (!choices.TryGetValue(text, out T value))
            throw Error(key, $"must be {string.Join(" or ", choices.Keys.Order(StringComparer.Ordinal))}, not '{text}'{NearestWord.Suggest(text, choices.Keys)}");
        return value;
    }

    public ReciteException Error(string key, string what) => _source.Error(_values[key], Join(key), what);

    private static string Known(string[] known) => known.Length == 0 ? "it takes none" : $"known are {string.Join(", ", known)}";

    private string Join(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
