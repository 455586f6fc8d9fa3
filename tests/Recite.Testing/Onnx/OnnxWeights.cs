using System.Runtime.InteropServices;

namespace Recite.Testing.Onnx;

/// <summary>Reaches into an ONNX file just far enough to find its weights.</summary>
public static class OnnxWeights
{
    private const int Graph = 7;
    private const int Initializer = 5;
    private const int DataType = 2;
    private const int RawData = 9;
    private const int Float = 1;
    private const int LeastBytes = 1024;

    /// <summary>
    /// Puts the numbers of every large float initializer into a random order, in place: sizes, means and spreads stay, what was
    /// learned is gone. Returns how many numbers were moved.
    /// </summary>
    public static int Shuffle(Span<byte> model, Random random)
    {
        int moved = 0;
        foreach (Range graph in Find(model, Graph))
        {
            foreach (Range initializer in Find(model[graph], Initializer))
                moved += ShuffleTensor(model[graph][initializer], random);
        }

        return moved;
    }

    private static int ShuffleTensor(Span<byte> tensor, Random random)
    {
        bool isFloat = false;
        for (int at = 0; at < tensor.Length;)
        {
            (int field, Range value, ulong number) = Next(tensor, ref at);
            isFloat |= field == DataType && number == Float;
            Span<byte> bytes = tensor[value];
            if (field != RawData || !isFloat || bytes.Length < LeastBytes)
                continue;
            random.Shuffle(MemoryMarshal.Cast<byte, float>(bytes));
            return bytes.Length / sizeof(float);
        }

        return 0;
    }

    private static List<Range> Find(ReadOnlySpan<byte> message, int wanted)
    {
        var found = new List<Range>();
        for (int at = 0; at < message.Length;)
        {
            (int field, Range value, _) = Next(message, ref at);
            if (field == wanted)
                found.Add(value);
        }

        return found;
    }

    // One field of a protobuf message: its bytes where it has a length, its number where it is one.
    private static (int Field, Range Value, ulong Number) Next(ReadOnlySpan<byte> message, ref int at)
    {
        ulong key = Varint(message, ref at);
        int field = (int)(key >> 3);
        switch (key & 7)
        {
            case 0:
                return (field, at..at, Varint(message, ref at));
            case 1:
                at += 8;
                return (field, at..at, 0);
            case 2:
                int length = (int)Varint(message, ref at);
                at += length;
                return (field, (at - length)..at, 0);
            case 5:
                at += 4;
                return (field, at..at, 0);
            default:
                throw new InvalidDataException($"This is no protobuf: wire type {key & 7} at byte {at}.");
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
