using System.Globalization;
using System.Text;
using Recite.Indexing;

namespace Recite.Config;

/// <summary>The file being read: how it is called in errors, and what <c>${env:NAME}</c> stands for.</summary>
internal sealed class ConfigSource(string file, Func<string, string?> environment)
{
    private const string Opening = "${env:";

    /// <summary>What was written, by the value it became; only strings that took something from the environment.</summary>
    public Dictionary<string, string> Written { get; } = new(StringComparer.Ordinal);

    public ReciteException Error(ConfigNode node, string path, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file}:{node.Line}:{node.Column}: '{path}' {what}."));

    /// <summary>The scalar's text with references to the environment replaced.</summary>
    public string Text(ConfigNode node, string path)
    {
        if (node is not ConfigScalar scalar || scalar.IsNull)
            throw Error(node, path, "must be a single value");
        if (!scalar.Text.Contains(Opening, StringComparison.Ordinal))
            return scalar.Text;

        string expanded = Expand(scalar, path);
        Written[expanded] = scalar.Text;
        return expanded;
    }

    private string Expand(ConfigScalar scalar, string path)
    {
        string text = scalar.Text;
        var result = new StringBuilder();
        int at = 0;
        while (text.IndexOf(Opening, at, StringComparison.Ordinal) is var start && start >= 0)
        {
            int end = text.IndexOf('}', start);
            if (end < 0)
                throw Error(scalar, path, "has a '${env:' without its '}'");

            string name = text[(start + Opening.Length)..end];
            string value = environment(name)
                ?? throw Error(scalar, path, $"needs the environment variable '{name}', which is not set");
            result.Append(text, at, start - at).Append(value);
            at = end + 1;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
