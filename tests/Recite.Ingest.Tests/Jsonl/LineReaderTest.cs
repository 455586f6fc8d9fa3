using System.Text;
using CsCheck;
using Recite.Ingest.Jsonl;

namespace Recite.Ingest.Tests.Jsonl;

public sealed class LineReaderTest
{
    [Fact]
    public async Task Splits_like_a_naive_split_whatever_the_reads_are() =>
        await Gen.Select(Gen.Char["ab\n"].Array[0, 60], Gen.Int[1, 7], Gen.Int[1, 8]).SampleAsync(async (chars, bytesPerRead, maxLineBytes) =>
        {
            string text = new(chars);
            var lines = new List<string?>();
            var reader = new LineReader(new SlowStream(Encoding.UTF8.GetBytes(text), bytesPerRead), maxLineBytes);
            while (await reader.ReadAsync(CancellationToken.None))
            {
                lines.Add(reader.IsTooLong ? null : Encoding.UTF8.GetString(reader.Line.Span));
                Assert.Equal(lines.Count, reader.Number);
            }

            string[] naive = text.Split('\n');
            Assert.Equal((naive[^1].Length == 0 ? naive[..^1] : naive).Select(line => line.Length > maxLineBytes ? null : line), lines);
        });

    /// <summary>Gives a few bytes at a time, as a pipe does.</summary>
    private sealed class SlowStream(byte[] bytes, int bytesPerRead) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, bytesPerRead)], cancellationToken);
    }
}
