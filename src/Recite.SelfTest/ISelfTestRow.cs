namespace Recite.SelfTest;

/// <summary>
/// One row of the acceptance table: an estimator held against a truth that is known. A row takes its estimator in its constructor, so
/// that a test can hand it a broken one and see it fail.
/// </summary>
public interface ISelfTestRow
{
    /// <summary>The row's name, for instance <c>T14</c>.</summary>
    string Id { get; }

    /// <summary>What must hold, in one line.</summary>
    string Bar { get; }

    /// <summary>Measures. A row that cannot be measured fails; it never passes for want of data.</summary>
    Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken);
}

/// <summary>What a row measured.</summary>
/// <param name="Measured">The figure, in one line, beside which the bar can be read.</param>
/// <param name="Holds">Whether the bar was met.</param>
public sealed record RowMeasure(string Measured, bool Holds)
{
    /// <summary>Further figures, a line each, that stand below the row.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
