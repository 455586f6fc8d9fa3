using System.Text.Json.Nodes;
using Recite.Cli.Doctor;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;

namespace Recite.Cli.Commands;

/// <summary><c>recite doctor</c>: what is here, what is missing, and what would reach the network.</summary>
internal sealed class DoctorCommand : ReciteCommand
{
    private readonly Setting<bool> _offline;

    /// <summary>Creates the command.</summary>
    public DoctorCommand()
        : base(
            "doctor",
            "Says what is installed, what is missing, and what would reach the network.",
            "recite doctor",
            "recite doctor --offline",
            "recite doctor --json") =>
        _offline = With(SettingFactory.Flag("--offline", "Exit with 2 when the configuration would reach the network, or when this process opened a socket."));

    /// <inheritdoc/>
    // A broken recite.yaml is one of the things to be diagnosed.
    public override bool UsesConfigFile => false;

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        bool offline = context.Value(_offline);
        string? config = context.Value(context.Global.Config) ?? (File.Exists(ConfigFile.DefaultName) ? ConfigFile.DefaultName : null);
        List<DoctorFinding> findings =
        [
            .. MachineCheck.Run(),
            .. NativeCheck.Run(),
            .. BundleCheck.Run(AppContext.BaseDirectory),
            .. ConfigCheck.Run(config, context.Settings.Environment),
        ];
        // Last, so that whatever the other checks loaded has had its chance to open one.
        findings.Add(SocketCheck.Run());

        bool wrong = findings.Exists(finding => finding.State == DoctorState.Wrong || (offline && finding.State == DoctorState.Network));
        if (context.Terminal.Json)
        {
            JsonOutput.Write(context.Terminal.Output, new JsonObject
            {
                ["schema"] = "recite.doctor/1",
                ["ok"] = !wrong,
                ["findings"] = new JsonArray([.. findings.Select(finding => new JsonObject
                {
                    ["state"] = finding.Word,
                    ["subject"] = finding.Subject,
                    ["finding"] = finding.Text,
                })]),
            });
        }
        else
        {
            PlainTable.Write(context.Terminal.Output, [.. findings.Select(finding => (string[])[finding.Word, finding.Subject, finding.Text])]);
        }

        return Task.FromResult(wrong ? ExitCodes.Usage : ExitCodes.Ok);
    }
}
