using System.Text;

namespace Recite.Ingest.Csv;

/// <summary>Takes fields out of one record of comma-separated values.</summary>
internal static class CsvRecord
{
    /// <summary>
    /// Cuts the record at the delimiters outside quotes and gives the fields that are wanted, unquoted.
    /// </summary>
    /// <param name="record">Without its line feed.</param>
    /// <param name="delimiter">What separates fields.</param>
    /// <param name="hasQuotes">Whether delimiters inside quotes separate nothing.</param>
    /// <param name="columns">Columns that are wanted, counted from 0.</param>
    /// <param name="fields">Gets the field of each wanted column; null where the record is too short.</param>
    public static void Take(ReadOnlySpan<byte> record, byte delimiter, bool hasQuotes, ReadOnlySpan<int> columns, Span<byte[]?> fields)
    {
        fields.Clear();
        int last = -1;
        foreach (int column in columns)
            last = Math.Max(last, column);

        ReadOnlySpan<byte> rest = record.TrimEnd((byte)'\r');
        for (int column = 0; column <= last; column++)
        {
            int end = EndOfField(rest, delimiter, hasQuotes);
            int wanted = columns.IndexOf(column);
            if (wanted >= 0)
            {
                byte[] field = Unquote(rest[..end]);
                for (int i = wanted; i < columns.Length; i++)
                {
                    if (columns[i] == column)
                        fields[i] = field;
                }
            }

            if (end == rest.Length)
                return;
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>The first fields of a record as text: the names of the columns.</summary>
    /// <param name="record">Valid UTF-8 without its line feed.</param>
    /// <param name="delimiter">What separates fields.</param>
    /// <param name="hasQuotes">Whether delimiters inside quotes separate nothing.</param>
    /// <param name="most">Fields that are given at most.</param>
    public static List<string> Names(ReadOnlySpan<byte> record, byte delimiter, bool hasQuotes, int most)
    {
        var names = new List<string>();
        ReadOnlySpan<byte> rest = record.TrimEnd((byte)'\r');
        while (names.Count < most)
        {
            int end = EndOfField(rest, delimiter, hasQuotes);
            names.Add(Encoding.UTF8.GetString(Unquote(rest[..end])).Trim());
            if (end == rest.Length)
                break;
            rest = rest[(end + 1)..];
        }

        return names;
    }

    private static int EndOfField(ReadOnlySpan<byte> rest, byte delimiter, bool hasQuotes)
    {
        int at = 0;
        if (hasQuotes && rest.StartsWith((byte)'"'))
        {
            at = 1;
            while (true)
            {
                int quote = rest[at..].IndexOf((byte)'"');
                if (quote < 0)
                    return rest.Length;
                at += quote + 1;
                if (at == rest.Length || rest[at] != (byte)'"')
                    break;
                at++;
            }
        }

        int end = rest[at..].IndexOf(delimiter);
        return end < 0 ? rest.Length : at + end;
    }

    // What stands behind the closing quote, which RFC 4180 does not allow, is kept as it is.
    private static byte[] Unquote(ReadOnlySpan<byte> field)
    {
        if (!field.StartsWith((byte)'"'))
            return field.ToArray();
        byte[] text = new byte[field.Length];
        int length = 0;
        bool isQuoted = true;
        for (int i = 1; i < field.Length; i++)
        {
            bool isQuote = isQuoted && field[i] == (byte)'"';
            if (isQuote && (i + 1 == field.Length || field[i + 1] != (byte)'"'))
            {
                isQuoted = false;
                continue;
            }

            i += isQuote ? 1 : 0;
            text[length++] = field[i];
        }

        return text[..length];
    }
}
