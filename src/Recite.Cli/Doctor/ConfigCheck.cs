using Recite.Cli.Settings;
using Recite.Config;
using Recite.Indexing;

namespace Recite.Cli.Doctor;

/// <summary>The configuration: whether it is understood, which keys its targets need, and which of them reach the network.</summary>
internal static class ConfigCheck
{
    // What each kind of target looks for, and where it connects to unless a variable says otherwise.
    private static readonly (string Provider, string Key, string? AddressVariable, string Address)[] s_vendors =
    [
        ("openai", "OPENAI_API_KEY", "OPENAI_BASE_URL", "https://api.openai.com"),
        ("anthropic", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "https://api.anthropic.com"),
    ];

    /// <summary>Reads the file, if there is one, and looks at each target and at the keys.</summary>
    public static IEnumerable<DoctorFinding> Run(string? path, EnvironmentVariables environment)
    {
        yield return new DoctorFinding(DoctorState.Ok, ".env", environment.File is null ? "none here or above" : "found and read");
        foreach ((_, string key, _, _) in s_vendors)
        {
            yield return environment.Find(key) is null
                ? new DoctorFinding(DoctorState.Missing, key, "not set; only its own targets need it")
                : new DoctorFinding(DoctorState.Ok, key, "set");
        }

        if (path is null)
        {
            yield return new DoctorFinding(DoctorState.Missing, "recite.yaml", "none here; 'recite init' writes one");
            yield break;
        }

        AuditConfig? config = null;
        string? problem = null;
        try
        {
            config = AuditConfigReader.Read(path, environment.Find);
        }
        catch (ReciteException e)
        {
            problem = e.Message;
        }

        if (config is null)
        {
            yield return new DoctorFinding(DoctorState.Wrong, path, problem!);
            yield break;
        }

        yield return new DoctorFinding(DoctorState.Ok, path, "understood");
        foreach (string target in config.Targets.Concat(config.Baseline is { } baseline ? [baseline] : []))
            yield return Look(target, environment);
    }

    private static DoctorFinding Look(string target, EnvironmentVariables environment)
    {
        string provider = target.Split(':', 2)[0];
        if (provider is "http" or "https" && Uri.TryCreate(target, UriKind.Absolute, out Uri? address))
            return Reaches(target, address);

        foreach ((string vendor, string key, string? variable, string vendorAddress) in s_vendors)
        {
            if (!string.Equals(vendor, provider, StringComparison.Ordinal))
                continue;
            if (environment.Find(key) is null)
                return new DoctorFinding(DoctorState.Wrong, target, $"needs the environment variable {key}, which is not set");
            return Uri.TryCreate((variable is null ? null : environment.Find(variable)) ?? vendorAddress, UriKind.Absolute, out Uri? at)
                ? Reaches(target, at)
                : new DoctorFinding(DoctorState.Wrong, target, $"{variable} holds no address");
        }

        return new DoctorFinding(DoctorState.Ok, target, "stays on this machine");
    }

    private static DoctorFinding Reaches(string target, Uri address) => address.IsLoopback
        ? new DoctorFinding(DoctorState.Ok, target, $"asks {address.Host}, which is this machine")
        : new DoctorFinding(DoctorState.Network, target, $"would reach {address.Host} over the network");
}
