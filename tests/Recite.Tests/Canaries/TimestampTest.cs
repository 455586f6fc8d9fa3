using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Recite.Canaries;
using Recite.Indexing;
using Recite.Testing.Files;
using Recite.Testing.Servers;

namespace Recite.Tests.Canaries;

public sealed class TimestampTest
{
    private static readonly byte[] s_root = SHA256.HashData([1, 2, 3]);

    [Fact]
    public async Task A_token_over_the_root_is_taken_and_says_when_and_who()
    {
        using var authority = new TimestampAuthority();
        byte[] token = await Request(authority);
        TimestampProof proof = TimestampProof.Check(token, s_root, []);
        Assert.Null(proof.Problem);
        Assert.Equal(TimestampAuthority.Time, proof.Time);
        Assert.Equal("CN=Test authority", proof.Authority);
        Assert.Null(proof.IsTrusted);
    }

    [Fact]
    public async Task A_token_leads_to_the_authority_that_was_named_and_to_no_other()
    {
        using var authority = new TimestampAuthority();
        using var other = new TimestampAuthority();
        byte[] token = await Request(authority);
        Assert.True(TimestampProof.Check(token, s_root, [X509Certificate2.CreateFromPem(authority.Pem)]).IsTrusted);
        Assert.Contains("does not lead", TimestampProof.Check(token, s_root, [X509Certificate2.CreateFromPem(other.Pem)]).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_byte_of_what_a_token_says_or_signs_can_change()
    {
        using var authority = new TimestampAuthority();
        byte[] token = await Request(authority);
        byte[] other = [.. s_root];
        other[5] ^= 1;
        Assert.Contains("another root", TimestampProof.Check(token, other, []).Problem, StringComparison.Ordinal);
        Assert.NotNull(TimestampProof.Check([.. token, 0], s_root, []).Problem);
        Assert.NotNull(TimestampProof.Check([], s_root, []).Problem);
        int unnoticed = 0;
        for (int at = 0; at < token.Length; at++)
        {
            byte[] damaged = [.. token];
            damaged[at] ^= 1;
            TimestampProof proof = TimestampProof.Check(damaged, s_root, []);
            unnoticed += proof.Problem is null && proof.Time != TimestampAuthority.Time ? 1 : 0;
        }

        Assert.Equal(0, unnoticed);
    }

    [Fact]
    public async Task Answers_that_do_not_fit_are_refused()
    {
        using var refusing = new TimestampAuthority { Status = 2 };
        using var nonce = new TimestampAuthority { ChangesNonce = true };
        using var hash = new TimestampAuthority { ChangesHash = true };
        using var purpose = new TimestampAuthority(isForTimestamps: false);
        foreach (TimestampAuthority authority in new[] { refusing, nonce, hash, purpose })
            Assert.Contains("timestamp server", (await Assert.ThrowsAsync<ReciteException>(() => Request(authority))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_that_fail_or_flood_are_refused_in_a_sentence()
    {
        await Refused(_ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable), "status 503");
        await Refused(_ => new HttpResponseMessage { Content = new ByteArrayContent(new byte[TimestampProof.MostBytes + 5]) }, "64 KiB");
        await Refused(_ => new HttpResponseMessage { Content = new ByteArrayContent([1, 2, 3]) }, "does not fit");
        await Refused(_ => throw new HttpRequestException("connection refused"), "cannot be reached");
    }

    [Fact]
    public async Task A_commitment_keeps_its_token_and_verify_reads_it_without_a_network()
    {
        using var authority = new TimestampAuthority();
        using var folder = new TemporaryFolder();
        CanaryEscrow escrow = CanaryScene.Create();
        byte[] token = await Request(authority, Convert.FromHexString(escrow.Commit().Root));
        CanaryEvidence evidence = CanaryScene.Write(folder, escrow, escrow.Commit() with { Token = token }) with { Authorities = [X509Certificate2.CreateFromPem(authority.Pem)] };
        IReadOnlyList<CanaryCheck> checks = CanaryVerifier.Verify(evidence, TestContext.Current.CancellationToken);
        Assert.All(checks, c => Assert.True(c.Holds, c.Result));
        Assert.Contains("2026-03-04T05:06:07Z", checks.Single(c => c.What == "date").Result, StringComparison.Ordinal);
        Assert.Equal(token, CanaryFiles.ReadCommitment(evidence.Commitment).Token);

        using var bare = new TemporaryFolder();
        CanaryEvidence undated = CanaryScene.Write(bare, escrow) with { Authorities = evidence.Authorities };
        Assert.Contains(CanaryVerifier.Verify(undated, TestContext.Current.CancellationToken), c => c is { What: "date", Holds: false });
    }

    private static async Task<byte[]> Request(TimestampAuthority authority, byte[]? root = null)
    {
        using var http = new HttpClient(new Handler(request => new HttpResponseMessage { Content = new ByteArrayContent(authority.Answer(request)) }));
        return await TimestampServer.RequestAsync(http, new Uri("http://authority.example.org/"), root ?? s_root, TestContext.Current.CancellationToken);
    }

    private static async Task Refused(Func<byte[], HttpResponseMessage> answer, string words)
    {
        using var http = new HttpClient(new Handler(answer));
        ReciteException error = await Assert.ThrowsAsync<ReciteException>(() => TimestampServer.RequestAsync(http, new Uri("http://authority.example.org/"), s_root, TestContext.Current.CancellationToken));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private sealed class Handler(Func<byte[], HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
    }
}
