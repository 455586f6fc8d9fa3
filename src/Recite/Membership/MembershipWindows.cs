using System.Text;
using Recite.Config;
using Recite.Controls;
using Recite.Indexing.Corpora;
using Recite.Indexing.Text;
using Recite.Probes;

namespace Recite.Membership;

/// <summary>
/// Draws the texts: one window per document, of members from the corpus and of non-members from the held-out documents, each drawn uniformly
/// over documents. A held-out document that shares a span of at least the guarantee with the corpus is no non-member; windows with the same
/// normalized text count once.
/// </summary>
internal sealed class MembershipWindows(ProbeContext context, IReadOnlyList<Document> heldOut, MembershipConfig config)
{
    private readonly SampleMaker _maker = new PrefixProbe(new PrefixProbeConfig
    {
        // One unit of prefix: something has to stand before what is scored, and no more of it than must.
        Prefix = new TextLength(1, config.Window.Unit),
        Suffix = new TextLength(Math.Max(1, config.Window.Value - 1), config.Window.Unit),
    }).CreateMaker(context);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private int Most => Math.Min(config.Samples, context.Config.Limit ?? int.MaxValue);

    /// <summary>Held-out documents that were left out because they share text with the corpus.</summary>
    public int Shared { get; private set; }

    /// <summary>Windows of the corpus.</summary>
    public IReadOnlyList<Sample> DrawMembers(CancellationToken cancellationToken)
    {
        long documents = context.Index.DocumentCount;
        int most = (int)Math.Min(documents, 20L * Most);
        List<long> numbers = [.. SeededRandom.For(context.Config.Seed, "membership documents").Draw(documents, most)];
        SeededRandom.For(context.Config.Seed, "membership order").Shuffle(numbers);
        return Cut(
            numbers.Select(number =>
            {
                DocumentEntry entry = context.Index.GetDocument(number);
                byte[] text = context.Index.ReadText(number, 0, (int)Math.Min(entry.Bytes, SampleDraw.LongestRead));
                return (number, new Document(entry.Id, entry.Uri, text));
            }),
            cancellationToken);
    }

    /// <summary>Windows of the held-out documents.</summary>
    public IReadOnlyList<Sample> DrawNonMembers(CancellationToken cancellationToken)
    {
        List<Document> documents = [.. heldOut];
        SeededRandom.For(context.Config.Seed, "membership held-out").Shuffle(documents);
        return Cut(documents.Where(d => !IsShared(d, cancellationToken)).Select(d => (-1L, d)), cancellationToken);
    }

    private bool IsShared(Document document, CancellationToken cancellationToken)
    {
        bool shares = HeldOutNull.SharesSpan(context, document, cancellationToken);
        Shared += shares ? 1 : 0;
        return shares;
    }

    private List<Sample> Cut(IEnumerable<(long Number, Document Document)> documents, CancellationToken cancellationToken)
    {
        var samples = new List<Sample>();
        foreach ((long number, Document document) in documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (samples.Count == Most)
                break;
            Sample? sample = _maker.Cut(number, document.Id, document.Uri, 0, HeldOutNull.Bounded(document.Text), out _);
            if (sample is not null && _seen.Add(Encoding.UTF8.GetString(sample.Key.Span)))
                samples.Add(sample);
        }

        return samples;
    }
}
