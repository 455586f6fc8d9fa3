using System.Buffers;
using System.Text;
using Recite.Probes;

namespace Recite.Canaries.Planting;

/// <summary>Plants into one text at paragraph borders: before a paragraph, or behind the last.</summary>
internal sealed class TextFile(DatasetFile file, SearchValues<string> known) : IPlantable
{
    /// <inheritdoc/>
    public long CountSlots(CancellationToken cancellationToken)
    {
        using var reader = new LineReader(file.Path);
        long paragraphs = 0;
        bool isBetween = true;
        while (reader.TryRead(out ReadOnlySpan<byte> line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            PlantedCheck.Refuse(Encoding.UTF8.GetString(line), known, FormattableString.Invariant($"{file.Path}:{reader.Line}"));
            bool isBlank = IsBlank(line);
            paragraphs += isBetween && !isBlank ? 1 : 0;
            isBetween = isBlank;
        }

        return paragraphs + 1;
    }

    /// <inheritdoc/>
    public void Write(PlacedWriter writer, Queue<PlannedCopy> copies, PlantingPlaces places, SeededRandom random, CancellationToken cancellationToken)
    {
        using var reader = new LineReader(file.Path);
        writer.Write(reader.Mark);
        long paragraph = 0;
        bool isBetween = true, isCarriageReturn = false;
        while (reader.TryRead(out ReadOnlySpan<byte> line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            isCarriageReturn |= line.EndsWith("\r\n"u8);
            bool isBlank = IsBlank(line);
            if (isBetween && !isBlank)
            {
                while (copies.TryPeek(out PlannedCopy copy) && copy.Slot == paragraph)
                {
                    Plant(writer, places, copies.Dequeue().Entry);
                    writer.Write(LineEnd(isCarriageReturn));
                    writer.Write(LineEnd(isCarriageReturn));
                }

                paragraph++;
            }

            isBetween = isBlank;
            writer.Write(line);
        }

        while (copies.TryDequeue(out PlannedCopy copy))
        {
            if (writer.IsInLine)
                writer.Write(LineEnd(isCarriageReturn));
            if (writer.Offset > 0)
                writer.Write(LineEnd(isCarriageReturn));
            Plant(writer, places, copy.Entry);
            writer.Write(LineEnd(isCarriageReturn));
        }
    }

    private void Plant(PlacedWriter writer, PlantingPlaces places, int entry)
    {
        places.Add(entry, new CanaryCopy(file.Name, writer.Line, writer.Offset, InDocument: true));
        writer.Write(Encoding.UTF8.GetBytes(places.TextOf(entry)));
    }

    private static ReadOnlySpan<byte> LineEnd(bool isCarriageReturn) => isCarriageReturn ? "\r\n"u8 : "\n"u8;

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r\n"u8) < 0;
}
