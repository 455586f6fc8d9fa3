using Recite.Probes;

namespace Recite.Membership.Blind;

/// <summary>Texts that are known to be members or non-members, and the folds in which baselines learn from them.</summary>
public sealed class LabelledTexts
{
    /// <summary>How many folds there are.</summary>
    public const int Folds = 10;

    private readonly int[] _folds;

    /// <summary>Puts the members before the non-members; <paramref name="seed"/> decides the folds, which share each class out evenly.</summary>
    public LabelledTexts(IReadOnlyList<string> members, IReadOnlyList<string> nonMembers, ulong seed)
    {
        Texts = [.. members, .. nonMembers];
        Members = members.Count;
        _folds = new int[Texts.Count];
        SeededRandom random = SeededRandom.For(seed, "folds of the blind baselines");
        Share(random, 0, members.Count);
        Share(random, members.Count, Texts.Count);
    }

    /// <summary>The texts, members first.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>How many of them are members.</summary>
    public int Members { get; }

    /// <summary>Whether the text at this place is a member.</summary>
    public bool IsMember(int index) => index < Members;

    /// <summary>The fold of the text at this place, from 0.</summary>
    public int FoldOf(int index) => _folds[index];

    private void Share(SeededRandom random, int start, int end)
    {
        int[] order = [.. Enumerable.Range(start, end - start)];
        random.Shuffle(order);
        for (int i = 0; i < order.Length; i++)
            _folds[order[i]] = i % Folds;
    }
}
