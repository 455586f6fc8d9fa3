using System.Globalization;
using Recite.Membership.Blind;

namespace Recite.SelfTest.Rows;

/// <summary>Decides whether membership scores of these members and non-members may be shown.</summary>
/// <param name="members">Texts of members.</param>
/// <param name="nonMembers">Texts of non-members.</param>
/// <param name="seed">Seed of the cross-validation.</param>
public delegate BlindVerdict JudgeSplit(IReadOnlyList<string> members, IReadOnlyList<string> nonMembers, ulong seed);

/// <summary>
/// T13: splits whose classes differ in topic, length or dates, at 25, 100 and 1,000 texts a class. Every one has to be refused: the small
/// ones because nothing can be excluded with so few texts, the large ones because the difference shows. A gate that refuses everything would
/// pass that, so fair splits of the largest size have to be let through at least once, too.
/// </summary>
/// <param name="judge">The gate; the real one by default.</param>
/// <param name="draws">Splits drawn of each kind at 25 a class; a quarter as many at 100 and a tenth at the largest size.</param>
/// <param name="largest">Texts a class in the largest splits.</param>
public sealed class BlindGateRow(JudgeSplit? judge = null, int draws = 80, int largest = 1000) : ISelfTestRow
{
    private const double Confidence = 0.95;

    private readonly JudgeSplit _judge = judge ?? ((members, nonMembers, seed) => BlindGate.Judge(members, nonMembers, seed, Confidence));

    /// <inheritdoc/>
    public string Id => "T13";

    /// <inheritdoc/>
    public string Bar => "blind baselines refuse every shifted split, at 25, 100 and 1,000 a class; a fair one of 1,000 can pass";

    /// <inheritdoc/>
    public Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken) =>
        Task.Run(() => Measure(context.Seed, cancellationToken), cancellationToken);

    private RowMeasure Measure(ulong seed, CancellationToken cancellationToken)
    {
        var parts = new List<string>();
        bool holds = true;
        foreach ((int size, int count) in new[] { (25, draws), (100, Math.Max(1, draws / 4)), (largest, Math.Max(1, draws / 10)) })
        {
            int refused = 0, shifted = 0;
            foreach (SplitShift shift in new[] { SplitShift.Topic, SplitShift.Length, SplitShift.Dates })
            {
                refused += Draw(shift, size, count, seed, cancellationToken).Count(verdict => !verdict.IsOpen);
                shifted += count;
            }

            holds &= refused == shifted;
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{refused} of {shifted} at {size}"));
        }

        int fair = Math.Max(4, draws / 8);
        int open = Draw(SplitShift.None, largest, fair, seed, cancellationToken).Count(verdict => verdict.IsOpen);
        return new RowMeasure(
            string.Create(CultureInfo.InvariantCulture, $"refused {string.Join(", ", parts)}; fair splits of {largest} let through: {open} of {fair}"),
            holds && open > 0);
    }

    private IEnumerable<BlindVerdict> Draw(SplitShift shift, int size, int count, ulong seed, CancellationToken cancellationToken)
    {
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var texts = new SplitTexts(HashCode(seed, shift, size, i));
            yield return _judge(texts.Make(size, areMembers: true, shift), texts.Make(size, areMembers: false, shift), seed + (ulong)i);
        }
    }

    // A seed of its own for every split, the same on every machine.
    private static int HashCode(ulong seed, SplitShift shift, int size, int draw) =>
        (int)((seed + ((ulong)shift * 1_000_003) + ((ulong)size * 7919) + ((ulong)draw * 104_729)) % int.MaxValue);
}
