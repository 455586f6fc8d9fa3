using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Canaries;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Indexing;

namespace Recite.Cli.Commands;

/// <summary><c>recite canary create</c>: a private list of canaries and decoys, and the commitment to publish.</summary>
internal sealed class CanaryCreateCommand : ReciteCommand
{
    private static readonly string[] s_kinds = ["words", "secret", "passage"];

    private readonly Setting<string> _kind;
    private readonly Setting<int?> _count;
    private readonly Setting<int?> _decoys;
    private readonly Setting<int?> _words;
    private readonly Setting<string?> _wordList;
    private readonly Setting<IReadOnlyList<int>?> _duplicates;
    private readonly Setting<ulong?> _seed;
    private readonly Setting<string?> _output;
    private readonly Setting<string?> _commitment;
    private readonly Setting<string?> _server;

    /// <summary>Creates the command.</summary>
    public CanaryCreateCommand()
        : base(
            "create",
            "Makes canaries and decoys, throws the coins that decide which are planted, and writes the commitment to publish before training.",
            "recite canary create -o canaries.json",
            "recite canary create --kind secret --count 64 --decoys 15 --duplicates 1,4,16 -o canaries.json",
            "recite canary create -o canaries.json --timestamp-server http://timestamp.example.org/tsr")
    {
        _kind = With(SettingFactory.Word("--kind", "Random words, a sentence with a secret that nobody owns, or a passage.", s_kinds, "words"));
        _count = With(SettingFactory.Number("--count", "N", "Canaries to plant.", 1, defaultText: "32"));
        _decoys = With(SettingFactory.Number("--decoys", "N", "Decoys for each of them, never planted.", 1, defaultText: "31"));
        _words = With(SettingFactory.Number("--words", "N", "Words of a text.", 4, defaultText: "24; passages 48"));
        _wordList = With(CanarySettings.WordList("Words to use, one a line."));
        _duplicates = With(CanarySettings.Duplicates("Copies of the planted canaries, in turn.", "1"));
        _seed = With(CanarySettings.Seed("Make the same list again; a seed that can be guessed proves nothing.", "random, recorded"));
        _output = With(SettingFactory.Text("--output", "FILE", "The private list; keep it secret until the reveal.", defaultText: "canaries.json", aliases: "-o"));
        _commitment = With(SettingFactory.Text("--commitment", "FILE", "The public commitment.", defaultText: "the list's name with .commitment.json"));
        _server = With(SettingFactory.Text("--timestamp-server", "URL", "Have the commitment dated by an RFC 3161 authority."));
    }

    /// <inheritdoc/>
    public override bool UsesConfigFile => false;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string output = context.Value(_output) ?? "canaries.json";
        string published = context.Value(_commitment) ?? Path.ChangeExtension(output, null) + ".commitment.json";
        foreach (string path in new[] { output, published }.Where(Path.Exists))
            throw new ReciteException($"'{path}' exists already, and what was committed to is never replaced; name another file.");
        OutputPlace.Check(output);
        OutputPlace.Check(published);

        CanaryKind kind = CanaryParameters.ParseKind(context.Value(_kind))!.Value;
        var parameters = new CanaryParameters
        {
            Kind = kind,
            Groups = context.Value(_count) ?? 32,
            DecoysPerGroup = context.Value(_decoys) ?? 31,
            Words = context.Value(_words) ?? (kind == CanaryKind.Passage ? 48 : 24),
            Duplicates = context.Value(_duplicates) ?? [1],
            Created = context.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        CanaryEscrow escrow = CanaryEscrow.Create(parameters, CanarySettings.Words(context.Value(_wordList)), context.Value(_seed));
        CanaryCommitment commitment = escrow.Commit();
        if (context.Value(_server) is { } server)
            commitment = commitment with { Token = await TimestampAsync(server, commitment, cancellationToken) };

        CanaryFiles.WriteList(output, escrow);
        CanaryFiles.WriteCommitment(published, commitment);
        Print(context.Terminal, escrow, commitment, output, published);
        return ExitCodes.Ok;
    }

    private static async Task<byte[]> TimestampAsync(string server, CanaryCommitment commitment, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            throw new ReciteException($"--timestamp-server: '{server}' is no http or https address.");
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.UserAgent.ParseAdd("recite");
        return await TimestampServer.RequestAsync(http, address, Convert.FromHexString(commitment.Root), cancellationToken);
    }

    private static void Print(CommandTerminal terminal, CanaryEscrow escrow, CanaryCommitment commitment, string output, string published)
    {
        int planted = escrow.Entries.Count(e => e.IsPlanted);
        if (terminal.Json)
        {
            JsonOutput.Write(terminal.Output, new JsonObject
            {
                ["schema"] = "recite.canary-create/1",
                ["list"] = output,
                ["commitment"] = published,
                ["root"] = commitment.Root,
                ["planted"] = planted,
                ["decoys"] = escrow.Entries.Count - planted,
                ["dated"] = commitment.Token is not null,
            });
            return;
        }

        PlainTable.Write(terminal.Output,
        [
            ["root", commitment.Root],
            ["to plant", Wording.Count(planted, "canary", "canaries")],
            ["decoys", Wording.Count(escrow.Entries.Count - planted)],
            ["date", commitment.Token is null ? "not proven: only the clock of this machine says when the list was made" : "timestamp of an RFC 3161 authority"],
            ["publish", published],
            ["keep secret", output],
        ]);
        if (!escrow.Parameters.SeedIsRandom)
            terminal.Say("The seed was chosen and not drawn: this list can be made again by whoever guesses it, and proves nothing.");
    }
}
