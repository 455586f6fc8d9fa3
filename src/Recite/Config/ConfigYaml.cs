using Recite.Indexing;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Recite.Config;

/// <summary>
/// Reads YAML from strangers into <see cref="ConfigNode"/>s: one document, bounded in size, depth and number of nodes, without anchors,
/// aliases, tags or repeated keys. Nothing is interpreted here and nothing is ever constructed by name.
/// </summary>
internal sealed class ConfigYaml
{
    public const int MostBytes = 1 << 20;
    private const int MostDepth = 16;
    private const int MostNodes = 10_000;

    private readonly string _file;
    private readonly Parser _parser;
    private int _nodes;

    private ConfigYaml(string text, string file)
    {
        _file = file;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The root of the text; <see langword="null"/> when it holds nothing.</summary>
    /// <exception cref="ReciteException">The text is no such YAML; the message names file, line and column.</exception>
    public static ConfigNode? Parse(string text, string file)
    {
        if (text.Length > MostBytes)
            throw new ReciteException($"{file} is larger than 1 MiB; a configuration is not. Check that it is the file you meant.");

        var yaml = new ConfigYaml(text, file);
        try
        {
            return yaml.ReadDocument();
        }
        catch (YamlException error)
        {
            throw new ReciteException($"{file}:{error.Start.Line}:{error.Start.Column}: this is not valid YAML: {Sentence(error)}.", error);
        }
        catch (InvalidOperationException error)
        {
            // The scanner gives up this way on some unclosed brackets; where it had come to is the best place to name.
            Mark here = yaml._parser.Current?.End ?? Mark.Empty;
            throw new ReciteException($"{file}:{here.Line}:{here.Column}: this is not valid YAML: something behind this place is not closed or not separated.", error);
        }
    }

    private ConfigNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
            return null;

        _parser.Consume<DocumentStart>();
        ConfigNode root = ReadNode(depth: 1);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out DocumentStart? second))
            throw Error(second.Start, "a second YAML document begins here; a configuration is one document");
        return root;
    }

    private ConfigNode ReadNode(int depth)
    {
        ParsingEvent current = _parser.Current!;
        if (depth > MostDepth)
            throw Error(current.Start, $"this is nested more than {MostDepth} levels deep");
        if (++_nodes > MostNodes)
            throw Error(current.Start, $"the file holds more than {MostNodes} values");
        if (current is AnchorAlias || current is NodeEvent { Anchor.IsEmpty: false })
            throw Error(current.Start, "YAML anchors and aliases are refused; write the value out");
        if (current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag })
            throw Error(current.Start, $"the YAML tag '{tag}' is refused; write the plain value");

        return current switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadSequence(depth),
            MappingStart => ReadMapping(depth),
            _ => throw Error(current.Start, "a value was expected here"),
        };
    }

    private ConfigScalar ReadScalar()
    {
        Scalar scalar = _parser.Consume<Scalar>();
        return new ConfigScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, scalar.Start.Line, scalar.Start.Column);
    }

    private ConfigSequence ReadSequence(int depth)
    {
        SequenceStart start = _parser.Consume<SequenceStart>();
        var items = new List<ConfigNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(depth + 1));
        return new ConfigSequence(items, start.Start.Line, start.Start.Column);
    }

    private ConfigMapping ReadMapping(int depth)
    {
        MappingStart start = _parser.Consume<MappingStart>();
        var entries = new List<ConfigEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            ConfigNode key = ReadNode(depth + 1);
            if (key is not ConfigScalar name)
                throw new ReciteException($"{_file}:{key.Line}:{key.Column}: a key must be a word.");
            if (!seen.Add(name.Text))
                throw new ReciteException($"{_file}:{key.Line}:{key.Column}: the key '{name.Text}' stands here a second time; keep one.");
            entries.Add(new ConfigEntry(name, ReadNode(depth + 1)));
        }

        return new ConfigMapping(entries, start.Start.Line, start.Start.Column);
    }

    private ReciteException Error(Mark mark, string what) => new($"{_file}:{mark.Line}:{mark.Column}: {what}.");

    private static string Sentence(YamlException error)
    {
        string message = (error.InnerException ?? error).Message.TrimEnd('.', ' ');
        return message.Length > 200 ? message[..200] : message;
    }
}
