using Recite.Indexing;

namespace Recite.Models.Http;

/// <summary>
/// The secret that opens a server and the name of the variable that holds it. The value is read when a connection is made,
/// goes into one request header and nowhere else: <see cref="ToString"/> and every message name only the variable.
/// </summary>
internal sealed class ApiKey(string variable, bool required, Func<string, string?> environment)
{
    private const int MaximumLength = 4096;
    private string? value;

    /// <summary>The environment variable that was looked for.</summary>
    public string Variable => variable;

    /// <summary>Whether the variable held a key.</summary>
    public bool IsSet => value is not null;

    /// <summary>Reads the variable.</summary>
    /// <exception cref="ReciteException">A key is required and missing, or what was found cannot be one.</exception>
    public void Load(string targetId)
    {
        string? found = environment(variable)?.Trim();
        if (string.IsNullOrEmpty(found))
        {
            if (required)
                throw new ReciteException($"The target {targetId} needs a key: set the environment variable {variable}, which is not set.");
            value = null;
            return;
        }

        if (found.Length > MaximumLength || found.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ReciteException($"The environment variable {variable} holds no usable key: a key is one line of printable ASCII without spaces.");

        value = found;
    }

    /// <summary>Puts the key into a header, if there is one.</summary>
    public void Authorize(HttpRequestMessage message, string header, string prefix = "")
    {
        if (value is not null)
            message.Headers.TryAddWithoutValidation(header, prefix + value);
    }

    /// <summary>The text without the key: servers sometimes say it back.</summary>
    public string Redact(string text) =>
        value is null ? text : text.Replace(value, "(key)", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"key from {variable}";
}
