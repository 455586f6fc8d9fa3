using System.Runtime.CompilerServices;

namespace Recite.SelfTest;

/// <summary>How a row ended.</summary>
public enum RowResult
{
    /// <summary>The bar was met.</summary>
    Pass,

    /// <summary>It was not, or the row could not be measured.</summary>
    Fail,

    /// <summary>What it would measure has not been built.</summary>
    NotYet,
}

/// <summary>A row with what came of it.</summary>
/// <param name="Id">For instance <c>T14</c>.</param>
/// <param name="Bar">What must hold.</param>
/// <param name="Measured">What was measured, or what is missing.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Time">How long it took.</param>
public sealed record RowOutcome(string Id, string Bar, string Measured, RowResult Result, TimeSpan Time)
{
    /// <summary>Further figures, a line each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}

/// <summary>Measures rows one after the other; the failure of one keeps no other from being measured.</summary>
public static class SelfTestRunner
{
    /// <summary>Measures the rows and gives each as soon as it is there.</summary>
    /// <param name="rows">What to measure, in order.</param>
    /// <param name="open">Opens the ground truth; called once, and only if a row is to be measured.</param>
    /// <param name="time">The clock of the durations.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    public static async IAsyncEnumerable<RowOutcome> RunAsync(
        IReadOnlyList<TableRow> rows, Func<Task<SelfTestContext>> open, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(time);
        SelfTestContext? context = rows.Any(row => row.Row is not null) ? await open() : null;
        foreach (TableRow row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long started = time.GetTimestamp();
            if (row.Row is null)
            {
                yield return new RowOutcome(row.Id, row.Bar, row.Missing ?? "", RowResult.NotYet, time.GetElapsedTime(started));
                continue;
            }

            RowMeasure measure = await MeasureAsync(row.Row, context!, cancellationToken);
            RowResult result = measure.Holds ? RowResult.Pass : RowResult.Fail;
            yield return new RowOutcome(row.Id, row.Bar, measure.Measured, result, time.GetElapsedTime(started)) { Details = measure.Details };
        }
    }

    private static async Task<RowMeasure> MeasureAsync(ISelfTestRow row, SelfTestContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await row.MeasureAsync(context, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new RowMeasure($"It could not be measured: {Sentence(error)}", Holds: false);
        }
    }

    private static string Sentence(Exception error)
    {
        string line = error.Message.ReplaceLineEndings(" ").Trim();
        string named = error is Indexing.ReciteException ? line : $"{error.GetType().Name}: {line}";
        return named.EndsWith('.') ? named : named + ".";
    }
}
