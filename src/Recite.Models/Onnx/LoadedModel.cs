using Microsoft.ML.OnnxRuntime;
using Recite.Indexing;
using Recite.Models.Tokenizers;

namespace Recite.Models.Onnx;

/// <summary>A model that has been read, tried and found to fit; everything a target works with.</summary>
internal sealed class LoadedModel : IDisposable
{
    private LoadedModel(CausalDecoder decoder, DecoderTrial trial, DecoderConfiguration configuration, ByteLevelTokenizer tokenizer, string digest) =>
        (Decoder, Trial, Configuration, Tokenizer, Digest) = (decoder, trial, configuration, tokenizer, digest);

    /// <summary>The graph and its session.</summary>
    public CausalDecoder Decoder { get; }

    /// <summary>What a few tokens showed.</summary>
    public DecoderTrial Trial { get; }

    /// <summary>What the configuration says.</summary>
    public DecoderConfiguration Configuration { get; }

    /// <summary>The tokenizer beside the model.</summary>
    public ByteLevelTokenizer Tokenizer { get; }

    /// <summary>Digest of the weights.</summary>
    public string Digest { get; }

    /// <summary>Reads everything and runs the trial.</summary>
    /// <exception cref="ReciteException">Something is missing, broken or does not fit, in one sentence.</exception>
    public static LoadedModel Load(string directory, int? threads, CancellationToken cancellationToken)
    {
        ModelFiles files = ModelFiles.Find(directory);
        DecoderConfiguration configuration = DecoderConfiguration.Read(files);
        ByteLevelTokenizer tokenizer = TokenizerDirectory.Load(directory);
        string digest = files.ComputeDigest(cancellationToken);
        CausalDecoder? decoder = null;
        try
        {
            InferenceSession session = OpenSession(files.Graph, threads);
            decoder = new CausalDecoder(session, DecoderGraph.Read(session, configuration));
            DecoderTrial trial = DecoderTrial.Run(decoder, cancellationToken);
            if (tokenizer.LargestId >= trial.VocabularySize)
                throw new FormatException($"has a vocabulary of {trial.VocabularySize} tokens, but the tokenizer beside it goes up to id {tokenizer.LargestId}");
            return new LoadedModel(decoder, trial, configuration, tokenizer, digest);
        }
        catch (FormatException e)
        {
            decoder?.Dispose();
            throw new ReciteException($"{files.Graph} {e.Message}; use a decoder exported in the layout of Hugging Face Optimum.", e);
        }
        catch (OnnxRuntimeException e)
        {
            decoder?.Dispose();
            throw new ReciteException($"{files.Graph} cannot be run by ONNX Runtime ({RuntimeMessage.Shorten(e)}); export or copy the model again.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Decoder.Dispose();

    private static InferenceSession OpenSession(string path, int? threads)
    {
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = Math.Clamp(threads ?? Environment.ProcessorCount, 1, Environment.ProcessorCount),
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                // Failures arrive as exceptions; what the runtime would print besides is not for the user's terminal.
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
            // Waiting threads sleep: spinning doubles the processor time, and with anything else running it doubles the wall time too.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            return new InferenceSession(path, options);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException)
        {
            throw new ReciteException("The native library of ONNX Runtime cannot be loaded on this platform; install the package Microsoft.ML.OnnxRuntime beside the program.", e);
        }
    }
}
