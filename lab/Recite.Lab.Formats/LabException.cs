namespace Recite.Lab.Formats;

/// <summary>The lab cannot go on: the message says what is wrong, where, and what to do.</summary>
public sealed class LabException(string message) : Exception(message);
