namespace Recite.Probes;

/// <summary>Measures lengths along one text. All offsets are UTF-8 bytes and stand on code point borders.</summary>
internal interface IRuler
{
    /// <summary>Where a stretch of <paramref name="count"/> units begins that ends at <paramref name="end"/>; negative where there is no room.</summary>
    int Back(int end, int count);

    /// <summary>Where a stretch of <paramref name="count"/> units ends that begins at <paramref name="start"/>; negative where there is no room.</summary>
    int Forward(int start, int count);
}
