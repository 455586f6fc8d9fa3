namespace Recite.Controls.Ngram;

/// <summary>A token or word of a text.</summary>
/// <param name="Id">Its number in the model; <see cref="NgramKey.Unknown"/> where it was never counted.</param>
/// <param name="Start">First byte of the text, in UTF-8.</param>
/// <param name="End">One past the last.</param>
/// <param name="Spelling">Its normalized bytes, where units are spelled.</param>
internal readonly record struct NgramUnit(int Id, int Start, int End, ReadOnlyMemory<byte> Spelling);

/// <summary>What a text is counted in: the target's tokens, or words.</summary>
internal interface INgramUnits : IDisposable
{
    /// <summary><c>tokens</c> or <c>words</c>.</summary>
    string Name { get; }

    /// <summary>The units of a text that is to be counted; new ones get a number.</summary>
    int[] Learn(string text, int fold);

    /// <summary>Ends the learning; nothing can be scored before.</summary>
    void Seal(CancellationToken cancellationToken);

    /// <summary>The units of a text that is to be scored.</summary>
    IReadOnlyList<NgramUnit> Read(string text);

    /// <summary>How probable a unit is before any unit is counted.</summary>
    double BaseProbability(NgramUnit unit, int fold);

    /// <summary>The same for a unit by its number, the border included.</summary>
    double BaseProbability(int id, int fold);

    /// <summary>The text of units, normalized or not; comparing normalizes it.</summary>
    string Write(IReadOnlyList<int> ids);
}
