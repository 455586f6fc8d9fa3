namespace Recite.Testing.Onnx;

/// <summary>What a tiny decoder takes and how it is laid out; the defaults are those of a plain Optimum export.</summary>
public sealed record TinyDecoderShape
{
    public int Vocabulary { get; init; } = 400;

    public int Context { get; init; } = 64;

    public int Heads { get; init; } = 2;

    public int HeadSize { get; init; } = 4;

    public bool HasCache { get; init; } = true;

    public bool TakesMask { get; init; } = true;

    /// <summary>Without it positions are counted from the length, so that padding would shift them.</summary>
    public bool TakesPositions { get; init; } = true;

    public bool IsMerged { get; init; }

    /// <summary>Whether the cache is [batch, sequence, heads * width] rather than [batch, heads, sequence, width].</summary>
    public bool HasFlatCache { get; init; }

    /// <summary>Whether the shape of the cache is left to config.json.</summary>
    public bool LeavesCacheOpen { get; init; }

    /// <summary>Whether the graph gives the logits of the last position only.</summary>
    public bool GivesLastOnly { get; init; }

    public OnnxType Type { get; init; } = OnnxType.F32;

    public OnnxType IdType { get; init; } = OnnxType.I64;

    public int Width => Heads * HeadSize;
}

/// <summary>
/// One attention layer with seeded weights, as an ONNX file and, for the oracle, as plain arithmetic over one sequence:
/// x = E[id] + P[position]; y = x + softmax(causal(q k / sqrt(w))) v Wo; logits = y Eᵀ.
/// </summary>
public sealed class TinyDecoder
{
    private readonly TinyDecoderShape _shape;
    private ulong _state = 1;

    public TinyDecoder(TinyDecoderShape shape)
    {
        _shape = shape;
        Embedding = Draw(shape.Vocabulary * shape.Width, 1.2f);
        Positions = Draw(shape.Context * shape.Width, 1.2f);
        (Query, Key, Value, Out) = (DrawSquare(), DrawSquare(), DrawSquare(), DrawSquare());
    }

    public float[] Embedding { get; }

    public float[] Positions { get; }

    public float[] Query { get; }

    public float[] Key { get; }

    public float[] Value { get; }

    public float[] Out { get; }

    /// <summary>The logits after each token of one sequence, by the definition.</summary>
    public double[][] Logits(IReadOnlyList<int> tokens)
    {
        int width = _shape.Width;
        double[][] x = [.. tokens.Select((token, position) =>
            Enumerable.Range(0, width).Select(i => (double)Embedding[token * width + i] + Positions[position * width + i]).ToArray())];
        double[][] q = [.. x.Select(row => Multiply(row, Query))], k = [.. x.Select(row => Multiply(row, Key))], v = [.. x.Select(row => Multiply(row, Value))];
        return [.. Enumerable.Range(0, tokens.Count).Select(at =>
        {
            double[] mixed = new double[width];
            for (int head = 0; head < _shape.Heads; head++)
            {
                int[] lanes = [.. Enumerable.Range(head * _shape.HeadSize, _shape.HeadSize)];
                double[] weights = [.. Enumerable.Range(0, at + 1).Select(other => Math.Exp(lanes.Sum(i => q[at][i] * k[other][i]) / Math.Sqrt(_shape.HeadSize)))];
                double total = weights.Sum();
                foreach (int i in lanes) mixed[i] = Enumerable.Range(0, at + 1).Sum(other => weights[other] / total * v[other][i]);
            }

            double[] projected = Multiply(mixed, Out);
            double[] y = [.. x[at].Select((value, i) => value + projected[i])];
            return Enumerable.Range(0, _shape.Vocabulary).Select(token => y.Select((value, i) => value * Embedding[token * width + i]).Sum()).ToArray();
        })];
    }

    /// <summary>The ONNX file.</summary>
    public byte[] ToModel() => TinyDecoderGraph.Write(this, _shape);

    private static double[] Multiply(double[] row, float[] square)
    {
        int width = row.Length;
        return [.. Enumerable.Range(0, width).Select(column => Enumerable.Range(0, width).Sum(i => row[i] * square[i * width + column]))];
    }

    private float[] DrawSquare() => Draw(_shape.Width * _shape.Width, 1f / MathF.Sqrt(_shape.Width));

    // SplitMix64, summed to something bell-shaped; the same weights everywhere.
    private float[] Draw(int count, float scale) => [.. Enumerable.Range(0, count).Select(_ => scale * (Next() + Next() + Next() + Next() - 2f))];

    private float Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 40) * (1f / (1 << 24));
    }
}
