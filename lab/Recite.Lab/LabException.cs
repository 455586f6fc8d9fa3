namespace Recite.Lab;

/// <summary>The lab cannot go on: the message says what is wrong, where, and what to do.</summary>
internal sealed class LabException(string message) : Exception(message);
