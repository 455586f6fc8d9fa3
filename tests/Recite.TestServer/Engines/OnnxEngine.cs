using System.Text;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace Recite.TestServer.Engines;

/// <summary>
/// A decoder in the layout of Hugging Face's Optimum, one prompt at a time over a bare ONNX Runtime session. It shares no code with
/// what it is there to check.
/// </summary>
internal sealed class OnnxEngine : IReplyEngine, IDisposable
{
    private readonly InferenceSession session;
    private readonly BytePairs vocabulary;
    private readonly int contextTokens;
    private readonly int endOfText;
    private readonly bool beginsWithEndOfText;
    private readonly string[] pastNames;
    private readonly string[] outputNames;
    private readonly bool takesPositions;

    public OnnxEngine(string directory)
    {
        using Microsoft.ML.OnnxRuntime.SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        session = new InferenceSession(Path.Combine(directory, "model.onnx"), options);
        vocabulary = new BytePairs(directory);
        JsonElement config = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "config.json"))).RootElement;
        contextTokens = config.GetProperty("max_position_embeddings").GetInt32();
        endOfText = config.GetProperty("eos_token_id").GetInt32();
        JsonElement tokenizer = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "tokenizer_config.json"))).RootElement;
        beginsWithEndOfText = tokenizer.TryGetProperty("add_bos_token", out JsonElement adds) && adds.GetBoolean();
        pastNames = [.. session.InputNames.Where(name => name.StartsWith("past_key_values.", StringComparison.Ordinal))];
        outputNames = ["logits", .. pastNames.Select(name => name.Replace("past_key_values.", "present.", StringComparison.Ordinal))];
        takesPositions = session.InputNames.Contains("position_ids", StringComparer.Ordinal);
    }

    public Answer Reply(Question question)
    {
        List<int> prompt = vocabulary.Encode(question.Prompt);
        if (beginsWithEndOfText || prompt.Count == 0)
            prompt.Insert(0, endOfText);
        if (prompt.Count >= contextTokens)
            throw new ContextExceededException($"This model's maximum context length is {contextTokens} tokens; the prompt has {prompt.Count}.");

        IReadOnlyList<PromptToken>? scored = question.PromptTop is { } top ? Score(prompt, top) : null;
        ulong state = question.Seed;
        Decoder characters = Encoding.UTF8.GetDecoder();
        List<ReplyToken> reply = [];
        List<int> fed = prompt;
        int length = 0;
        List<OrtValue> past = StartPast();
        string ending = "length";
        try
        {
            while (reply.Count < question.MaxTokens && length + fed.Count <= contextTokens)
            {
                double[] logProbabilities = Run(fed, length, ref past)[^1];
                length += fed.Count;
                int token = question.Temperature <= 0
                    ? Array.IndexOf(logProbabilities, logProbabilities.Max())
                    : Draw(logProbabilities, question.Temperature, ref state);
                if (token == endOfText)
                {
                    ending = "stop";
                    break;
                }

                reply.Add(new ReplyToken(Decode(characters, vocabulary.Decode(token), flush: false), logProbabilities[token]));
                fed = [token];
            }
        }
        finally
        {
            past.ForEach(value => value.Dispose());
        }

        if (reply.Count > 0)
            reply[^1] = reply[^1] with { Text = reply[^1].Text + Decode(characters, [], flush: true) };
        return new Answer(reply, ending, prompt.Count) { Prompt = scored };
    }

    public void Dispose() => session.Dispose();

    private static string Decode(Decoder characters, byte[] bytes, bool flush)
    {
        char[] buffer = new char[bytes.Length + 4];
        return new string(buffer, 0, characters.GetChars(bytes, 0, bytes.Length, buffer, 0, flush));
    }

    private List<OrtValue> StartPast() =>
        [.. pastNames.Select(name =>
        {
            int[] shape = session.InputMetadata[name].Dimensions;
            return OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), [1, shape[1], 0, shape[3]]);
        })];

    // Log-probabilities after each fed token, at temperature 1; the past grows by what was fed.
    private double[][] Run(List<int> fed, int length, ref List<OrtValue> past)
    {
        List<string> names = ["input_ids", "attention_mask", .. pastNames];
        using OrtValue ids = OrtValue.CreateTensorValueFromMemory(fed.Select(id => (long)id).ToArray(), [1, fed.Count]);
        using OrtValue mask = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, length + fed.Count).ToArray(), [1, length + fed.Count]);
        using OrtValue positions = OrtValue.CreateTensorValueFromMemory(Enumerable.Range(length, fed.Count).Select(i => (long)i).ToArray(), [1, fed.Count]);
        List<OrtValue> inputs = [ids, mask, .. past];
        if (takesPositions)
        {
            names.Add("position_ids");
            inputs.Add(positions);
        }

        using RunOptions run = new();
        IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, names, inputs, outputNames);
        past.ForEach(value => value.Dispose());
        past = [.. outputs.Skip(1)];
        using OrtValue logits = outputs[0];
        ReadOnlySpan<float> all = logits.GetTensorDataAsSpan<float>();
        int size = all.Length / fed.Count;
        double[][] after = new double[fed.Count][];
        for (int i = 0; i < after.Length; i++)
            after[i] = Normalize(all.Slice(i * size, size).ToArray());
        return after;
    }

    private static double[] Normalize(float[] logits)
    {
        double largest = logits.Max();
        double logSum = largest + Math.Log(logits.Sum(logit => Math.Exp(logit - largest)));
        return [.. logits.Select(logit => logit - logSum)];
    }

    private List<PromptToken> Score(List<int> prompt, int top)
    {
        List<OrtValue> past = StartPast();
        double[][] after = Run(prompt, 0, ref past);
        past.ForEach(value => value.Dispose());
        List<PromptToken> tokens = [new(prompt[0], vocabulary.Decode(prompt[0]), LogProbability: null, Rank: 0, Top: [])];
        for (int i = 1; i < prompt.Count; i++)
        {
            double[] here = after[i - 1];
            int[] best = [.. Enumerable.Range(0, here.Length).OrderByDescending(id => here[id]).ThenBy(id => id).Take(top)];
            tokens.Add(new PromptToken(
                prompt[i],
                vocabulary.Decode(prompt[i]),
                here[prompt[i]],
                here.Count(value => value > here[prompt[i]]),
                [.. best.Select(id => new Candidate(id, vocabulary.Decode(id), here[id]))]));
        }

        return tokens;
    }

    // SplitMix64 for the draw, inverse of the cumulative distribution for the token.
    private static int Draw(double[] logProbabilities, double temperature, ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong bits = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        bits ^= bits >> 31;
        double[] weights = [.. logProbabilities.Select(value => Math.Exp(value / temperature))];
        double left = (bits >> 11) * (1.0 / (1UL << 53)) * weights.Sum();
        for (int token = 0; token < weights.Length; token++)
        {
            left -= weights[token];
            if (left < 0)
                return token;
        }

        return weights.Length - 1;
    }
}
