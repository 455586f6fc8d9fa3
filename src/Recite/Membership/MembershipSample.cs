using Recite.Targets;

namespace Recite.Membership;

/// <summary>One text whose membership is known, with what the target and the baseline make of it.</summary>
/// <param name="Text">The text that was scored.</param>
/// <param name="IsMember">Whether the target is said to have been trained on it.</param>
/// <param name="Target">The target's scores.</param>
/// <param name="Reference">The baseline's scores of the same text; <see langword="null"/> where there is no baseline.</param>
public sealed record MembershipSample(string Text, bool IsMember, SuffixScore Target, SuffixScore? Reference);
