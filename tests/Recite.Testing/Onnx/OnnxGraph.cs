using System.Runtime.InteropServices;

namespace Recite.Testing.Onnx;

/// <summary>Element types of ONNX tensors, with the numbers of the format.</summary>
public enum OnnxType
{
    F32 = 1,
    I32 = 6,
    I64 = 7,
    Bool = 9,
    F16 = 10,
}

/// <summary>An ONNX graph (opset 17) put together node by node.</summary>
public sealed class OnnxGraph
{
    private const int Opset = 17;
    private readonly ProtobufWriter _graph = new();
    private readonly HashSet<string> _tensors = new(StringComparer.Ordinal);
    private int _nodes;

    /// <summary>Adds a node with one output and returns that output's name.</summary>
    public string Node(string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string output = $"{operation}_{_nodes++}";
        NodeTo(output, operation, inputs, attributes);
        return output;
    }

    /// <summary>Adds a node whose output has a given name.</summary>
    public void NodeTo(string output, string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs) node.Text(1, input);
        node.Text(2, output).Text(4, operation);
        foreach ((string name, object value) in attributes) node.Message(5, Attribute(name, value));
        _graph.Message(1, node);
    }

    public void Input(string name, OnnxType type, params object[] shape) => _graph.Message(11, ValueInfo(name, type, shape));

    public void Output(string name, OnnxType type, params object[] shape) => _graph.Message(12, ValueInfo(name, type, shape));

    /// <summary>Adds float weights, narrowed to half where asked.</summary>
    public string Weights(string name, OnnxType type, float[] values, params long[] shape)
    {
        byte[] raw = type == OnnxType.F16
            ? MemoryMarshal.AsBytes(values.Select(value => (Half)value).ToArray().AsSpan()).ToArray()
            : MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        return Tensor(name, type, raw, shape);
    }

    public string Integers(string name, params long[] values) => Tensor(name, OnnxType.I64, MemoryMarshal.AsBytes(values.AsSpan()), [values.Length]);

    public string Scalar(string name, long value) => Tensor(name, OnnxType.I64, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)), []);

    /// <summary>The bytes of a graph that is an attribute of a node.</summary>
    public ProtobufWriter ToSubgraph() => _graph.Text(2, "branch");

    /// <summary>The bytes of the file.</summary>
    public byte[] ToModel() => new ProtobufWriter()
        .Number(1, 8)
        .Message(7, _graph.Text(2, "graph"))
        .Message(8, new ProtobufWriter().Text(1, "").Number(2, Opset))
        .ToArray();

    private string Tensor(string name, OnnxType type, ReadOnlySpan<byte> raw, ReadOnlySpan<long> shape)
    {
        if (!_tensors.Add(name)) return name;
        var tensor = new ProtobufWriter();
        foreach (long size in shape) tensor.Number(1, size);
        _graph.Message(5, tensor.Number(2, (int)type).Text(8, name).Bytes(9, raw));
        return name;
    }

    private static ProtobufWriter ValueInfo(string name, OnnxType type, object[] shape)
    {
        var dimensions = new ProtobufWriter();
        foreach (object size in shape)
        {
            dimensions.Message(1, size is string symbol
                ? new ProtobufWriter().Text(2, symbol)
                : new ProtobufWriter().Number(1, Convert.ToInt64(size)));
        }

        var tensor = new ProtobufWriter().Number(1, (int)type).Message(2, dimensions);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }

    private static ProtobufWriter Attribute(string name, object value)
    {
        var attribute = new ProtobufWriter().Text(1, name);
        switch (value)
        {
            case int number: return attribute.Number(3, number).Number(20, 2);
            case float number: return attribute.Fixed(2, number).Number(20, 1);
            case ProtobufWriter graph: return attribute.Message(6, graph).Number(20, 5);
            case int[] numbers:
                foreach (int number in numbers) attribute.Number(8, number);
                return attribute.Number(20, 7);
            default: throw new ArgumentException($"No attribute of type {value.GetType()}.", nameof(value));
        }
    }
}
