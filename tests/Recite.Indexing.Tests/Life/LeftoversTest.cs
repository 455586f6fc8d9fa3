using Recite.Indexing.Corpora;
using Recite.Testing.Files;

namespace Recite.Indexing.Tests.Life;

/// <summary>
/// Every state of the disk that a killed change can leave, put there by hand, the short ones that no random kill would meet included: some
/// files of the new index beside the old one, its manifest still under a temporary name, the new manifest with files of the old index not yet
/// removed. The index is the old one or the new one, and the next writer sweeps.
/// </summary>
public sealed class LeftoversTest
{
    private const string First = "The keeper of the small harbour light wrote down every ship that passed, and the colour of its sails.";

    public static TheoryData<string> Changes => ["build", "add", "remove", "merge"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_killed_at_any_step_leaves_the_old_index_or_the_new_one(string change)
    {
        using var folder = new TemporaryFolder();
        using var corpus = new LivingCorpus(SmallCorpus.Options(32, segmentBytes: 1));
        corpus.Build(First, "Something else that is long enough.", First);
        corpus.Add("Yet another text, of which nothing is known so far.");
        corpus.Remove("d1");
        string old = folder.At("old"), changed = folder.At("new");
        Copy(corpus.Path, old);
        Change(corpus, change);
        Copy(corpus.Path, changed);
        string oldDigest = ManifestFile.Read(old).Digest, newDigest = ManifestFile.Read(changed).Digest;
        Assert.NotEqual(oldDigest, newDigest);

        string[] added = [.. Names(changed).Except(Names(old), StringComparer.Ordinal)];
        for (int written = 0; written <= added.Length; written++)
        {
            // The last file of those so far is only half written and has its temporary name.
            string index = folder.At($"killed-{written}.rix");
            Copy(old, index);
            foreach (string name in added[..written])
                File.Copy(Path.Combine(changed, "segments", name), Path.Combine(index, "segments", name));
            File.WriteAllBytes(Path.Combine(index, "segments", ".building-0.text"), new byte[100]);
            File.WriteAllBytes(Path.Combine(index, "segments", ".building-run0.keys"), new byte[10]);
            AssertIsAndCanBeWritten(index, oldDigest);
        }

        string uncommitted = folder.At("uncommitted.rix");
        Copy(old, uncommitted);
        Union(changed, uncommitted);
        File.Copy(Path.Combine(changed, "manifest.json"), Path.Combine(uncommitted, ".building-manifest.json"));
        AssertIsAndCanBeWritten(uncommitted, oldDigest);

        string unswept = folder.At("unswept.rix");
        Copy(old, unswept);
        Union(changed, unswept);
        File.Copy(Path.Combine(changed, "manifest.json"), Path.Combine(unswept, "manifest.json"), overwrite: true);
        AssertIsAndCanBeWritten(unswept, newDigest);
    }

    private static void Change(LivingCorpus corpus, string change)
    {
        switch (change)
        {
            case "build": corpus.Build("A new corpus of one text, long enough to be found."); break;
            case "add": corpus.Add(First, "A text that is new, and long enough to be found."); break;
            case "remove": corpus.Remove("d0"); break;
            default: corpus.Merge(); break;
        }
    }

    private static void AssertIsAndCanBeWritten(string index, string digest)
    {
        Assert.Empty(CorpusVerifier.Verify(index, TestContext.Current.CancellationToken));
        Assert.Equal(digest, ManifestFile.Read(index).Digest);
        IndexManifest merged = CorpusMerger.MergeAsync(index, SmallCorpus.Options(32), null, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        Assert.Equal(merged.Segments.SelectMany(segment => segment.Files()).Select(file => file.File).Distinct().Order(StringComparer.Ordinal), Names(index));
        Assert.Equal(["manifest.json", "segments"], Directory.EnumerateFileSystemEntries(index).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(CorpusVerifier.Verify(index, TestContext.Current.CancellationToken));
    }

    private static string[] Names(string index) =>
        [.. Directory.EnumerateFiles(Path.Combine(index, "segments")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "segments"));
        File.Copy(Path.Combine(from, "manifest.json"), Path.Combine(to, "manifest.json"));
        Union(from, to);
    }

    private static void Union(string from, string to)
    {
        foreach (string name in Names(from))
            File.Copy(Path.Combine(from, "segments", name), Path.Combine(to, "segments", name), overwrite: true);
    }
}
