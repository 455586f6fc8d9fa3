using System.Buffers;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Recite.Indexing.Text;

namespace Recite.Benchmarks.Indexing;

/// <summary>Normalization of a mebibyte, without the map (builds) and with it (queries).</summary>
[MemoryDiagnoser]
public class TextNormalizerBenchmarks
{
    private const int Bytes = 1 << 20;

    private TextNormalizer _normalizer = TextNormalizer.For("text");
    private readonly ArrayBufferWriter<byte> _output = new(2 * Bytes);
    private byte[] _text = [];
    private int _expected;

    [Params("ascii", "accents", "cjk")]
    public string Text { get; set; } = "";

    [Params("text/1", "text/2", "code/1")]
    public string Profile { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        string ascii = string.Concat(BenchmarkCorpus.Make(400, 7).Select(document => Encoding.UTF8.GetString(document.Text.Span)));
        string text = Text switch
        {
            "accents" => ascii.Replace('e', 'é').Replace('u', 'ü'),
            "cjk" => string.Concat(ascii.Select(c => c is >= 'a' and <= 'z' ? (char)(0x4E00 + (c * 37)) : '。')),
            _ => ascii,
        };
        string[] profile = Profile.Split('/');
        _normalizer = TextNormalizer.For(profile[0], int.Parse(profile[1], CultureInfo.InvariantCulture));
        _text = Encoding.UTF8.GetBytes(text)[..Bytes];
        _expected = _normalizer.NormalizeWithMap(_text).Bytes.Length;
    }

    [Benchmark(Baseline = true)]
    public int Normalize()
    {
        _output.ResetWrittenCount();
        _normalizer.Normalize(_text, _output);
        return Checked(_output.WrittenCount);
    }

    [Benchmark]
    public int NormalizeWithMap() => Checked(_normalizer.NormalizeWithMap(_text).Bytes.Length);

    private int Checked(int length) => length == _expected ? length : throw new InvalidOperationException($"{length} bytes where {_expected} were expected");
}
