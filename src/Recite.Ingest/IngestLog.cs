namespace Recite.Ingest;

/// <summary>Where readers say what they skipped and what the user should know. Not safe for concurrent use.</summary>
public sealed class IngestLog
{
    /// <summary>Notices of one kind that are told one by one; the others are counted and told in one sentence at the end.</summary>
    public const int NoticesPerKind = 20;

    private readonly Action<SkippedInput> _onSkipped;
    private readonly Action<string> _onNotice;
    private readonly long[] _noticed = new long[Enum.GetValues<NoticeKind>().Length];

    /// <summary>Creates a log that hands everything on to the two listeners.</summary>
    public IngestLog(Action<SkippedInput> onSkipped, Action<string> onNotice)
    {
        _onSkipped = onSkipped;
        _onNotice = onNotice;
    }

    /// <summary>Says that an input, or one record of it, gave no document. Every skip is told: the caller counts them.</summary>
    public void Skip(string input, long? line, SkipKind kind, string reason) => _onSkipped(new SkippedInput(input, line, kind, reason));

    /// <summary>Says something that is no error.</summary>
    public void Notice(NoticeKind kind, string sentence)
    {
        if (++_noticed[(int)kind] <= NoticesPerKind)
            _onNotice(sentence);
    }

    /// <summary>Tells how many notices were not told one by one.</summary>
    internal void Finish()
    {
        foreach (NoticeKind kind in Enum.GetValues<NoticeKind>())
        {
            long untold = _noticed[(int)kind] - NoticesPerKind;
            if (untold > 0)
                _onNotice($"{untold} more {Describe(kind)}.");
        }
    }

    private static string Describe(NoticeKind kind) => kind switch
    {
        NoticeKind.Encoding => "inputs were not valid Unicode",
        NoticeKind.Name => "documents were renamed",
        NoticeKind.Empty => "inputs hold nothing to index",
        _ => "inputs were left out",
    };
}
