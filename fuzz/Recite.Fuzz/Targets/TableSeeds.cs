using Apache.Arrow;
using Apache.Arrow.Ipc;
using Parquet;
using Parquet.Schema;

namespace Recite.Fuzz.Targets;

/// <summary>Small tables, written here.</summary>
internal static class TableSeeds
{
    public static IEnumerable<(string, byte[])> Parquet()
    {
        yield return ("plain", Write(CompressionMethod.None));
        yield return ("snappy", Write(CompressionMethod.Snappy));
        yield return ("zstd", Write(CompressionMethod.Zstd));
        yield return ("no-text", Write(CompressionMethod.None, "other"));
    }

    public static IEnumerable<(string, byte[])> Arrow()
    {
        StringArray texts = new StringArray.Builder().Append("one text").AppendNull().Append("three").Build();
        RecordBatch batch = new RecordBatch.Builder()
            .Append("score", nullable: false, new DoubleArray.Builder().AppendRange([1, 2, 3]).Build())
            .Append("text", nullable: true, texts)
            .Append("id", nullable: false, new Int64Array.Builder().AppendRange([1, 2, 3]).Build())
            .Append("url", nullable: true, texts)
            .Build();
        using var stream = new MemoryStream();
        using (var writer = new ArrowStreamWriter(stream, batch.Schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        yield return ("stream", stream.ToArray());
        using var file = new MemoryStream();
        using (var writer = new ArrowFileWriter(file, batch.Schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        yield return ("file", file.ToArray());
    }

    private static byte[] Write(CompressionMethod compression, string column = "text") => Task.Run(async () =>
    {
        var schema = new ParquetSchema(new DataField<string>(column), new DataField<long>("id"));
        var file = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file, new ParquetOptions { CompressionMethod = compression }))
        {
            for (int group = 0; group < 2; group++)
            {
                using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                await rows.WriteAsync(schema.DataFields[0], ["one text", null, "one text"]);
                await rows.WriteAsync<long>(schema.DataFields[1], new long[] { 1, 2, 3 });
                rows.CompleteValidate();
            }
        }

        return file.ToArray();
    }).GetAwaiter().GetResult();
}
