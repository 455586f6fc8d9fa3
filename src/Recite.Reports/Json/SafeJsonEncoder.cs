using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Recite.Reports.Json;

/// <summary>
/// Readable UTF-8 that is still safe wherever it lands: controls, invisible and direction-changing characters are escaped (a terminal),
/// and so are the characters that mean something to HTML (a script element). Lone surrogates become U+FFFD.
/// </summary>
internal static class SafeJsonEncoder
{
    /// <summary>The encoder of every JSON that Recite writes for people and programs.</summary>
    public static JavaScriptEncoder Instance { get; } = Create();

    private static JavaScriptEncoder Create()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        for (int value = 0; value <= char.MaxValue; value++)
        {
            if (Text.VisibleText.IsInvisible(value))
                settings.ForbidCharacter((char)value);
        }

        return JavaScriptEncoder.Create(settings);
    }
}
