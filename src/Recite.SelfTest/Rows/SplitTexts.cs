namespace Recite.SelfTest.Rows;

/// <summary>In what members and non-members of a made-up split differ.</summary>
internal enum SplitShift
{
    /// <summary>In nothing: both are drawn alike.</summary>
    None,

    /// <summary>Some topic words stand in more of the members.</summary>
    Topic,

    /// <summary>Members are a little longer.</summary>
    Length,

    /// <summary>Non-members speak of later years.</summary>
    Dates,
}

/// <summary>Makes texts of made-up words, frequent and rare ones as in real text, with years in half of them.</summary>
internal sealed class SplitTexts(int seed)
{
    private const int Vocabulary = 4000;
    private const int Topics = 12;
    private readonly Random _random = new(seed);

    /// <summary>Texts of one class.</summary>
    public string[] Make(int count, bool areMembers, SplitShift shift) =>
        [.. Enumerable.Range(0, count).Select(_ => MakeOne(areMembers, shift))];

    private string MakeOne(bool isMember, SplitShift shift)
    {
        int longer = shift == SplitShift.Length && isMember ? 5 : 0;
        var words = new List<string>();
        int length = 45 + longer + _random.Next(20);
        while (words.Count < length)
            words.Add(Word());

        double topical = shift == SplitShift.Topic && isMember ? 0.6 : 0.2;
        for (int i = 0; i < 3; i++)
        {
            if (_random.NextDouble() < topical)
                words[_random.Next(words.Count)] = FormattableString.Invariant($"topic{(char)('a' + _random.Next(Topics))}");
        }

        if (_random.NextDouble() < 0.6)
        {
            int first = shift == SplitShift.Dates && !isMember ? 2008 : 2000;
            words[_random.Next(words.Count)] = FormattableString.Invariant($"{first + _random.Next(16)}");
        }

        return string.Join(' ', words);
    }

    // Zipf's law: the chance of a word falls with its rank, so the logarithm of the rank is uniform.
    private string Word()
    {
        int rank = (int)Math.Exp(_random.NextDouble() * Math.Log(Vocabulary));
        var letters = new char[3 + (rank % 5)];
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i] = (char)('a' + ((rank + (i * 7)) % 26));
            rank = (rank / 3) + (rank * 5 % 11);
        }

        return new string(letters);
    }
}
