using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;
using Recite.Indexing;
using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>
/// A local decoder in the directory layout of Hugging Face Optimum, run by ONNX Runtime: <c>onnx:DIR</c>. Greedy decoding,
/// sampling and teacher-forced scoring, in batches; deterministic for one number of threads.
/// </summary>
public sealed class OnnxTarget : ITarget
{
    private readonly string _directory;
    private readonly OnnxOptions _options;
    private LoadedModel? _model;
    private TargetCapabilities? _capabilities;

    /// <summary>Names a model; nothing is read before <see cref="ConnectAsync"/>.</summary>
    /// <param name="directory">Path of the directory.</param>
    /// <param name="options">How to run it; the defaults if <see langword="null"/>.</param>
    /// <param name="id">What reports call it, where that is not <c>onnx:</c> and the directory.</param>
    /// <exception cref="ReciteException">An option is out of bounds.</exception>
    public OnnxTarget(string directory, OnnxOptions? options = null, string? id = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        _directory = directory;
        Id = id ?? "onnx:" + directory;
        _options = options ?? new OnnxOptions();
        if (_options.BatchSize is < 1 or > 4096) throw new ReciteException($"A batch of {_options.BatchSize} is out of bounds; use 1 to 4096.");
        if (_options.Threads < 1) throw new ReciteException($"{_options.Threads} threads cannot run a model; use at least 1.");
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException"><see cref="ConnectAsync"/> has not been called.</exception>
    public TargetCapabilities Capabilities => _capabilities ?? throw new InvalidOperationException("The target has not been connected.");

    /// <inheritdoc/>
    public ITokenizer? Tokenizer => _model?.Tokenizer;

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (_model is not null) return;
        _model = await Task.Run(() => LoadedModel.Load(_directory, _options.Threads, cancellationToken), cancellationToken);
        _capabilities = new TargetCapabilities(
            "local", _model.Digest, Scoring: _model.Trial.GivesAllPositions, TokenPrompts: true, Deterministic: true, _model.Configuration.ContextTokens)
        {
            ScoringMethod = _model.Trial.GivesAllPositions ? "local" : null,
        };
    }

    /// <inheritdoc/>
    /// <remarks>Batches follow the order of the requests and nothing else; a batch's completions come together.</remarks>
    public async IAsyncEnumerable<Completion> CompleteAsync(IReadOnlyList<CompletionRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        LoadedModel model = Connected();
        PromptReader reader = CreateReader(model);
        BatchLimits limits = CreateLimits(model);
        var generator = new Generator(model.Decoder, model.Trial.VocabularySize, model.Configuration.EndOfText, _options.LogProbabilities);

        // Prompts are read block by block: a long list of texts is never held as tokens.
        foreach (CompletionRequest[] block in requests.Chunk(limits.Rows))
        {
            var rows = new List<GenerationRow>(block.Length);
            foreach (CompletionRequest request in block)
            {
                if (reader.TryRead(request, out GenerationRow row, out string fault)) rows.Add(row);
                else yield return GenerationRow.CreateError(request, fault);
            }

            foreach (List<int> batch in BatchPlan.Build([.. rows.Select(row => new BatchLoad(row.Prompt.Count, row.MaxNewTokens))], limits))
            {
                GenerationRow[] members = [.. batch.Select(i => rows[i])];
                await Task.Run(() => generator.Run(members, cancellationToken), cancellationToken);
                foreach (GenerationRow row in members) yield return row.Complete(model.Tokenizer);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A request that cannot be scored (empty, too long, foreign tokens, penalties) and a batch on which the runtime fails come back
    /// with <see cref="SuffixScore.Error"/>. Results keep the order of the requests.
    /// </remarks>
    /// <exception cref="ReciteException">The model gives no logits to score with.</exception>
    public async IAsyncEnumerable<SuffixScore> ScoreAsync(IReadOnlyList<ScoreRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        LoadedModel model = Connected();
        if (!model.Trial.GivesAllPositions) throw new ReciteException($"{_directory} gives logits for the last position only, so that windows cannot be scored; export the model without that restriction.");
        PromptReader reader = CreateReader(model);
        BatchLimits limits = CreateLimits(model);
        var scorer = new WindowScorer(model.Decoder, model.Trial.VocabularySize);
        foreach (IReadOnlyList<ScoringWindow> batch in ScoringBatches.Build(requests, reader, limits))
        {
            foreach (SuffixScore score in await Task.Run(() => Score(scorer, batch, cancellationToken), cancellationToken)) yield return score;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _model?.Dispose();
        _model = null;
        return ValueTask.CompletedTask;
    }

    private static PromptReader CreateReader(LoadedModel model) => new(model.Tokenizer, model.Trial.VocabularySize, model.Configuration.ContextTokens);

    private BatchLimits CreateLimits(LoadedModel model) =>
        BatchLimits.Create(_options.BatchSize, model.Decoder.Graph, model.Trial, model.Configuration.ContextTokens);

    private List<SuffixScore> Score(WindowScorer scorer, IReadOnlyList<ScoringWindow> batch, CancellationToken cancellationToken)
    {
        try
        {
            return scorer.Score(batch, cancellationToken);
        }
        catch (Exception e) when (e is OnnxRuntimeException or OverflowException)
        {
            string error = $"ONNX Runtime failed while scoring with {_directory} ({RuntimeMessage.Shorten(e)}); try a smaller batch or shorter windows.";
            return [.. batch.Select(window => window.Fail(window.CanBeScored ? error : window.Fault))];
        }
    }

    private LoadedModel Connected() => _model ?? throw new InvalidOperationException("The target has not been connected.");
}
