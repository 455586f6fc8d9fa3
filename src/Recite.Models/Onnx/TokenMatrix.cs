namespace Recite.Models.Onnx;

/// <summary>The tokens of one pass over a batch, padded to a rectangle, with what a graph wants to know of them.</summary>
/// <param name="Rows">Sequences.</param>
/// <param name="Columns">New tokens of each sequence, padding included.</param>
/// <param name="MaskColumns">Tokens of each sequence with its past, padding included.</param>
/// <param name="Ids">Token ids, row by row.</param>
/// <param name="Mask">1 for tokens, 0 for padding.</param>
/// <param name="Positions">Position of each new token in its own sequence.</param>
internal readonly record struct TokenMatrix(int Rows, int Columns, int MaskColumns, Memory<long> Ids, Memory<long> Mask, Memory<long> Positions)
{
    // Any id will do under a mask of 0; 0 is in every vocabulary.
    private const long PaddingId = 0;

    /// <summary>Sequences that begin together and are padded behind their end, where no causal model looks.</summary>
    public static TokenMatrix PadRight(IReadOnlyList<IReadOnlyList<int>> sequences)
    {
        int columns = sequences.Max(sequence => sequence.Count);
        var matrix = Allocate(sequences.Count, columns);
        for (int row = 0; row < sequences.Count; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                bool isToken = column < sequences[row].Count;
                matrix.Set(row, column, isToken ? sequences[row][column] : PaddingId, isToken, column);
            }
        }

        return matrix;
    }

    /// <summary>Sequences that end together and are padded before their beginning, so that the next token of each stands in one column.</summary>
    public static TokenMatrix PadLeft(IReadOnlyList<IReadOnlyList<int>> sequences)
    {
        int columns = sequences.Max(sequence => sequence.Count);
        var matrix = Allocate(sequences.Count, columns);
        for (int row = 0; row < sequences.Count; row++)
        {
            int padding = columns - sequences[row].Count;
            for (int column = 0; column < columns; column++)
            {
                bool isToken = column >= padding;
                matrix.Set(row, column, isToken ? sequences[row][column - padding] : PaddingId, isToken, isToken ? column - padding : 0);
            }
        }

        return matrix;
    }

    private static TokenMatrix Allocate(int rows, int columns) =>
        new(rows, columns, columns, new long[rows * columns], new long[rows * columns], new long[rows * columns]);

    private void Set(int row, int column, long id, bool isToken, int position)
    {
        int at = row * Columns + column;
        (Ids.Span[at], Mask.Span[at], Positions.Span[at]) = (id, isToken ? 1 : 0, position);
    }
}
