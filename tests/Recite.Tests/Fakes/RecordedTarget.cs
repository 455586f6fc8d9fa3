using System.Runtime.CompilerServices;
using Recite.Targets;

namespace Recite.Tests.Fakes;

/// <summary>Outputs that exist, answered by id.</summary>
internal sealed class RecordedTarget(params RecordedOutput[] outputs) : ITarget, IRecordedOutputs
{
    public string Id => "replay:outputs.jsonl";

    public TargetCapabilities Capabilities => new("replay", "sha256:0", false, false, true, null);

    public ITokenizer? Tokenizer => null;

    public IReadOnlyList<RecordedOutput> Records => outputs;

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async IAsyncEnumerable<Completion> CompleteAsync(IReadOnlyList<CompletionRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (CompletionRequest request in requests)
        {
            await Task.Yield();
            RecordedOutput? output = outputs.FirstOrDefault(o => o.Id == request.AttemptId) ?? outputs.FirstOrDefault(o => o.Prompt == request.Prompt);
            yield return output is null
                ? new Completion { RequestIndex = request.Index, Disposition = Disposition.Error, Error = "not recorded" }
                : new Completion { RequestIndex = request.Index, Disposition = output.Disposition, Text = output.Completion };
        }
    }

    public IAsyncEnumerable<SuffixScore> ScoreAsync(IReadOnlyList<ScoreRequest> requests, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
