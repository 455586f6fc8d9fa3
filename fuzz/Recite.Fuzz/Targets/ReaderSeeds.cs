using System.IO.Compression;
using System.Text;

namespace Recite.Fuzz.Targets;

/// <summary>Small files of each kind, written here.</summary>
internal static class ReaderSeeds
{
    public static IEnumerable<(string, byte[])> JsonLines()
    {
        yield return ("two", Encoding.UTF8.GetBytes("{\"id\":\"a\",\"url\":\"u\",\"text\":\"one \\u00e9\\n\"}\n{\"text\":\"two \\ud83d\\ude00\",\"more\":[1,{\"x\":null}]}\n"));
        yield return ("broken", "{\"id\":1,\"text\":\"a\"}\n{\"text\":\n[]\n{\"text\":7}\n\"x\"\n{\"text\":\"\\ud800\"}\r\n\r\n{\"id\":\"1\",\"text\":\"b\"}"u8.ToArray());
        yield return ("nested", Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 70) + new string(']', 70) + ",\"text\":\"deep\"}"));
        yield return ("utf16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{\"text\":\"wide\"}\n")).ToArray());
        yield return ("packed", Packed("{\"text\":\"packed\"}\n"u8));
    }

    public static IEnumerable<(string, byte[])> Html()
    {
        yield return ("page", "<!doctype html><title>A page</title><meta charset=utf-8><p>One &amp; two<br>three<script>no</script><table><tr><td>4<td>5</table>"u8.ToArray());
        yield return ("wrong", "<p><b><i></p>&#x110000;&nosuch;<!-- <style>a{}</style> --><svg><title>x</title></svg><template>t</template><p hidden>h"u8.ToArray());
        yield return ("latin", [.. "<meta http-equiv=content-type content='text/html; charset=iso-8859-1'><p>caf"u8, 0xE9]);
    }

    public static IEnumerable<(string, byte[])> Text()
    {
        yield return ("plain", "Some plain text.\nA second line.\n"u8.ToArray());
        yield return ("utf16", Encoding.BigEndianUnicode.GetPreamble().Concat(Encoding.BigEndianUnicode.GetBytes("wide text")).ToArray());
        yield return ("cyrillic", [0xD0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4, 0x20, 0xCD, 0xC9, 0xD2, 0x0A]);
        yield return ("japanese", [0x82, 0xB1, 0x82, 0xF1, 0x82, 0xC9, 0x82, 0xBF, 0x82, 0xCD, 0x0A]);
        yield return ("packed", Packed("packed text, packed text"u8));
    }

    private static byte[] Packed(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }
}
