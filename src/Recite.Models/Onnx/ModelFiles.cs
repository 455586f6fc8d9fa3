using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Recite.Indexing;

namespace Recite.Models.Onnx;

/// <summary>Where the parts of a decoder exported by Hugging Face Optimum stand in its directory.</summary>
/// <param name="Directory">The directory as given.</param>
/// <param name="Graph">Path of the graph.</param>
/// <param name="Configuration">Path of config.json.</param>
/// <param name="GenerationConfiguration">Path of generation_config.json, which may not exist.</param>
internal sealed record ModelFiles(string Directory, string Graph, string Configuration, string GenerationConfiguration)
{
    // In the order of preference; the folder "onnx" is how repositories that hold several formats keep theirs.
    private static readonly string[] s_graphNames =
    [
        "model.onnx", "decoder_model_merged.onnx", "decoder_model.onnx",
        "onnx/model.onnx", "onnx/decoder_model_merged.onnx", "onnx/decoder_model.onnx",
    ];

    /// <summary>Finds the files.</summary>
    /// <exception cref="ReciteException">The directory is none, or one of the two files that must be there is not.</exception>
    public static ModelFiles Find(string directory)
    {
        if (!System.IO.Directory.Exists(directory))
            throw new ReciteException($"{directory} is not a directory; onnx: takes the directory that holds model.onnx, config.json and the tokenizer.");
        string graph = s_graphNames.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists)
            ?? throw new ReciteException($"{directory} holds no model.onnx (nor decoder_model_merged.onnx); export the model with Hugging Face Optimum.");
        string configuration = Path.Combine(directory, "config.json");
        if (!File.Exists(configuration)) throw new ReciteException($"{directory} holds no config.json; copy the one that was exported with the model.");
        return new ModelFiles(directory, graph, configuration, Path.Combine(directory, "generation_config.json"));
    }

    /// <summary>
    /// SHA-256 of the weights as <c>sha256:HEX</c>: of the graph's file alone, or, where weights stand in files beside it
    /// (<c>model.onnx_data</c>), of the lines <c>HEX  NAME</c> of all of them in ordinal order, as sha256sum prints them.
    /// </summary>
    /// <exception cref="ReciteException">A file cannot be read.</exception>
    public string ComputeDigest(CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(Graph);
        string[] files = [.. System.IO.Directory.GetFiles(Path.GetDirectoryName(Graph)!, name + "*").Order(StringComparer.Ordinal)];
        if (files.Length == 1) return "sha256:" + HashFile(files[0], cancellationToken);
        string lines = string.Concat(files.Select(file => $"{HashFile(file, cancellationToken)}  {Path.GetFileName(file)}\n"));
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
    }

    private static string HashFile(string path, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"{path} cannot be read ({e.Message.TrimEnd('.')}); check that it may be read.", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
