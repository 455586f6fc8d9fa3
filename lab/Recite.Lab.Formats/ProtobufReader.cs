using System.Buffers.Binary;
using System.Text;

namespace Recite.Lab.Formats;

/// <summary>Steps through the fields of one protobuf message (protobuf.dev, "Encoding"); what it need not know it steps over.</summary>
public ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Number of the field at hand.</summary>
    public int Field { get; private set; }

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber { get; private set; }

    /// <summary>Its value if it is a number, else zero.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its bytes if it is text, bytes, a message or packed numbers, else empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Its bytes as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Steps to the next field; false at the end of the message.</summary>
    /// <exception cref="LabException">The message is broken.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        ulong tag = Varint(ref _rest);
        Field = (int)(tag >> 3);
        IsNumber = (tag & 7) != 2;
        Number = 0;
        Bytes = default;
        switch (tag & 7)
        {
            case 0: Number = Varint(ref _rest); break;
            case 1: Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8)); break;
            case 2: Bytes = Take(Varint(ref _rest)); break;
            case 5: Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4)); break;
            default: throw new LabException(FormattableString.Invariant($"A protobuf field has wire type {tag & 7}, which does not exist; the file is damaged."));
        }

        return true;
    }

    /// <summary>Reads one number of up to ten bytes off the front.</summary>
    /// <exception cref="LabException">There is no whole number.</exception>
    public static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int i = 0; i < Math.Min(10, bytes.Length); i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }

        throw new LabException("A protobuf number does not end; the file is damaged.");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
            throw new LabException(FormattableString.Invariant($"A protobuf field of {count} bytes has only {_rest.Length} left; the file is cut short."));
        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
