namespace Recite.Models.Http.Scoring;

/// <summary>A way of asking a server for the scores of a prompt; replies bring <see cref="ReceivedReply.Scored"/>.</summary>
internal interface IScoringProtocol : IWireProtocol
{
    /// <summary>The name on the report: the field that asks for scores.</summary>
    string Method { get; }
}
