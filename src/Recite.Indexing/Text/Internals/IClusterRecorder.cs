namespace Recite.Indexing.Text.Internals;

/// <summary>Is told where clusters begin while a text is normalized.</summary>
internal interface IClusterRecorder
{
    /// <summary>A cluster begins at these offsets.</summary>
    void Begin(int originalAt, long normalizedAt);

    /// <summary>
    /// ASCII was normalized: every byte written begins a cluster, and so does every byte read that is no separator behind another.
    /// </summary>
    void BeginAscii(ReadOnlySpan<byte> ascii, int originalAt, long normalizedAt, int written, bool afterSeparator);

    /// <summary>The clusters that began in these half-open ranges are one with the cluster before them.</summary>
    void Retract(int originalAt, int originalEnd, long normalizedAt, long normalizedEnd);
}

/// <summary>Records nothing; the calls compile to nothing.</summary>
internal readonly struct NoRecorder : IClusterRecorder
{
    public void Begin(int originalAt, long normalizedAt)
    {
    }

    public void BeginAscii(ReadOnlySpan<byte> ascii, int originalAt, long normalizedAt, int written, bool afterSeparator)
    {
    }

    public void Retract(int originalAt, int originalEnd, long normalizedAt, long normalizedEnd)
    {
    }
}

/// <summary>Keeps the beginnings as two sets of positions; the n-th of one belongs to the n-th of the other.</summary>
internal readonly struct ClusterRecorder(BitSetBuilder original, BitSetBuilder normalized) : IClusterRecorder
{
    public void Begin(int originalAt, long normalizedAt)
    {
        original.Set(originalAt);
        normalized.Set((int)normalizedAt);
    }

    public void BeginAscii(ReadOnlySpan<byte> ascii, int originalAt, long normalizedAt, int written, bool afterSeparator)
    {
        normalized.SetRange((int)normalizedAt, (int)normalizedAt + written);
        for (int at = 0; at < ascii.Length; at += 64)
        {
            ReadOnlySpan<byte> part = ascii[at..Math.Min(at + 64, ascii.Length)];
            ulong separators = AsciiFolder.FindSeparators(part);
            ulong behindSeparator = (separators << 1) | (afterSeparator ? 1UL : 0UL);
            ulong all = ulong.MaxValue >> (64 - part.Length);
            original.SetBits(originalAt + at, all & ~(separators & behindSeparator));
            afterSeparator = (separators >> (part.Length - 1) & 1) != 0;
        }
    }

    public void Retract(int originalAt, int originalEnd, long normalizedAt, long normalizedEnd)
    {
        original.ClearRange(originalAt, originalEnd);
        normalized.ClearRange((int)normalizedAt, (int)normalizedEnd);
    }
}
