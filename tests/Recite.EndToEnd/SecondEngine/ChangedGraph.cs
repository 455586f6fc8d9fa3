using Recite.Lab.Formats;

namespace Recite.EndToEnd.SecondEngine;

/// <summary>Writes a graph (GraphProto of onnx.proto) anew.</summary>
internal delegate ProtobufWriter GraphChange(ReadOnlySpan<byte> graph);

/// <summary>Copies of a model folder of the lab's in which the graph differs.</summary>
internal static class ChangedGraph
{
    private const int Graph = 7;
    private const int Tensor = 5;
    private const int TensorName = 8;
    private const int TensorBytes = 9;

    /// <summary>Copies a folder and changes the graph in its model.</summary>
    public static void Copy(string from, string to, GraphChange change)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        var model = new ProtobufReader(File.ReadAllBytes(Path.Combine(from, "model.onnx")));
        var changed = new ProtobufWriter();
        while (model.Next())
        {
            if (model.IsNumber)
                changed.Number(model.Field, (long)model.Number);
            else if (model.Field == Graph)
                changed.Message(Graph, change(model.Bytes));
            else
                changed.Bytes(model.Field, model.Bytes);
        }

        File.WriteAllBytes(Path.Combine(to, "model.onnx"), changed.ToArray());
    }

    /// <summary>A copy in which the tensors whose names end so are zero; returns how many they are.</summary>
    public static int CopyWithZeros(string from, string to, string nameEnd)
    {
        int count = 0;
        Copy(from, to, graph =>
        {
            var changed = new ProtobufWriter();
            var reader = new ProtobufReader(graph);
            while (reader.Next())
            {
                if (reader.Field == Tensor && ReadName(reader.Bytes).EndsWith(nameEnd, StringComparison.Ordinal))
                {
                    count++;
                    changed.Message(Tensor, WriteZeros(reader.Bytes));
                }
                else
                {
                    changed.Bytes(reader.Field, reader.Bytes);
                }
            }

            return changed;
        });
        return count;
    }

    private static string ReadName(ReadOnlySpan<byte> tensor)
    {
        var reader = new ProtobufReader(tensor);
        while (reader.Next())
        {
            if (reader.Field == TensorName)
                return reader.Text;
        }

        return "";
    }

    private static ProtobufWriter WriteZeros(ReadOnlySpan<byte> tensor)
    {
        var changed = new ProtobufWriter();
        var reader = new ProtobufReader(tensor);
        while (reader.Next())
        {
            if (reader.IsNumber)
                changed.Number(reader.Field, (long)reader.Number);
            else
                changed.Bytes(reader.Field, reader.Field == TensorBytes ? new byte[reader.Bytes.Length] : reader.Bytes);
        }

        return changed;
    }
}
