using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Recite.Indexing;

namespace Recite.Canaries;

/// <summary>Asks a timestamp authority over HTTP (RFC 3161, section 3.4). Only the root leaves this machine; it tells nothing of the canaries.</summary>
public static class TimestampServer
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>A token over the root, verified: it answers this request (nonce), speaks of this root and is signed.</summary>
    /// <exception cref="ReciteException">The server cannot be reached, refuses, or answers something that does not fit.</exception>
    public static async Task<byte[]> RequestAsync(HttpClient http, Uri server, byte[] root, CancellationToken cancellationToken)
    {
        Rfc3161TimestampRequest request = Rfc3161TimestampRequest.CreateFromHash(
            root, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(16), requestSignerCertificates: true);
        byte[] answer = await SendAsync(http, server, request.Encode(), cancellationToken);
        try
        {
            Rfc3161TimestampToken token = request.ProcessResponse(answer, out int consumed);
            byte[] encoded = token.AsSignedCms().Encode();
            if (consumed != answer.Length)
                throw new ReciteException($"The timestamp server {server} sent something behind its answer; no timestamp was taken.");
            return TimestampProof.Check(encoded, root, []).Problem is { } problem
                ? throw new ReciteException($"The timestamp server {server} sent a token that does not fit: {problem}")
                : encoded;
        }
        catch (CryptographicException error)
        {
            throw new ReciteException($"The timestamp server {server} refused, or its answer does not fit the request: {error.Message}", error);
        }
    }

    private static async Task<byte[]> SendAsync(HttpClient http, Uri server, byte[] request, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            using var content = new ByteArrayContent(request);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
            using var message = new HttpRequestMessage(HttpMethod.Post, server) { Content = content };
            using HttpResponseMessage response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (!response.IsSuccessStatusCode)
                throw new ReciteException($"The timestamp server {server} answered with status {(int)response.StatusCode}; try again later, another server, or without --timestamp-server.");
            await using Stream stream = await response.Content.ReadAsStreamAsync(patience.Token);
            byte[] answer = new byte[TimestampProof.MostBytes + 1];
            int length = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, patience.Token);
            return length < answer.Length
                ? answer[..length]
                : throw new ReciteException($"The timestamp server {server} answered with more than 64 KiB, which is no timestamp.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ReciteException($"The timestamp server {server} cannot be reached: {error.Message} Try again later, another server, or without --timestamp-server.", error);
        }
    }
}
