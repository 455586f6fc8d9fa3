using System.Globalization;
using System.Runtime.CompilerServices;
using Recite.Targets;

namespace Recite.Models.Replay;

/// <summary>
/// Outputs that somebody already has, in place of a model: <c>replay:FILE</c>. A request is answered by the record of its
/// attempt id, else by a record of exactly its prompt that has not answered yet, in the order of the file.
/// </summary>
/// <remarks>
/// Which of several records of one prompt answers which request depends on the order of the requests; recordings whose ids are
/// attempt ids, such as <c>runs export --as replay</c> writes, do not depend on it.
/// </remarks>
public sealed class ReplayTarget(string id, string path) : ITarget, IRecordedOutputs
{
    private readonly Dictionary<string, RecordedOutput> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<RecordedOutput>> byPrompt = new(StringComparer.Ordinal);
    private readonly HashSet<RecordedOutput> used = new(ReferenceEqualityComparer.Instance);
    private bool connected;

    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public TargetCapabilities Capabilities { get; private set; } =
        new("replay", Revision: null, Scoring: false, TokenPrompts: false, Deterministic: true, ContextTokens: null);

    /// <inheritdoc/>
    public ITokenizer? Tokenizer => null;

    /// <inheritdoc/>
    public IReadOnlyList<RecordedOutput> Records { get; private set; } = [];

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        RecordedFile file = await RecordedFile.ReadAsync(path, cancellationToken);
        Records = file.Records;
        Capabilities = Capabilities with { Revision = file.Digest };
        byId.Clear();
        byPrompt.Clear();
        used.Clear();
        var copies = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (RecordedOutput record in Records)
        {
            // A repeated id is told apart as the ids of documents are, so that every record has an attempt of its own.
            int copy = copies[record.Id] = copies.GetValueOrDefault(record.Id) + 1;
            byId.TryAdd(copy == 1 ? record.Id : string.Create(CultureInfo.InvariantCulture, $"{record.Id}~{copy}"), record);
            if (!byPrompt.TryGetValue(record.Prompt, out Queue<RecordedOutput>? samePrompt))
                byPrompt.Add(record.Prompt, samePrompt = new Queue<RecordedOutput>());
            samePrompt.Enqueue(record);
        }

        connected = true;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Completion> CompleteAsync(
        IReadOnlyList<CompletionRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!connected)
            await ConnectAsync(cancellationToken);

        // A record that some request names is kept for it, whatever the order of the requests.
        HashSet<string> named = [.. requests.Select(request => request.AttemptId)];
        foreach (CompletionRequest request in requests)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Answer(request, byId.GetValueOrDefault(request.AttemptId) ?? FindUnused(request.Prompt, named));
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SuffixScore> ScoreAsync(IReadOnlyList<ScoreRequest> requests, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A recording has no scores.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Completion Answer(CompletionRequest request, RecordedOutput? record)
    {
        if (record is null)
            return Fail(request, $"There is no recorded output for the attempt {request.AttemptId}, neither by its id nor by its prompt.");
        used.Add(record);
        if (record.Disposition == Disposition.Error)
            return Fail(request, $"The attempt {request.AttemptId} was recorded as an error.");
        return new Completion
        {
            RequestIndex = request.Index,
            Disposition = record.Disposition,
            Text = record.Completion,
            RequestId = record.Id,
        };
    }

    private static Completion Fail(CompletionRequest request, string error) => new()
    {
        RequestIndex = request.Index,
        Disposition = Disposition.Error,
        Error = error,
    };

    private RecordedOutput? FindUnused(string prompt, HashSet<string> named)
    {
        if (!byPrompt.TryGetValue(prompt, out Queue<RecordedOutput>? samePrompt))
            return null;
        while (samePrompt.TryDequeue(out RecordedOutput? record))
        {
            if (!used.Contains(record) && !named.Contains(record.Id))
                return record;
        }

        return null;
    }
}
