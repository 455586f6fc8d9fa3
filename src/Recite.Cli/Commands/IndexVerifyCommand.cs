using System.CommandLine;
using System.Text.Json.Nodes;
using Recite.Cli.Terminal;
using Recite.Indexing.Corpora;

namespace Recite.Cli.Commands;

/// <summary><c>recite index verify</c>: whether every byte of an index is what was written.</summary>
internal sealed class IndexVerifyCommand : ReciteCommand
{
    private readonly Argument<string> _index;

    /// <summary>Creates the command.</summary>
    public IndexVerifyCommand()
        : base(
            "verify",
            "Checks every byte of an index against its manifest; exit code 2 when something is wrong.",
            "recite index verify books.rix",
            "recite index verify books.rix --json",
            "recite index verify books.rix && recite audit -c books.rix -t onnx:models/demo") =>
        _index = With(IndexArgument.Create());

    /// <inheritdoc/>
    public override bool UsesConfigFile => false;

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = context.Parsed.GetRequiredValue(_index);
        IReadOnlyList<string> problems = CorpusVerifier.Verify(path, cancellationToken);
        if (context.Terminal.Json)
        {
            JsonOutput.Write(context.Terminal.Output, new JsonObject
            {
                ["schema"] = "recite.index-verify/1",
                ["path"] = path,
                ["sound"] = problems.Count == 0,
                ["problems"] = new JsonArray([.. problems.Select(problem => JsonValue.Create(problem))]),
            });
        }
        else if (problems.Count == 0)
        {
            context.Terminal.Output.WriteLine($"{TerminalText.Of(path)} is sound: every byte is what was written.");
        }

        foreach (string problem in problems)
            context.Terminal.Fail(problem);
        return Task.FromResult(problems.Count == 0 ? ExitCodes.Ok : ExitCodes.Usage);
    }
}
