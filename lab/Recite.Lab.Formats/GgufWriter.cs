using System.Runtime.InteropServices;
using System.Text;

namespace Recite.Lab.Formats;

/// <summary>
/// Collects metadata and float tensors and writes a GGUF file, version 3 (docs/gguf.md of the ggml project): header, metadata,
/// descriptions of the tensors, then their values, each tensor at a multiple of 32 bytes.
/// </summary>
public sealed class GgufWriter
{
    private const int Alignment = 32;

    private readonly List<Action<BinaryWriter>> _metadata = [];
    private readonly List<(string Name, Weights Weights)> _tensors = [];

    /// <summary>A whole number without sign.</summary>
    public void Add(string key, uint value) => Add(key, type: 4, writer => writer.Write(value));

    /// <summary>A real number.</summary>
    public void Add(string key, float value) => Add(key, type: 6, writer => writer.Write(value));

    /// <summary>A text.</summary>
    public void Add(string key, string value) => Add(key, type: 8, writer => Text(writer, value));

    /// <summary>A list of texts.</summary>
    public void Add(string key, IReadOnlyList<string> values) => AddList(key, itemType: 8, values, Text);

    /// <summary>A list of whole numbers.</summary>
    public void Add(string key, IReadOnlyList<int> values) => AddList(key, itemType: 5, values, (writer, value) => writer.Write(value));

    /// <summary>A tensor; its shape is given with the slowest dimension first, as everywhere but in GGUF.</summary>
    public void Add(string tensor, Weights weights) => _tensors.Add((tensor, weights));

    /// <summary>Writes the file.</summary>
    public void Write(string path)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)_tensors.Count);
        writer.Write((ulong)_metadata.Count);
        foreach (Action<BinaryWriter> write in _metadata)
            write(writer);

        ulong offset = 0;
        foreach ((string name, Weights weights) in _tensors)
        {
            Text(writer, name);
            writer.Write((uint)weights.Shape.Length);
            foreach (long size in weights.Shape.Reverse())
                writer.Write((ulong)size);
            writer.Write(0u); // GGML_TYPE_F32
            writer.Write(offset);
            offset += (ulong)(weights.Values.Length * sizeof(float));
            offset += (ulong)Padding((long)offset);
        }

        foreach ((_, Weights weights) in _tensors)
        {
            writer.Write(new byte[Padding(writer.BaseStream.Position)]);
            writer.Write(MemoryMarshal.AsBytes<float>(weights.Values));
        }
    }

    private void AddList<T>(string key, uint itemType, IReadOnlyList<T> values, Action<BinaryWriter, T> write) => Add(key, type: 9, writer =>
    {
        writer.Write(itemType);
        writer.Write((ulong)values.Count);
        foreach (T value in values)
            write(writer, value);
    });

    private void Add(string key, uint type, Action<BinaryWriter> value) => _metadata.Add(writer =>
    {
        Text(writer, key);
        writer.Write(type);
        value(writer);
    });

    private static long Padding(long position) => (Alignment - (position % Alignment)) % Alignment;

    private static void Text(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }
}
