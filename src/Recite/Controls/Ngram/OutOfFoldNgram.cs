using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Controls.Ngram;

/// <summary>
/// How probable is a text for a model that saw the rest of the corpus, and neither this text nor anything that shares a span of at least the
/// index's guarantee with its document? An interpolated Kneser-Ney 5-gram, counted once over all folds; what is asked of a document leaves
/// out the fold of its cluster. Its tables lie in a temporary folder, which disposing removes.
/// </summary>
public sealed class OutOfFoldNgram : IDisposable
{
    private readonly NgramModel _model;
    private readonly INgramUnits _units;
    private readonly ClusterUnion _clusters;
    private readonly FoldPlan _folds;
    private readonly ScratchFolder _folder;

    internal OutOfFoldNgram(NgramModel model, INgramUnits units, ClusterUnion clusters, FoldPlan folds, ScratchFolder folder, IReadOnlyList<string> notes)
    {
        (_model, _units, _clusters, _folds, _folder, Notes) = (model, units, clusters, folds, folder, notes);
    }

    /// <summary>What was left out or assumed, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>What is counted: <c>tokens</c> of the target or <c>words</c>.</summary>
    public string Units => _units.Name;

    /// <summary>Number of folds; with fewer than 2 nothing of the corpus can be scored.</summary>
    public int FoldCount => _folds.Count;

    /// <summary>Where its tables lie until it is disposed of.</summary>
    internal string FolderPath => _folder.Path;

    /// <summary>Counts a corpus.</summary>
    /// <param name="index">The corpus.</param>
    /// <param name="tokenizer">The target's tokenizer; words are counted without one, or where the size of its vocabulary is not known.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops the counting; nothing is left behind.</param>
    /// <exception cref="Indexing.ReciteException">The temporary folder cannot be written, or the vocabulary is too large.</exception>
    public static OutOfFoldNgram Build(CorpusIndex index, ITokenizer? tokenizer, NgramOptions options, CancellationToken cancellationToken) =>
        new OutOfFoldBuild(index, new Matcher(index), tokenizer, options).Run(cancellationToken);

    /// <summary>
    /// Natural logarithm of the probability of <paramref name="text"/> behind <paramref name="before"/>: of every token or word that lies in it
    /// as a whole. <see langword="null"/> where so much of the corpus belongs to the document's cluster that too little is left.
    /// </summary>
    /// <param name="before">The text before it.</param>
    /// <param name="text">The text.</param>
    /// <param name="document">The document that holds the text, whose fold is left out; -1 for a text that is not of the corpus.</param>
    public double? LogProbability(string before, string text, long document)
    {
        int fold = FoldOf(document);
        if (!_folds.HasEnoughElsewhere(fold))
            return null;
        IReadOnlyList<NgramUnit> units = _units.Read(before + text);
        int start = Encoding.UTF8.GetByteCount(before);
        int first = 0;
        while (first < units.Count && units[first].Start < start)
            first++;
        return Score(units, first, units.Count, fold);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        _units.Dispose();
        _folder.Dispose();
    }

    /// <summary>The fold that is left out for a document; <see cref="NgramModel.NoFold"/> where nothing related to it was counted.</summary>
    internal int FoldOf(long document) => document < 0 ? NgramModel.NoFold : _folds.FoldOf(_clusters.RootOf(document));

    /// <summary>Prefix and suffix of a sample, in the very tokens the target is asked for; <see langword="null"/> as in <see cref="LogProbability"/>.</summary>
    internal SampleChance? Score(PlannedAttempt sample)
    {
        int fold = FoldOf(sample.Source?.Document ?? -1);
        if (!_folds.HasEnoughElsewhere(fold))
            return null;
        (IReadOnlyList<NgramUnit> units, int middle) = UnitsOf(sample);
        return new SampleChance(Score(units, 0, middle, fold), Score(units, middle, units.Count, fold));
    }

    /// <summary>What the model itself would say behind the prefix of a sample, always the most probable unit; <see langword="null"/> likewise.</summary>
    internal string? Continue(PlannedAttempt sample)
    {
        int fold = FoldOf(sample.Source?.Document ?? -1);
        if (!_folds.HasEnoughElsewhere(fold))
            return null;
        (IReadOnlyList<NgramUnit> units, int middle) = UnitsOf(sample);
        List<int> ids = [.. units.Take(middle).Select(u => u.Id)];
        int most = middle + (sample.SuffixTokens is null && _units is TokenUnits ? sample.MaxTokens : units.Count - middle);
        while (ids.Count < most)
        {
            int[] context = [.. ids.TakeLast(_model.Order - 1)];
            int next = _model.MostProbable(context, id => _units.BaseProbability(id, fold), fold);
            if (next == NgramKey.Border)
                break;
            ids.Add(next);
        }

        return _units.Write([.. ids.Skip(middle)]);
    }

    private (IReadOnlyList<NgramUnit> Units, int Middle) UnitsOf(PlannedAttempt sample)
    {
        if (_units is TokenUnits && sample is { PromptTokens: { } prefix, SuffixTokens: { } suffix })
            return ([.. prefix.Concat(suffix).Select(t => new NgramUnit(TokenUnits.ToId(t), 0, 0, default))], prefix.Count);
        int start = Encoding.UTF8.GetByteCount(sample.Prompt);
        IReadOnlyList<NgramUnit> units = _units.Read(sample.Prompt + sample.Suffix);
        return (units, units.TakeWhile(u => u.Start < start).Count());
    }

    private double Score(IReadOnlyList<NgramUnit> units, int first, int end, int fold)
    {
        int[] ids = [.. units.Select(u => u.Id)];
        double logarithm = 0;
        for (int i = first; i < end; i++)
        {
            int context = Math.Min(i, _model.Order - 1);
            logarithm += Math.Log(_model.Probability(ids.AsSpan(i - context, context), ids[i], _units.BaseProbability(units[i], fold), fold));
        }

        return logarithm;
    }
}

/// <summary>Natural logarithms of the probability of a sample's prefix, and of its suffix behind it.</summary>
internal readonly record struct SampleChance(double Prefix, double Suffix);
