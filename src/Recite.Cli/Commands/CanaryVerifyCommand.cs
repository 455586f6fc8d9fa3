using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Recite.Canaries;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Indexing;

namespace Recite.Cli.Commands;

/// <summary><c>recite canary verify</c>: whether a reveal is what was committed to, and its p-value what the scores give.</summary>
internal sealed class CanaryVerifyCommand : ReciteCommand
{
    private readonly Argument<string> _list;
    private readonly Setting<string?> _commitment;
    private readonly Setting<string?> _scores;
    private readonly Setting<string?> _authority;
    private readonly Setting<string?> _wordList;

    /// <summary>Creates the command.</summary>
    public CanaryVerifyCommand()
        : base(
            "verify",
            "Checks a revealed list against the commitment that was published, and the p-value against the scores; exit code 3 when something does not fit.",
            "recite canary verify canaries.json --commitment canaries.commitment.json",
            "recite canary verify canaries.json --commitment canaries.commitment.json --scores scores.json",
            "recite canary verify canaries.json --commitment canaries.commitment.json --authority tsa.pem --json")
    {
        _list = With(CanarySettings.ListArgument());
        _commitment = With(SettingFactory.Text("--commitment", "FILE", "The commitment that was published.", defaultText: "the list's name with .commitment.json"));
        _scores = With(SettingFactory.Text("--scores", "FILE", "What 'recite canary score' wrote."));
        _authority = With(SettingFactory.Text("--authority", "FILE.pem", "Certificates of the timestamp authority to trust."));
        _wordList = With(CanarySettings.WordList("The words that the canaries were made from, one a line."));
    }

    /// <inheritdoc/>
    public override bool UsesConfigFile => false;

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string list = context.Parsed.GetRequiredValue(_list);
        IReadOnlyList<CanaryCheck> checks = CanaryVerifier.Verify(new CanaryEvidence
        {
            List = list,
            Commitment = context.Value(_commitment) ?? Path.ChangeExtension(list, null) + ".commitment.json",
            Scores = context.Value(_scores),
            WordList = context.Value(_wordList),
            Authorities = context.Value(_authority) is { } path ? ReadCertificates(path) : [],
        }, cancellationToken);

        bool holds = checks.All(c => c.Holds);
        if (context.Terminal.Json)
        {
            JsonOutput.Write(context.Terminal.Output, new JsonObject
            {
                ["schema"] = "recite.canary-verify/1",
                ["holds"] = holds,
                ["checks"] = new JsonArray([.. checks.Select(c => new JsonObject { ["check"] = c.What, ["holds"] = c.IsOpen ? null : c.Holds, ["result"] = c.Result })]),
            });
        }
        else
        {
            PlainTable.Write(context.Terminal.Output, [["check", "", "result"], .. checks.Select(c => (IReadOnlyList<string>)[c.What, c.IsOpen ? "not proven" : c.Holds ? "ok" : "FAILS", c.Result])]);
        }

        foreach (CanaryCheck check in checks.Where(c => !c.Holds))
            context.Terminal.Fail($"{check.What}: {check.Result}");
        return Task.FromResult(holds ? ExitCodes.Ok : ExitCodes.GateFailed);
    }

    private static X509Certificate2Collection ReadCertificates(string path)
    {
        try
        {
            X509Certificate2Collection certificates = [];
            certificates.ImportFromPemFile(path);
            return certificates.Count > 0 ? certificates : throw new ReciteException($"{path} holds no certificate; give the authority's certificate in PEM.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"The certificates {path} cannot be read: {(File.Exists(path) ? error.Message.TrimEnd('.') : "there is no such file; see whether its name is right")}.", error);
        }
        catch (CryptographicException error)
        {
            throw new ReciteException($"{path} is no file of PEM certificates: {error.Message}", error);
        }
    }
}
