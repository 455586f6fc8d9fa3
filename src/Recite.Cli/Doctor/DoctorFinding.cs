namespace Recite.Cli.Doctor;

/// <summary>What a finding means for the user.</summary>
internal enum DoctorState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Not there, and needed only for something that may never be asked.</summary>
    Missing,

    /// <summary>Would reach the network when used.</summary>
    Network,

    /// <summary>Must be mended.</summary>
    Wrong,
}

/// <summary>One line of the diagnosis.</summary>
/// <param name="State">What it means.</param>
/// <param name="Subject">What was looked at.</param>
/// <param name="Text">What was found, and what to do about it.</param>
internal sealed record DoctorFinding(DoctorState State, string Subject, string Text)
{
    /// <summary>The state as it is printed.</summary>
    public string Word => State switch
    {
        DoctorState.Ok => "ok",
        DoctorState.Missing => "missing",
        DoctorState.Network => "network",
        _ => "wrong",
    };
}
