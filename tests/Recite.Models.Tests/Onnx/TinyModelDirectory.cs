using System.Text.Json.Nodes;
using Recite.Models.Onnx;
using Recite.Models.Tests.Tokenizers;
using Recite.Testing.Onnx;

namespace Recite.Models.Tests.Onnx;

/// <summary>A model directory with a <see cref="TinyDecoder"/> and a small tokenizer, to be bent by each test.</summary>
internal sealed class TinyModelDirectory : IDisposable
{
    private readonly TokenizerFixture _tokenizer = new();

    public TinyModelDirectory(TinyDecoderShape? shape = null, string graphName = "model.onnx")
    {
        Shape = shape ?? new TinyDecoderShape();
        Model = new TinyDecoder(Shape);
        _tokenizer.Load();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(graphName))!);
        System.IO.File.WriteAllBytes(File(graphName), Model.ToModel());
        WriteConfiguration();
    }

    public TinyDecoderShape Shape { get; }

    public TinyDecoder Model { get; }

    public string Path => _tokenizer.Path;

    public int EndOfText => _tokenizer.EndOfTextId;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void WriteConfiguration(params (string Name, JsonNode? Value)[] members)
    {
        var configuration = new JsonObject
        {
            ["model_type"] = "gpt2",
            ["n_positions"] = Shape.Context,
            ["n_head"] = Shape.Heads,
            ["n_embd"] = Shape.Width,
            ["eos_token_id"] = EndOfText,
        };
        foreach ((string name, JsonNode? value) in members) configuration[name] = value;
        Write("config.json", configuration.ToJsonString());
    }

    public void Write(string name, string content) => System.IO.File.WriteAllText(File(name), content);

    public async Task<OnnxTarget> ConnectAsync(OnnxOptions? options = null)
    {
        var target = new OnnxTarget(Path, options ?? new OnnxOptions { Threads = 1 });
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        return target;
    }

    public void Dispose() => _tokenizer.Dispose();
}
