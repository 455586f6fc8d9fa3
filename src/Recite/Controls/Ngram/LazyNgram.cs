using Recite.Probes;

namespace Recite.Controls.Ngram;

/// <summary>The n-gram model of one audit, made when it is first asked for: planning needs none, and every probe shares one.</summary>
internal sealed class LazyNgram(ProbeContext probing) : IDisposable
{
    private OutOfFoldNgram? _model;

    /// <summary>Why nothing of the corpus can be scored; <see langword="null"/> where it can.</summary>
    public string? WhyNot(CancellationToken cancellationToken) => Get(cancellationToken).FoldCount < 2
        ? "All documents of the corpus that could be counted share text with one another, so no n-gram model can be made that never saw the sample."
        : null;

    /// <summary>The model.</summary>
    public OutOfFoldNgram Get(CancellationToken cancellationToken) => _model ??= OutOfFoldNgram.Build(
        probing.Index, probing.Target.Tokenizer, new NgramOptions { Seed = probing.Config.Seed }, cancellationToken);

    public void Dispose()
    {
        _model?.Dispose();
        _model = null;
    }
}
