using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Recite.Models.Onnx;

/// <summary>A decoder graph and its session: takes padded token matrices through the model. One caller at a time.</summary>
internal sealed class CausalDecoder(InferenceSession session, DecoderGraph graph) : IDisposable
{
    private static readonly string[] s_logitsAlone = [DecoderGraph.Logits];

    private readonly string[] _outputNames = [DecoderGraph.Logits, .. graph.Cache.Select(slot => slot.Present)];

    /// <summary>What the graph takes and gives.</summary>
    public DecoderGraph Graph => graph;

    /// <summary>Whether keys and values can be carried on.</summary>
    public bool HasCache => graph.Cache.Count > 0;

    /// <summary>The past of a batch before its first token.</summary>
    public DecoderCache CreateEmptyCache(int rows)
    {
        var values = new List<OrtValue>(graph.Cache.Count);
        foreach (CacheSlot slot in graph.Cache)
        {
            long[] shape = [rows, .. slot.EmptyShape.Skip(1)];
            values.Add(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, slot.Type, shape));
        }

        return new DecoderCache(values, isEmpty: true);
    }

    /// <summary>
    /// Runs <paramref name="tokens"/> after <paramref name="past"/> and replaces what the past holds; nothing is copied, the
    /// tensors that the runtime made for one step are the input of the next.
    /// </summary>
    /// <exception cref="OnnxRuntimeException">The runtime failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a pass that is under way is broken off.</exception>
    public LogitsTensor Run(TokenMatrix tokens, DecoderCache past, CancellationToken cancellationToken)
    {
        IDisposableReadOnlyCollection<OrtValue> outputs = Run(tokens, past, _outputNames, cancellationToken);
        past.Replace([.. outputs.Skip(1)]);
        return new LogitsTensor(outputs[0]);
    }

    /// <summary>Runs whole sequences for their logits alone: keys and values are not handed out, which saves copying them.</summary>
    /// <exception cref="OnnxRuntimeException">The runtime failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a pass that is under way is broken off.</exception>
    public LogitsTensor RunAlone(TokenMatrix tokens, CancellationToken cancellationToken)
    {
        using DecoderCache empty = CreateEmptyCache(tokens.Rows);
        return new LogitsTensor(Run(tokens, empty, s_logitsAlone, cancellationToken)[0]);
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private IDisposableReadOnlyCollection<OrtValue> Run(TokenMatrix tokens, DecoderCache past, string[] outputNames, CancellationToken cancellationToken)
    {
        var names = new List<string>(4 + graph.Cache.Count);
        var values = new List<OrtValue>(4 + graph.Cache.Count);
        var own = new List<OrtValue>(4);
        try
        {
            void Add(string name, OrtValue value)
            {
                own.Add(value);
                names.Add(name);
                values.Add(value);
            }

            Add(graph.TokenIds.Name, CreateIntegers(graph.TokenIds, tokens.Ids, tokens.Rows, tokens.Columns));
            if (graph.AttentionMask is { } mask) Add(mask.Name, CreateIntegers(mask, tokens.Mask, tokens.Rows, tokens.MaskColumns));
            if (graph.PositionIds is { } positions) Add(positions.Name, CreateIntegers(positions, tokens.Positions, tokens.Rows, tokens.Columns));
            if (graph.TakesCacheBranch) Add(DecoderGraph.CacheBranch, OrtValue.CreateTensorValueFromMemory(new[] { !past.IsEmpty }, [1]));
            for (int i = 0; i < graph.Cache.Count; i++)
            {
                names.Add(graph.Cache[i].Past);
                values.Add(past.Values[i]);
            }

            return Run(names, values, outputNames, cancellationToken);
        }
        finally
        {
            foreach (OrtValue value in own) value.Dispose();
        }
    }

    private IDisposableReadOnlyCollection<OrtValue> Run(List<string> names, List<OrtValue> values, string[] outputNames, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var options = new RunOptions();
        using CancellationTokenRegistration stop = cancellationToken.Register(() => options.Terminate = true);
        try
        {
            return session.Run(options, names, values, outputNames);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static OrtValue CreateIntegers(IntegerInput input, Memory<long> numbers, int rows, int columns)
    {
        long[] shape = [rows, columns];
        if (input.Type == TensorElementType.Int64) return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, numbers, shape);
        int[] narrow = new int[numbers.Length];
        for (int i = 0; i < narrow.Length; i++) narrow[i] = (int)numbers.Span[i];
        return OrtValue.CreateTensorValueFromMemory(narrow, shape);
    }
}
