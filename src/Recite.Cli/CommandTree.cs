using System.CommandLine;
using System.CommandLine.Help;
using Recite.Cli.Commands;
using Recite.Cli.Help;
using Recite.Cli.Settings;

namespace Recite.Cli;

/// <summary>All commands with the options that each of them takes.</summary>
internal sealed class CommandTree
{
    private CommandTree(RootCommand root, GlobalSettings global)
    {
        Root = root;
        Global = global;
    }

    /// <summary>The whole command line.</summary>
    public RootCommand Root { get; }

    /// <summary>The options of every command.</summary>
    public GlobalSettings Global { get; }

    /// <summary>Every command below the root, groups included.</summary>
    public IEnumerable<ReciteCommand> Commands => Below(Root);

    /// <summary>Builds the tree anew; parsing keeps no state in it.</summary>
    public static CommandTree Create()
    {
        var global = new GlobalSettings();
        var root = new RootCommand("finds out whether a generative model recites its training data, and proves where from");
        var tree = new CommandTree(root, global);
        root.Add(new DemoCommand());
        root.Add(new InitCommand());
        root.Add(new CommandGroup(
            "index",
            "Makes a corpus searchable, and keeps it so while it changes.",
            ["recite index build books/ -o books.rix", "recite index add books.rix new-books/", "recite index info books.rix"],
            new IndexBuildCommand(),
            new IndexAddCommand(),
            new IndexRemoveCommand(),
            new IndexMergeCommand(),
            new IndexInfoCommand(),
            new IndexVerifyCommand(),
            new IndexDuplicatesCommand()));
        root.Add(new MatchCommand());
        root.Add(new AuditCommand());
        root.Add(new CommandGroup(
            "canary",
            "Plants secrets before training and proves afterwards whether a model was trained on them.",
            ["recite canary create -o canaries.json", "recite canary plant canaries.json train.jsonl -o planted.jsonl", "recite canary score canaries.json -t onnx:models/after -o scores.json"],
            new CanaryCreateCommand(),
            new CanaryPlantCommand(),
            new CanaryScoreCommand(),
            new CanaryVerifyCommand()));
        root.Add(new CommandGroup(
            "runs",
            "Lists, shows, exports and removes audits that were made.",
            ["recite runs ls", "recite runs show 1a2b3c", "recite runs export 1a2b3c --as replay > outputs.jsonl"],
            new RunsListCommand(),
            new RunsShowCommand(),
            new RunsRemoveCommand(),
            new RunsExportCommand()));
        root.Add(new ReportCommand());
        root.Add(new SelfTestCommand());
        root.Add(new DoctorCommand());
        root.Add(new CommandGroup(
            "config",
            "Shows every effective value and where it came from.",
            ["recite config show", "recite config show --json", "RECITE_CORPUS=books.rix recite config show"],
            new ConfigShowCommand(tree)));
        root.Add(new CompletionCommand());

        foreach (Setting setting in global.All)
        {
            setting.Option.Recursive = true;
            root.Add(setting.Option);
        }

        ReplaceHelp(root, tree);
        return tree;
    }

    private static void ReplaceHelp(RootCommand root, CommandTree tree)
    {
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        VersionOption version = root.Options.OfType<VersionOption>().Single();
        version.Description = "Print the version.";
        version.Recursive = true;
        version.Action = new VersionPrinter();
        root.Add(new HelpOption("--help", "-h") { Description = "Print this help.", Action = new HelpPrinter(tree) });
        // Without a command, the help is the answer; it is no error to ask what there is.
        root.Action = new HelpPrinter(tree);
    }

    private static IEnumerable<ReciteCommand> Below(Command command) =>
        command.Subcommands.OfType<ReciteCommand>().SelectMany(sub => Below(sub).Prepend(sub));
}
