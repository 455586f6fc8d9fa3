using System.Reflection;

namespace Recite.Cli;

/// <summary>The version that reports and <c>--version</c> name.</summary>
internal static class ProductVersion
{
    /// <summary>For instance <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
