using System.Runtime.InteropServices;

namespace Recite.Lab.Formats;

/// <summary>Reads the weights out of an ONNX model as the lab writes it: float tensors stored as raw bytes (onnx.proto of ONNX 1.12).</summary>
public static class OnnxWeights
{
    private const ulong Float = 1;

    /// <summary>Every initializer of floats, by name.</summary>
    /// <exception cref="LabException">The file is no such model.</exception>
    public static IReadOnlyDictionary<string, Weights> Read(string path)
    {
        var found = new Dictionary<string, Weights>(StringComparer.Ordinal);
        var model = new ProtobufReader(File.ReadAllBytes(path));
        while (model.Next())
        {
            if (model.Field != 7)
                continue;
            var graph = new ProtobufReader(model.Bytes);
            while (graph.Next())
            {
                if (graph.Field == 5)
                    AddTensor(graph.Bytes, found);
            }
        }

        return found.Count > 0 ? found : throw new LabException($"{path} holds no weights; give the model.onnx of a model that the lab exported.");
    }

    private static void AddTensor(ReadOnlySpan<byte> message, Dictionary<string, Weights> found)
    {
        var shape = new List<long>();
        string name = "";
        ulong type = 0;
        float[] values = [];
        var tensor = new ProtobufReader(message);
        while (tensor.Next())
        {
            switch (tensor.Field)
            {
                case 1: shape.Add((long)tensor.Number); break;
                case 2: type = tensor.Number; break;
                case 8: name = tensor.Text; break;
                case 9: values = MemoryMarshal.Cast<byte, float>(tensor.Bytes).ToArray(); break;
                default: break;
            }
        }

        if (type != Float)
            return;
        if (values.Length != shape.Aggregate(1L, (product, size) => product * size))
            throw new LabException($"Tensor {name} has {values.Length} values, which is not its shape {string.Join('x', shape)}; only tensors that the lab wrote are read.");
        found.Add(name, new Weights([.. shape], values));
    }
}
