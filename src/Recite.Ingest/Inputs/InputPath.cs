namespace Recite.Ingest.Inputs;

/// <summary>A file to read.</summary>
/// <param name="FullPath">Where it is, or null for standard input and for what is no file of its own. Never leaves this project.</param>
/// <param name="Name">What it is called: the path below the input that was given, with <c>/</c>.</param>
/// <param name="Content">How it is opened if it is neither a file nor standard input.</param>
internal readonly record struct InputPath(string? FullPath, string Name, InputContent? Content = null);

/// <summary>A file that lies in something else.</summary>
/// <param name="OpenAsync">Opens it, before the next is opened.</param>
/// <param name="Origin">What the URI of its documents says behind the name, such as <c>@</c> and a commit.</param>
internal sealed record InputContent(Func<CancellationToken, Task<Stream>> OpenAsync, string Origin);
