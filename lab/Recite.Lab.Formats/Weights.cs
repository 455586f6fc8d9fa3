namespace Recite.Lab.Formats;

/// <summary>One tensor's shape, slowest dimension first, and its values, row by row.</summary>
public sealed record Weights(long[] Shape, float[] Values)
{
    /// <summary>The matrix with rows and columns exchanged.</summary>
    public Weights Transpose()
    {
        (int rows, int columns) = ((int)Shape[0], (int)Shape[1]);
        var values = new float[Values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                values[(column * rows) + row] = Values[(row * columns) + column];
        }

        return new Weights([columns, rows], values);
    }
}
