namespace Recite.Targets;

/// <summary>
/// A target whose outputs were made before (<c>replay:</c>). It answers <see cref="ITarget.CompleteAsync"/> by attempt id or prompt,
/// and it can also hand out everything it holds, which is what the <c>recorded</c> probe audits.
/// </summary>
public interface IRecordedTarget : ITarget
{
    /// <summary>Every recorded output in its recorded order, each with an id of its own.</summary>
    /// <exception cref="Recite.Indexing.ReciteException">A record cannot be read; the message names file and line.</exception>
    IAsyncEnumerable<RecordedOutput> ReadOutputsAsync(CancellationToken cancellationToken);
}
