using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Recite.Ingest.Tests.Arrow;

/// <summary>Arrow tables, written by the format's own library.</summary>
internal static class ArrowFiles
{
    public static byte[] Stream(IReadOnlyList<string?> texts, int rowsOfBatch) => Write(texts, rowsOfBatch, (file, schema) => new ArrowStreamWriter(file, schema, leaveOpen: true));

    public static byte[] File(IReadOnlyList<string?> texts, int rowsOfBatch) => Write(texts, rowsOfBatch, (file, schema) => new ArrowFileWriter(file, schema, leaveOpen: true));

    /// <summary>A stream with one batch of the columns.</summary>
    public static byte[] Batch(params (string Name, IArrowArray Values)[] columns)
    {
        RecordBatch batch = new(
            new Schema(columns.Select(column => new Field(column.Name, column.Values.Data.DataType, nullable: true)), null),
            columns.Select(column => column.Values),
            columns[0].Values.Length);
        using var file = new MemoryStream();
        using (var writer = new ArrowStreamWriter(file, batch.Schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        return file.ToArray();
    }

    public static StringArray Strings(params IEnumerable<string?> texts)
    {
        var builder = new StringArray.Builder();
        foreach (string? text in texts)
            builder.Append(text);
        return builder.Build();
    }

    public static Int64Array Numbers(int first, int count) => new Int64Array.Builder().AppendRange(Enumerable.Range(first, count).Select(i => (long)i)).Build();

    // Columns of many kinds stand before the text, so that a reader which counts buffers wrongly is found out.
    private static byte[] Write(IReadOnlyList<string?> texts, int rowsOfBatch, Func<Stream, Schema, ArrowStreamWriter> open)
    {
        var schema = new Schema(
            [
                new Field("score", DoubleType.Default, nullable: true),
                new Field("flags", new ListType(new Field("item", BooleanType.Default, nullable: true)), nullable: true),
                new Field("pair", new StructType([new Field("a", Int32Type.Default, nullable: true), new Field("b", StringType.Default, nullable: true)]), nullable: true),
                new Field("text", StringType.Default, nullable: true),
                new Field("id", Int64Type.Default, nullable: false),
            ],
            null);
        using var file = new MemoryStream();
        using (ArrowStreamWriter writer = open(file, schema))
        {
            for (int first = 0; first < texts.Count; first += rowsOfBatch)
            {
                int count = Math.Min(rowsOfBatch, texts.Count - first);
                writer.WriteRecordBatch(new RecordBatch(schema, Columns(schema, [.. texts.Skip(first).Take(count)], first), count));
            }

            writer.WriteEnd();
        }

        return file.ToArray();
    }

    private static IArrowArray[] Columns(Schema schema, string?[] texts, int first)
    {
        var flags = new ListArray.Builder(BooleanType.Default);
        var values = (BooleanArray.Builder)flags.ValueBuilder;
        foreach (string? text in texts)
        {
            flags.Append();
            values.Append(text is null).Append(true);
        }

        var pair = new StructArray(
            schema.FieldsList[2].DataType,
            texts.Length,
            [new Int32Array.Builder().AppendRange(Enumerable.Range(0, texts.Length)).Build(), Strings(texts.Select(text => text is null ? "b" : $"b {text}"))],
            ArrowBuffer.Empty);
        return [new DoubleArray.Builder().AppendRange(texts.Select(_ => 0.5)).Build(), flags.Build(), pair, Strings(texts), Numbers(first + 1, texts.Length)];
    }
}
