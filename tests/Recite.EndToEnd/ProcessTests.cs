namespace Recite.EndToEnd;

/// <summary>Tests that kill processes at measured moments run one after the other, when nothing else of ours uses the processor.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessTests
{
    public const string Name = "Processes one at a time";
}
