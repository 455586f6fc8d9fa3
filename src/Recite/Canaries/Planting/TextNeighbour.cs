using System.Buffers;
using System.Text;
using Recite.Probes;

namespace Recite.Canaries.Planting;

/// <summary>A text of a folder of texts: a canary becomes a document of its own, a new file beside it.</summary>
internal sealed class TextNeighbour(DatasetFile file, SearchValues<string> known) : IPlantable
{
    /// <inheritdoc/>
    public long CountSlots(CancellationToken cancellationToken)
    {
        new TextFile(file, known).CountSlots(cancellationToken);
        return 1;
    }

    /// <inheritdoc/>
    public void Write(PlacedWriter writer, Queue<PlannedCopy> copies, PlantingPlaces places, SeededRandom random, CancellationToken cancellationToken)
    {
        using (FileStream original = File.OpenRead(file.Path))
        {
            byte[] buffer = new byte[64 << 10];
            for (int read = original.Read(buffer); read > 0; read = original.Read(buffer))
                writer.Write(buffer.AsSpan(0, read));
        }

        int slash = file.Name.LastIndexOf('/');
        while (copies.TryDequeue(out PlannedCopy copy))
        {
            string name = PlantingPlaces.NewName(random) + Path.GetExtension(file.Name);
            using var neighbour = new PlacedWriter(Path.Combine(Path.GetDirectoryName(writer.Path)!, name));
            neighbour.Write(Encoding.UTF8.GetBytes(places.TextOf(copy.Entry) + "\n"));
            places.Add(copy.Entry, new CanaryCopy(file.Name[..(slash + 1)] + name, 1, 0, InDocument: false));
        }
    }
}
