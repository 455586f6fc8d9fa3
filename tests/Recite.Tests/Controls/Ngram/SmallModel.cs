using Recite.Controls.Ngram;
using Recite.Testing.Files;

namespace Recite.Tests.Controls.Ngram;

/// <summary>A model over a few documents, each with its fold.</summary>
internal sealed class SmallModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallModel(int order, int folds, IEnumerable<(int[] Units, int Fold)> documents, long memoryBytes = 1 << 20)
    {
        var builder = new NgramModelBuilder(order, folds, _folder.Path, memoryBytes);
        foreach ((int[] units, int fold) in documents)
            builder.Add(units, fold);
        RunCount = builder.RunCount;
        Model = builder.Build(TestContext.Current.CancellationToken);
    }

    public NgramModel Model { get; }

    public int RunCount { get; }

    public void Dispose()
    {
        Model.Dispose();
        _folder.Dispose();
    }
}
