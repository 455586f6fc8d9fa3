namespace Recite.Cli.Commands;

/// <summary>Targets that are files: which part of an id is a path, and where it starts from.</summary>
internal static class TargetPath
{
    private static readonly string[] s_fileProviders = ["onnx:", "replay:"];

    /// <summary>The id with its path as seen from the configuration's folder.</summary>
    public static string FromConfigFolder(string target, CommandContext context) => Map(target, path => AuditSettings.FromConfigFolder(path, context));

    /// <summary>The id with its path changed; ids of servers stay as they are.</summary>
    public static string Map(string target, Func<string, string> change)
    {
        foreach (string provider in s_fileProviders)
        {
            if (target.StartsWith(provider, StringComparison.Ordinal) && target.Length > provider.Length)
                return provider + change(target[provider.Length..]);
        }

        return target;
    }
}
