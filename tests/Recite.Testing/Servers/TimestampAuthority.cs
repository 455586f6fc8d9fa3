using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Recite.Testing.Servers;

/// <summary>A small RFC 3161 authority with a certificate of its own making; can be told to answer wrongly.</summary>
public sealed class TimestampAuthority : IDisposable
{
    private const string TstInfoType = "1.2.840.113549.1.9.16.1.4";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    private readonly X509Certificate2 _certificate;

    public TimestampAuthority(string name = "CN=Test authority", bool isForTimestamps = true)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(isForTimestamps ? TimeStamping : "1.3.6.1.5.5.7.3.1")], critical: true));
        _certificate = request.CreateSelfSigned(Time.AddYears(-1), Time.AddYears(1));
    }

    /// <summary>The time on every token.</summary>
    public static DateTimeOffset Time { get; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <summary>The certificate in PEM.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>Answers with this status (0 is granted) and, where it is granted, a token.</summary>
    public int Status { get; init; }

    /// <summary>Whether the nonce of the answer is another than that of the request.</summary>
    public bool ChangesNonce { get; init; }

    /// <summary>Whether the token speaks of another hash than was asked for.</summary>
    public bool ChangesHash { get; init; }

    /// <summary>The answer to a request, DER.</summary>
    public byte[] Answer(byte[] request)
    {
        if (!Rfc3161TimestampRequest.TryDecode(request, out Rfc3161TimestampRequest? asked, out _))
            throw new InvalidDataException("This is no timestamp request.");
        var answer = new AsnWriter(AsnEncodingRules.DER);
        using (answer.PushSequence())
        {
            using (answer.PushSequence())
                answer.WriteInteger(Status);
            if (Status == 0)
                answer.WriteEncodedValue(Sign(asked));
        }

        return answer.Encode();
    }

    /// <summary>Answers every request on a loopback port until it is disposed.</summary>
    public TimestampEndpoint Serve() => new(this);

    public void Dispose() => _certificate.Dispose();

    private byte[] Sign(Rfc3161TimestampRequest asked)
    {
        byte[] hash = asked.GetMessageHash().ToArray();
        byte[]? nonce = asked.GetNonce()?.ToArray();
        if (ChangesHash)
            hash[0] ^= 1;
        if (ChangesNonce && nonce is not null)
            nonce[^1] ^= 1;
        var info = new Rfc3161TimestampTokenInfo(new Oid("1.3.6.1.4.1.99999.1"), asked.HashAlgorithmId, hash, new byte[] { 7 }, Time, null, false, nonce);
        var cms = new SignedCms(new ContentInfo(new Oid(TstInfoType), info.Encode()));
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _certificate) { IncludeOption = X509IncludeOption.EndCertOnly };
        signer.SignedAttributes.Add(new AsnEncodedData(new Oid(SigningCertificateV2), CertificateId()));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    // RFC 5035: SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2 }, whose default algorithm is SHA-256.
    private byte[] CertificateId()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(SHA256.HashData(_certificate.RawData));
        return writer.Encode();
    }
}

/// <summary>An authority that listens.</summary>
public sealed class TimestampEndpoint : IDisposable
{
    private readonly HttpListener _listener = new();

    internal TimestampEndpoint(TimestampAuthority authority)
    {
        // Ports are tried in turn: the listener cannot be asked for a free one.
        for (int port = 40_000 + (Environment.ProcessId % 10_000); ; port++)
        {
            try
            {
                Address = $"http://127.0.0.1:{port}/tsr/";
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add(Address);
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (port < 60_000)
            {
                _listener.Close();
                _listener = new HttpListener();
            }
        }

        _ = Task.Run(() => ServeAsync(authority));
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync(TimestampAuthority authority)
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var request = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(request);
            context.Response.ContentType = "application/timestamp-reply";
            await context.Response.OutputStream.WriteAsync(authority.Answer(request.ToArray()));
            context.Response.Close();
        }
    }
}
