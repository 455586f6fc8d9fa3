using System.Text;

namespace Recite.Ingest.Tests;

/// <summary>Encodings to write test files in, strict: a text that does not fit is a mistake of the test.</summary>
internal static class TestEncodings
{
    public static Encoding Get(string name) => name switch
    {
        "utf-8" => new UTF8Encoding(false, true),
        "utf-16le" => new UnicodeEncoding(false, false, true),
        "utf-16be" => new UnicodeEncoding(true, false, true),
        "iso-8859-1" => Encoding.GetEncoding("iso-8859-1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        _ => CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!,
    };
}
