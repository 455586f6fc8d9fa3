using System.Text;

namespace Recite.Ingest.Arrow;

/// <summary>A column, or a part of one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IntBytes">Bytes of a whole number; negative where it has a sign.</param>
/// <param name="IsDense">Whether it is a union that stores offsets.</param>
/// <param name="IsDictionary">Whether it holds numbers of values that stand elsewhere.</param>
/// <param name="Children">Its parts.</param>
internal sealed record ArrowField(string Name, ArrowType Type, int IntBytes, bool IsDense, bool IsDictionary, IReadOnlyList<ArrowField> Children)
{
    private const int MaxDepth = 32;
    private const int MaxFields = 100_000;

    /// <summary>Whether it holds text, or bytes that may be text.</summary>
    public bool IsText => !IsDictionary && Type is ArrowType.Utf8 or ArrowType.LargeUtf8 or ArrowType.Binary or ArrowType.LargeBinary;

    /// <summary>Bytes of an offset into the values.</summary>
    public int OffsetBytes => Type is ArrowType.LargeUtf8 or ArrowType.LargeBinary ? sizeof(long) : sizeof(int);

    /// <summary>How many buffers it has itself, without its parts and without those that only a batch counts.</summary>
    public int Buffers => IsDictionary
        ? 2
        : Type switch
        {
            ArrowType.Null or ArrowType.RunEndEncoded => 0,
            ArrowType.Struct or ArrowType.FixedSizeList => 1,
            ArrowType.Union => IsDense ? 2 : 1,
            ArrowType.Binary or ArrowType.Utf8 or ArrowType.LargeBinary or ArrowType.LargeUtf8 or ArrowType.ListView or ArrowType.LargeListView => 3,
            _ => 2,
        };

    /// <summary>Whether a batch says how many more buffers it has.</summary>
    public bool IsView => !IsDictionary && Type is ArrowType.BinaryView or ArrowType.Utf8View;

    /// <summary>Reads the columns of a schema.</summary>
    /// <exception cref="InvalidDataException">They nest too deep, are too many, or are none.</exception>
    public static IReadOnlyList<ArrowField> ReadAll(FlatTable schema)
    {
        int count = 0;
        return ReadAll(schema.Tables(1), MaxDepth, ref count);
    }

    private static List<ArrowField> ReadAll(IEnumerable<FlatTable> tables, int depth, ref int count)
    {
        var fields = new List<ArrowField>();
        foreach (FlatTable table in tables)
        {
            if (depth == 0 || ++count > MaxFields)
                throw new InvalidDataException();
            var type = (ArrowType)table.Byte(2);
            FlatTable? detail = table.Table(3);
            int intBytes = type == ArrowType.Int && detail is { } number ? number.Int(0) / 8 * (number.Byte(1) != 0 ? -1 : 1) : 0;
            bool isDense = type == ArrowType.Union && detail is { } union && union.Short(0) == 1;
            fields.Add(new ArrowField(
                Encoding.UTF8.GetString(table.Vector(0, 1).Span),
                type,
                intBytes,
                isDense,
                table.Table(4) is not null,
                ReadAll(table.Tables(5), depth - 1, ref count)));
        }

        return fields;
    }
}
