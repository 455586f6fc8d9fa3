namespace Recite.Testing.Onnx;

/// <summary>Writes a <see cref="TinyDecoder"/> as ONNX in the layout of Optimum.</summary>
internal static class TinyDecoderGraph
{
    public static byte[] Write(TinyDecoder model, TinyDecoderShape shape)
    {
        var graph = new OnnxGraph();
        DeclareInputs(graph, shape);
        OnnxType type = shape.Type;
        long width = shape.Width;
        string embedding = graph.Weights("E", type, model.Embedding, shape.Vocabulary, width);
        string x = graph.Node("Add", [
            graph.Node("Gather", [embedding, "input_ids"]),
            graph.Node("Gather", [graph.Weights("P", type, model.Positions, shape.Context, width), FindPositions(graph, shape)])]);

        string q = SplitHeads(graph, graph.Node("MatMul", [x, graph.Weights("Wq", type, model.Query, width, width)]));
        string k = Continue(graph, shape, "key", graph.Node("MatMul", [x, graph.Weights("Wk", type, model.Key, width, width)]));
        string v = Continue(graph, shape, "value", graph.Node("MatMul", [x, graph.Weights("Wv", type, model.Value, width, width)]));

        string scale = graph.Weights("scale", type, [1f / MathF.Sqrt(shape.HeadSize)], 1);
        string scores = graph.Node("Mul", [graph.Node("MatMul", [q, graph.Node("Transpose", [k], ("perm", (int[])[0, 1, 3, 2]))]), scale]);
        string hidden = graph.Weights("hidden", type, [-1e4f], 1);
        string weights = graph.Node("Softmax", [graph.Node("Where", [BuildMask(graph, shape, k), scores, hidden])], ("axis", -1));
        string joined = graph.Node("Reshape", [
            graph.Node("Transpose", [graph.Node("MatMul", [weights, v])], ("perm", (int[])[0, 2, 1, 3])),
            graph.Integers("flat", 0, 0, width)]);
        string y = graph.Node("Add", [x, graph.Node("MatMul", [joined, graph.Weights("Wo", type, model.Out, width, width)])]);
        if (shape.GivesLastOnly) y = graph.Node("Gather", [y, graph.Integers("last", -1)], ("axis", 1));
        graph.NodeTo("logits", "MatMul", [y, graph.Node("Transpose", [embedding], ("perm", (int[])[1, 0]))]);
        graph.Output("logits", type, "batch", "sequence", shape.Vocabulary);
        return graph.ToModel();
    }

    private static void DeclareInputs(OnnxGraph graph, TinyDecoderShape shape)
    {
        graph.Input("input_ids", shape.IdType, "batch", "sequence");
        if (shape.TakesMask) graph.Input("attention_mask", OnnxType.I64, "batch", "total");
        if (shape.TakesPositions) graph.Input("position_ids", OnnxType.I64, "batch", "sequence");
        if (shape.IsMerged) graph.Input("use_cache_branch", OnnxType.Bool, 1);
        graph.Scalar("one", 1);
        graph.Scalar("zero", 0);
        graph.Integers("axes0", 0);
        graph.Integers("axes1", 1);
        graph.Integers("heads", 0, 0, shape.Heads, shape.HeadSize);
        if (!shape.HasCache) return;
        foreach (string part in (string[])["key", "value"])
        {
            graph.Input($"past_key_values.0.{part}", shape.Type, CacheDimensions(shape, "past"));
            graph.Output($"present.0.{part}", shape.Type, CacheDimensions(shape, "total"));
        }
    }

    private static object[] CacheDimensions(TinyDecoderShape shape, string sequence) =>
        shape.HasFlatCache ? ["batch", sequence + "_sequence", shape.Width]
        : shape.LeavesCacheOpen ? ["batch", "heads", sequence + "_sequence", "head_width"]
        : ["batch", shape.Heads, sequence + "_sequence", shape.HeadSize];

    private static string SplitHeads(OnnxGraph graph, string flat) =>
        graph.Node("Transpose", [graph.Node("Reshape", [flat, "heads"])], ("perm", (int[])[0, 2, 1, 3]));

    private static string Continue(OnnxGraph graph, TinyDecoderShape shape, string part, string flat)
    {
        string fresh = shape.HasFlatCache ? flat : SplitHeads(graph, flat);
        if (!shape.HasCache) return fresh;
        int axis = shape.HasFlatCache ? 1 : 2;
        string past = $"past_key_values.0.{part}", present = $"present.0.{part}";
        if (shape.IsMerged)
        {
            var then = new OnnxGraph();
            then.NodeTo("then_" + part, "Concat", [past, fresh], ("axis", axis));
            then.Output("then_" + part, shape.Type, CacheDimensions(shape, "total"));
            var otherwise = new OnnxGraph();
            otherwise.NodeTo("else_" + part, "Identity", [fresh]);
            otherwise.Output("else_" + part, shape.Type, CacheDimensions(shape, "total"));
            graph.NodeTo(present, "If", ["use_cache_branch"], ("then_branch", then.ToSubgraph()), ("else_branch", otherwise.ToSubgraph()));
        }
        else
        {
            graph.NodeTo(present, "Concat", [past, fresh], ("axis", axis));
        }

        return shape.HasFlatCache ? SplitHeads(graph, present) : present;
    }

    // past + 0 .. past + sequence - 1, from the shapes alone.
    private static string CountPositions(OnnxGraph graph, string total, string sequence) =>
        graph.Node("Range", [graph.Node("Sub", [total, sequence]), total, "one"]);

    private static string Length(OnnxGraph graph, string tensor, int axis) =>
        graph.Node("Gather", [graph.Node("Shape", [tensor]), graph.Scalar($"axis{axis}_of_{tensor}", axis)]);

    private static string FindPositions(OnnxGraph graph, TinyDecoderShape shape)
    {
        if (shape.TakesPositions) return "position_ids";
        string sequence = Length(graph, "input_ids", 1);
        string total = shape.HasCache
            ? graph.Node("Add", [sequence, Length(graph, "past_key_values.0.key", shape.HasFlatCache ? 1 : 2)])
            : sequence;
        return graph.Node("Unsqueeze", [CountPositions(graph, total, sequence), "axes0"]);
    }

    private static string BuildMask(OnnxGraph graph, TinyDecoderShape shape, string keys)
    {
        string total = Length(graph, keys, 2);
        string query = graph.Node("Unsqueeze", [CountPositions(graph, total, Length(graph, "input_ids", 1)), "axes1"]);
        string key = graph.Node("Range", ["zero", total, "one"]);
        string causal = graph.Node("LessOrEqual", [key, query]);
        if (!shape.TakesMask) return causal;
        string present = graph.Node("Cast", ["attention_mask"], ("to", (int)OnnxType.Bool));
        return graph.Node("And", [causal, graph.Node("Unsqueeze", [present, graph.Integers("axes12", 1, 2)])]);
    }
}
