namespace Recite.Indexing.Text.Internals;

/// <summary>
/// Decides which lexemes begin clusters. A stretch between two clusters must normalize by itself, so none begins where a text that is
/// cut there would be read in another way: between a marker that is no comment and the start of its line, or inside a string that
/// a comment follows.
/// </summary>
internal struct CodeClusters<TRecorder>(TRecorder recorder)
    where TRecorder : struct, IClusterRecorder
{
    private int _clearFrom;
    private long _clearFromNormalized;
    private int _stringsFrom = -1;
    private long _stringsFromNormalized;
    private int _stringsEnd;
    private long _stringsEndNormalized;
    private int _borderlessTo;
    private bool _joinsNext;

    /// <summary>Whether no lexeme stands on the line yet.</summary>
    public bool IsLineEmpty { get; private set; } = true;

    /// <summary>A line ended outside a comment.</summary>
    public void EndLine()
    {
        IsLineEmpty = true;
        _stringsFrom = -1;
        _joinsNext = false;
    }

    /// <summary>What vanishes behind a word becomes the space behind it.</summary>
    public readonly void BeginSpace(int at, long normalizedAt)
    {
        if (at >= _borderlessTo)
            recorder.Begin(at, normalizedAt);
    }

    /// <summary>A lexeme begins.</summary>
    public void Begin(int at, long normalizedAt)
    {
        if (_joinsNext)
            _joinsNext = false;
        else if (at >= _borderlessTo)
            recorder.Begin(at, normalizedAt);
        OccupyLine(at, normalizedAt);
    }

    /// <summary>A lexeme begins that is read by what stands before it.</summary>
    public void BeginJoined(int at, long normalizedAt)
    {
        _joinsNext |= !IsLineEmpty;
        Begin(at, normalizedAt);
    }

    /// <summary>A marker begins that is code here and might be a comment elsewhere.</summary>
    /// <param name="at">Where it stands.</param>
    /// <param name="normalizedAt">Where its output begins.</param>
    /// <param name="stringEnd">Behind the string that it stands in, or zero.</param>
    public void BeginMarker(int at, long normalizedAt, int stringEnd)
    {
        if (IsLineEmpty)
        {
            Begin(at, normalizedAt);
        }
        else
        {
            recorder.Retract(_clearFrom, at + 1, _clearFromNormalized, normalizedAt + 1);
            (_clearFrom, _clearFromNormalized) = (at + 1, normalizedAt + 1);
        }

        _borderlessTo = Math.Max(_borderlessTo, stringEnd);
        JoinNext();
    }

    /// <summary>The next lexeme belongs to this one.</summary>
    public void JoinNext() => _joinsNext = true;

    /// <summary>A string was opened.</summary>
    public void OpenString(int at, long normalizedAt)
    {
        if (_stringsFrom < 0)
            (_stringsFrom, _stringsFromNormalized) = (at + 1, normalizedAt + 1);
    }

    /// <summary>A string was closed by the quote at the offset.</summary>
    public void CloseString(int at, long normalizedAt) => (_stringsEnd, _stringsEndNormalized) = (at + 1, normalizedAt + 1);

    /// <summary>A comment follows on the line.</summary>
    public void MeetComment()
    {
        if (_stringsFrom >= 0)
            recorder.Retract(_stringsFrom, _stringsEnd, _stringsFromNormalized, _stringsEndNormalized);
        _stringsFrom = -1;
    }

    private void OccupyLine(int at, long normalizedAt)
    {
        if (!IsLineEmpty)
            return;
        IsLineEmpty = false;
        (_clearFrom, _clearFromNormalized) = (at + 1, normalizedAt + 1);
    }
}
