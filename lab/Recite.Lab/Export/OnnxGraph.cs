using System.Globalization;
using System.Runtime.InteropServices;
using Recite.Lab.Formats;

namespace Recite.Lab.Export;

/// <summary>
/// Collects the nodes, constants, inputs and outputs of an ONNX graph and writes the model file (onnx.proto of ONNX 1.12:
/// IR version 8, opset 17). Field numbers stand where they are written.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    public const int Float = 1;
    public const int Int64 = 7;
    public const int Bool = 9;

    private readonly ProtobufWriter _graph = new();
    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);
    private int _nodes;

    /// <summary>Adds a node with one output and returns that output's name.</summary>
    public string Node(string operation, params string[] inputs) => Node(operation, inputs, attributes: []);

    /// <summary>Adds a node with attributes and returns its one output's name.</summary>
    public string Node(string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string output = $"{operation}_{_nodes.ToString(CultureInfo.InvariantCulture)}";
        Add(operation, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node whose outputs have the given names.</summary>
    public void Add(string operation, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs)
            node.Text(1, input);
        foreach (string output in outputs)
            node.Text(2, output);
        node.Text(3, $"{operation}/{(_nodes++).ToString(CultureInfo.InvariantCulture)}").Text(4, operation);
        foreach ((string attribute, object value) in attributes)
            node.Message(5, Attribute(attribute, value));
        _graph.Message(1, node);
    }

    /// <summary>A named tensor of weights.</summary>
    public string Weights(string tensor, long[] shape, ReadOnlySpan<float> values) => Constant(tensor, Float, shape, MemoryMarshal.AsBytes(values));

    /// <summary>A constant list of whole numbers (a shape, axes, indices); equal lists share one tensor.</summary>
    public string Numbers(params long[] values) =>
        Constant("numbers_" + string.Join('_', values), Int64, [values.Length], MemoryMarshal.AsBytes<long>(values));

    /// <summary>A constant whole number without dimensions.</summary>
    public string Number(long value) => Constant("number_" + value.ToString(CultureInfo.InvariantCulture), Int64, [], MemoryMarshal.AsBytes<long>([value]));

    /// <summary>A constant real number without dimensions.</summary>
    public string Real(float value) => Constant("real_" + value.ToString("R", CultureInfo.InvariantCulture), Float, [], MemoryMarshal.AsBytes<float>([value]));

    /// <summary>Declares an input; a dimension is a number or the name of a size known at run time.</summary>
    public string Input(string input, int type, params object[] shape)
    {
        _graph.Message(11, Value(input, type, shape));
        return input;
    }

    /// <summary>Declares an output; some node must produce it.</summary>
    public string Output(string output, int type, params object[] shape)
    {
        _graph.Message(12, Value(output, type, shape));
        return output;
    }

    public byte[] ToModel()
    {
        _graph.Text(2, name);
        return new ProtobufWriter()
            .Number(1, 8)
            .Text(2, "recite-lab")
            .Message(7, _graph)
            .Message(8, new ProtobufWriter().Text(1, "").Number(2, 17))
            .ToArray();
    }

    private string Constant(string tensor, int type, long[] shape, ReadOnlySpan<byte> littleEndian)
    {
        if (!_constants.Add(tensor))
            return tensor;
        var proto = new ProtobufWriter();
        foreach (long size in shape)
            proto.Number(1, size);
        _graph.Message(5, proto.Number(2, type).Text(8, tensor).Bytes(9, littleEndian));
        return tensor;
    }

    private static ProtobufWriter Value(string value, int type, object[] shape)
    {
        var dimensions = new ProtobufWriter();
        foreach (object size in shape)
        {
            dimensions.Message(1, size is string symbol
                ? new ProtobufWriter().Text(2, symbol)
                : new ProtobufWriter().Number(1, Convert.ToInt64(size, CultureInfo.InvariantCulture)));
        }

        var tensor = new ProtobufWriter().Number(1, type).Message(2, dimensions);
        return new ProtobufWriter().Text(1, value).Message(2, new ProtobufWriter().Message(1, tensor));
    }

    private static ProtobufWriter Attribute(string attribute, object value)
    {
        var proto = new ProtobufWriter().Text(1, attribute);
        switch (value)
        {
            case float real:
                return proto.Real(2, real).Number(20, 1);
            case int or long:
                return proto.Number(3, Convert.ToInt64(value, CultureInfo.InvariantCulture)).Number(20, 2);
            case long[] numbers:
                foreach (long number in numbers)
                    proto.Number(8, number);
                return proto.Number(20, 7);
            default:
                throw new ArgumentException($"ONNX attribute {attribute} has type {value.GetType().Name}, which this writer does not know.", nameof(value));
        }
    }
}
