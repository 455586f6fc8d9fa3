using System.Buffers.Text;
using System.Text;

namespace Recite.Ingest.Tar;

/// <summary>What an extended header of a tar archive says about the file behind it.</summary>
/// <param name="Path">The path; null when the ordinary header gives it.</param>
/// <param name="SizeBytes">Bytes of content; null when the ordinary header gives them.</param>
/// <param name="IsSparse">Whether the content is a sparse file's, which is not stored as it is.</param>
internal readonly record struct PaxRecords(string? Path, long? SizeBytes, bool IsSparse)
{
    /// <summary>Reads records <c>length key=value\n</c>; false when they are not well-formed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> content, out PaxRecords records)
    {
        records = default;
        while (!content.IsEmpty && content[0] != 0)
        {
            if (!Utf8Parser.TryParse(content, out int length, out int digits) || length <= digits || length > content.Length || content[length - 1] != (byte)'\n')
                return false;
            ReadOnlySpan<byte> record = content[digits..(length - 1)].TrimStart((byte)' ');
            int equals = record.IndexOf((byte)'=');
            if (equals < 0)
                return false;
            ReadOnlySpan<byte> key = record[..equals];
            ReadOnlySpan<byte> value = record[(equals + 1)..];
            if (key.SequenceEqual("path"u8))
                records = records with { Path = Encoding.UTF8.GetString(value) };
            else if (key.SequenceEqual("size"u8) && Utf8Parser.TryParse(value, out long size, out int used) && used == value.Length && size is >= 0 and <= TarHeader.MaxSizeBytes)
                records = records with { SizeBytes = size };
            else if (key.StartsWith("GNU.sparse."u8))
                records = records with { IsSparse = true };
            content = content[length..];
        }

        return true;
    }
}
