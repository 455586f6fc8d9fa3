using Recite.Indexing.Corpora;

namespace Recite.SelfTest.Rows;

/// <summary>A claim to be checked: this span of this text stands at these places.</summary>
/// <param name="Text">The text, UTF-8.</param>
/// <param name="Start">First byte of the span.</param>
/// <param name="End">One past the last.</param>
/// <param name="Sources">Every place that was named.</param>
public sealed record ClaimedSpan(ReadOnlyMemory<byte> Text, int Start, int End, IReadOnlyList<ClaimedSource> Sources);

/// <summary>A place that a claim names; offsets count bytes of the document.</summary>
/// <param name="Document">Id of the document.</param>
/// <param name="Start">First byte.</param>
/// <param name="End">One past the last.</param>
public sealed record ClaimedSource(string Document, long Start, long End);

/// <summary>What is claimed of one text.</summary>
/// <param name="index">The corpus.</param>
/// <param name="text">Any text.</param>
/// <param name="cancellationToken">Stops the search.</param>
public delegate IReadOnlyList<ClaimedSpan> MatchClaims(CorpusIndex index, ReadOnlyMemory<byte> text, CancellationToken cancellationToken);

/// <summary>What an audit of the bundled model claims.</summary>
/// <param name="context">Model and corpus.</param>
/// <param name="cancellationToken">Stops the audit.</param>
public delegate Task<IReadOnlyList<ClaimedSpan>> AuditClaims(SelfTestContext context, CancellationToken cancellationToken);
