namespace Recite.Models.Onnx;

/// <summary>
/// Sequences that grow together, a token each at a time. With a cache only the new tokens go through the model; without one
/// everything is computed again. Padding is on the left.
/// </summary>
internal sealed class DecoderBatch : IDisposable
{
    private readonly CausalDecoder _decoder;
    private readonly List<int>[] _sequences;
    private readonly DecoderCache _cache;
    private readonly int[] _padding;
    private readonly long[] _ids;
    private readonly long[] _positions;
    private long[] _mask = [];

    /// <summary>Starts a batch; sequences of different lengths only where the model was seen to bear padding.</summary>
    /// <param name="decoder">The model.</param>
    /// <param name="prompts">At least one token each.</param>
    /// <param name="useCache">False computes everything again at each step, as a graph without a cache must.</param>
    public DecoderBatch(CausalDecoder decoder, IReadOnlyList<IReadOnlyList<int>> prompts, bool useCache = true)
    {
        _decoder = decoder;
        UsesCache = useCache && decoder.HasCache;
        _sequences = [.. prompts.Select(prompt => new List<int>(prompt))];
        Length = prompts.Max(prompt => prompt.Count);
        _padding = [.. prompts.Select(prompt => Length - prompt.Count)];
        _ids = new long[prompts.Count];
        _positions = new long[prompts.Count];
        _cache = decoder.CreateEmptyCache(prompts.Count);
    }

    /// <summary>Whether steps after the first take their past from the cache.</summary>
    public bool UsesCache { get; }

    /// <summary>Tokens of the longest sequence so far, and with padding of each.</summary>
    public int Length { get; private set; }

    /// <summary>Runs the prompts; the last position of the result predicts the first new token of each.</summary>
    public LogitsTensor Start(CancellationToken cancellationToken) => _decoder.Run(TokenMatrix.PadLeft(_sequences), _cache, cancellationToken);

    /// <summary>Appends a token to each sequence and runs it; the last position of the result predicts the next.</summary>
    public LogitsTensor Advance(ReadOnlySpan<int> next, CancellationToken cancellationToken)
    {
        for (int row = 0; row < _sequences.Length; row++) _sequences[row].Add(next[row]);
        Length++;
        if (UsesCache) return _decoder.Run(BuildStep(next), _cache, cancellationToken);
        using DecoderCache empty = _decoder.CreateEmptyCache(_sequences.Length);
        return _decoder.Run(TokenMatrix.PadLeft(_sequences), empty, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    private TokenMatrix BuildStep(ReadOnlySpan<int> next)
    {
        int rows = _sequences.Length;
        if (_mask.Length < rows * Length) _mask = new long[2 * rows * Length];
        for (int row = 0; row < rows; row++)
        {
            _ids[row] = next[row];
            _positions[row] = _sequences[row].Count - 1;
            Span<long> mask = _mask.AsSpan(row * Length, Length);
            mask[.._padding[row]].Clear();
            mask[_padding[row]..].Fill(1);
        }

        return new TokenMatrix(rows, 1, Length, _ids, _mask.AsMemory(0, rows * Length), _positions);
    }
}
