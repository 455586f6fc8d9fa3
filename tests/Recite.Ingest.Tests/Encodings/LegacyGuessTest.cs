using System.Text;
using CsCheck;
using Recite.Ingest.Encodings;

namespace Recite.Ingest.Tests.Encodings;

public sealed class LegacyGuessTest
{
    public static TheoryData<string, string> Texts => new()
    {
        { "shift_jis", EncodedTexts.Japanese },
        { "euc-jp", EncodedTexts.Japanese },
        { "gb18030", EncodedTexts.Chinese },
        { "big5", EncodedTexts.TraditionalChinese },
        { "euc-kr", EncodedTexts.Korean },
        { "koi8-r", EncodedTexts.Russian },
        { "windows-1251", EncodedTexts.Russian },
        { "iso-8859-5", EncodedTexts.Russian },
        { "cp866", EncodedTexts.Russian },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Tells_an_encoding_by_its_bytes(string name, string text)
    {
        byte[] bytes = TestEncodings.Get(name).GetBytes(text);
        Encoding? guess = LegacyGuess.Of(bytes);
        Assert.NotNull(guess);
        Assert.Equal(text, guess.GetString(bytes));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Tells_it_by_the_first_bytes_wherever_they_are_cut(string name, string text)
    {
        byte[] bytes = TestEncodings.Get(name).GetBytes(text);
        for (int cut = bytes.Length; cut > bytes.Length - 8; cut--)
            Assert.Equal(CodePages.NameOf(LegacyGuess.Of(bytes)!), CodePages.NameOf(LegacyGuess.Of(bytes.AsSpan(0, cut))!));
    }

    [Theory]
    [InlineData("windows-1252", "Être ou ne pas être, voilà la question. Où est passée la forêt dont rêvait l’élève ? Dès l’été, à l’aube.")]
    [InlineData("windows-1252", "Größere Übungen für müde Füße – „schön“ wär’s, sagte Jürgen Müßig und aß süße Äpfel über Öl.")]
    [InlineData("windows-1252", "El niño soñó que mañana habría más año nuevo; ¿quién sabrá qué pasó después? ¡Olé, señor Núñez!")]
    [InlineData("windows-1252", "Påskägg på ön: åtta små grå ålar åt åtta små blå får på Åland när våren kom för länge sedan.")]
    [InlineData("windows-1250", "Příliš žluťoučký kůň úpěl ďábelské ódy a šťastně běžel přes řeku k dřevěnému mostu.")]
    [InlineData("windows-1253", "Ο γρήγορος καφέ αλεπού πηδάει πάνω από το τεμπέλικο σκυλί και μετά ξεκουράζεται κάτω από ένα δέντρο.")]
    [InlineData("windows-1254", "Hızlı kahverengi tilki tembel köpeğin üzerinden atlar, sonra yaşlı bir karaağacın gölgesinde dinlenir.")]
    public void Keeps_silent_about_what_it_cannot_know(string name, string text) =>
        Assert.Null(LegacyGuess.Of(TestEncodings.Get(name).GetBytes(text)));

    [Fact]
    public void Keeps_silent_about_short_texts()
    {
        Assert.Null(LegacyGuess.Of(TestEncodings.Get("koi8-r").GetBytes("Привет")));
        Assert.Null(LegacyGuess.Of(TestEncodings.Get("shift_jis").GetBytes("日本語")));
        Assert.Null(LegacyGuess.Of(TestEncodings.Get("gb18030").GetBytes("中文")));
    }

    [Fact]
    public void Keeps_silent_about_noise() => Gen.Byte.Array[200, 2000].Sample(bytes => LegacyGuess.Of(bytes) is null, seed: "0000KDsgXXg1", iter: 2000);
}
