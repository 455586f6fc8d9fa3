using Recite.Canaries;
using Recite.Config;
using Recite.Evidence;
using Recite.Indexing;
using Recite.Testing.Files;

namespace Recite.Tests.Canaries;

public sealed class CanaryEscrowTest
{
    [Fact]
    public void The_same_seed_gives_the_same_list_and_another_seed_another()
    {
        Assert.Equal(CanaryScene.Create().Entries, CanaryScene.Create().Entries, (a, b) => a with { Copies = [] } == b with { Copies = [] } || (a.Text == b.Text && a.Salt == b.Salt && a.IsPlanted == b.IsPlanted));
        Assert.Equal(CanaryScene.Create().Commit().Root, CanaryScene.Create().Commit().Root);
        Assert.NotEqual(CanaryScene.Create().Commit().Root, CanaryScene.Create(seed: 12).Commit().Root);
    }

    [Fact]
    public void Without_a_seed_no_two_lists_are_alike_and_the_seed_says_it_was_random()
    {
        CanaryEscrow first = CanaryScene.Create(seed: null), second = CanaryScene.Create(seed: null);
        Assert.NotEqual(first.Seed, second.Seed);
        Assert.True(first.Parameters.SeedIsRandom);
        Assert.False(CanaryScene.Create().Parameters.SeedIsRandom);
        Assert.Empty(first.Entries.Select(e => e.Text).Intersect(second.Entries.Select(e => e.Text)));
    }

    [Fact]
    public void Each_group_has_one_planted_text_and_its_place_is_not_always_the_same()
    {
        CanaryEscrow escrow = CanaryScene.Create(groups: 60, decoys: 3);
        int[] places = [.. Enumerable.Range(0, 60).Select(g => escrow.Entries.Where(e => e.Group == g).ToList().FindIndex(e => e.IsPlanted))];
        Assert.All(Enumerable.Range(0, 60), g => Assert.Single(escrow.Entries, e => e.Group == g && e.IsPlanted));
        Assert.Equal([0, 1, 2, 3], places.Distinct().Order());
        Assert.All(escrow.Entries, e => Assert.Equal(e.IsPlanted ? 1 + (e.Group % 2) : 0, e.Duplicates));
    }

    [Fact]
    public void The_coin_depends_on_the_finished_texts()
    {
        CanaryEscrow escrow = CanaryScene.Create(groups: 40, decoys: 3);
        byte[] seed = Convert.FromHexString(escrow.Seed), root = CanaryEscrow.TextsRoot(escrow.Entries);
        int[] coins = CanaryEscrow.ThrowCoins(escrow.Parameters, seed, root);
        root[0] ^= 1;
        Assert.NotEqual(coins, CanaryEscrow.ThrowCoins(escrow.Parameters, seed, root));
    }

    [Fact]
    public void Secrets_come_from_ranges_that_nobody_owns_and_have_right_check_digits()
    {
        CanaryEscrow escrow = CanaryScene.Create(CanaryKind.Secret, groups: 100, decoys: 1);
        Assert.All(escrow.Entries, e => Assert.EndsWith(" " + e.Secret + ".", e.Text, StringComparison.Ordinal));
        string[] secrets = [.. escrow.Entries.Select(e => e.Secret!)];
        Assert.Equal(secrets.Length, secrets.Distinct().Count());
        string[] kinds = [.. secrets.Select(Kind)];
        Assert.Equal(["card", "iban", "mail", "telephone"], kinds.Distinct().Order());
        Assert.All(secrets, secret => Assert.Contains(Kind(secret), PersonalDataClasses.Find("x " + secret)));
    }

    [Theory]
    [InlineData(CanaryKind.Words)]
    [InlineData(CanaryKind.Passage)]
    public void Texts_have_as_many_words_as_was_asked_for(CanaryKind kind) =>
        Assert.All(CanaryScene.Create(kind).Entries, e => Assert.Equal(8, e.Text.Split(' ').Length));

    [Fact]
    public void A_list_that_was_written_is_read_the_same_and_serves_an_audit_too()
    {
        using var folder = new TemporaryFolder();
        CanaryEscrow escrow = CanaryScene.Create();
        CanaryEvidence files = CanaryScene.Write(folder, escrow);
        CanarySet read = CanarySet.Read(files.List);
        Assert.Equal(escrow.Commit().Root, read.Escrow!.Commit().Root);
        CanaryList list = CanaryList.Read(files.List);
        Assert.Equal(escrow.Entries.Select(e => new Canary(e.Id, e.Duplicates, e.Text)), list.Canaries);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.List));
    }

    [Fact]
    public void What_was_committed_to_is_never_replaced()
    {
        using var folder = new TemporaryFolder();
        CanaryEvidence files = CanaryScene.Write(folder, CanaryScene.Create());
        Assert.Contains("never replaced", Assert.Throws<ReciteException>(() => CanaryFiles.WriteList(files.List, CanaryScene.Create())).Message, StringComparison.Ordinal);
        Assert.Contains("never replaced", Assert.Throws<ReciteException>(() => CanaryFiles.WriteCommitment(files.Commitment, CanaryScene.Create().Commit())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_list_is_used_and_bound()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("words.txt", string.Join('\n', Enumerable.Range(0, 300).Select(i => "w" + (char)('a' + (i % 26)) + (char)('a' + (i / 26)))));
        CanaryEscrow escrow = CanaryEscrow.Create(CanaryScene.Parameters, WordSource.Read(path), 3);
        Assert.Equal(64, escrow.Parameters.WordList.Length);
        Assert.All(escrow.Entries.SelectMany(e => e.Text.Split(' ')), word => Assert.StartsWith("w", word, StringComparison.Ordinal));
        Assert.Throws<ReciteException>(() => WordSource.Read(folder.Write("few.txt", "one\ntwo")));
        Assert.Throws<ReciteException>(() => WordSource.Read(folder.Write("odd.txt", "one two\n")));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(100_000, 2)]
    public void Numbers_out_of_bounds_are_refused(int groups, int decoys) =>
        Assert.Throws<ReciteException>(() => CanaryScene.Create(groups: groups, decoys: decoys));

    private static string Kind(string secret) =>
        secret.Contains('@', StringComparison.Ordinal) ? "mail" : secret.StartsWith("ZZ", StringComparison.Ordinal) ? "iban" : secret.StartsWith("9999 ", StringComparison.Ordinal) ? "card" : secret.Contains(") 555-01", StringComparison.Ordinal) ? "telephone" : "other";
}
