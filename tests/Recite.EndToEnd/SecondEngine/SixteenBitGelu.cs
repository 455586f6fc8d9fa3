using Recite.Lab.Formats;

namespace Recite.EndToEnd.SecondEngine;

/// <summary>
/// The bundled graph with each GELU's input and output rounded to 16 bits, as llama.cpp computes it on processors (ggml's
/// <c>ggml_table_gelu_f16</c>: a table with an entry for every half). Everything else stays as it is.
/// </summary>
internal static class SixteenBitGelu
{
    // onnx.proto, TensorProto.DataType and the field numbers of ModelProto, GraphProto, NodeProto and AttributeProto.
    private const int Float = 1;
    private const int Half = 10;

    // x*x, x*x*x, c*x^3, x + c*x^3, times sqrt(2/pi), tanh, x/2, 1 + tanh, product.
    private const int GeluNodes = 9;

    /// <summary>Copies a model folder of the lab's with the graph changed; returns how many GELUs it has.</summary>
    public static int Copy(string from, string to)
    {
        int count = 0;
        ChangedGraph.Copy(from, to, graph => ChangeGraph(graph, ref count));
        return count;
    }

    private static ProtobufWriter ChangeGraph(ReadOnlySpan<byte> graph, ref int count)
    {
        var changed = new ProtobufWriter();
        var reader = new ProtobufReader(graph);
        string x = "";
        int left = 0;
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                changed.Bytes(reader.Field, reader.Bytes);
                continue;
            }

            Node node = Node.Read(reader.Bytes);
            if (left == 0 && node.Operation == "Mul" && node.Inputs[0] == node.Inputs[1])
            {
                x = node.Inputs[0];
                left = GeluNodes;
                count++;
                Round(changed, x, x + "/rounded");
            }

            if (left == 0)
            {
                changed.Bytes(1, reader.Bytes);
                continue;
            }

            string output = --left == 0 ? node.Output + "/exact" : node.Output;
            changed.Message(1, Write(node.Operation, [.. node.Inputs.Select(input => input == x ? x + "/rounded" : input)], output));
            if (left == 0)
                Round(changed, output, node.Output);
        }

        return changed;
    }

    private static void Round(ProtobufWriter graph, string from, string to) => graph
        .Message(1, Cast(from, to + "/half", Half))
        .Message(1, Cast(to + "/half", to, Float));

    private static ProtobufWriter Cast(string from, string to, int type) =>
        Write("Cast", [from], to).Message(5, new ProtobufWriter().Text(1, "to").Number(3, type).Number(20, 2));

    private static ProtobufWriter Write(string operation, IEnumerable<string> inputs, string output)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs)
            node.Text(1, input);
        return node.Text(2, output).Text(4, operation);
    }

    private sealed record Node(string Operation, IReadOnlyList<string> Inputs, string Output)
    {
        public static Node Read(ReadOnlySpan<byte> message)
        {
            var inputs = new List<string>();
            string output = "", operation = "";
            var reader = new ProtobufReader(message);
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: inputs.Add(reader.Text); break;
                    case 2: output = reader.Text; break;
                    case 4: operation = reader.Text; break;
                    default: break;
                }
            }

            return new Node(operation, inputs, output);
        }
    }
}
