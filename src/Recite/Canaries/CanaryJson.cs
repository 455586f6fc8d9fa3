using System.Text.Json;
using Recite.Indexing;

namespace Recite.Canaries;

/// <summary>The private list as <c>recite.canaries/1</c> and the commitment as <c>recite.canary-commitment/1</c>.</summary>
internal static class CanaryJson
{
    public const string ListSchema = "recite.canaries/1";

    public const string CommitmentSchema = "recite.canary-commitment/1";

    private const int MostCopies = 100_000;

    public static byte[] Write(CanaryEscrow escrow) => SealedJson.Write(json =>
    {
        json.WriteString("schema", ListSchema);
        json.WriteString("seed", escrow.Seed);
        Write(json, escrow.Parameters);
        json.WriteString("root", escrow.Commit().Root);
        json.WriteStartArray("canaries");
        foreach (CanaryEntry entry in escrow.Entries)
            Write(json, entry);
        json.WriteEndArray();
    });

    public static CanaryEscrow ReadEscrow(JsonFields root)
    {
        CheckSchema(root, ListSchema, "canary list");
        if (!root.Has("parameters"))
            throw new ReciteException($"{root.Where}: this list has no parameters and salts, so nothing was committed to and nothing can be verified; 'recite canary create' makes one that can.");
        return new CanaryEscrow(
            ReadParameters(root.Object("parameters")),
            root.Hex("seed", 32),
            [.. root.Objects("canaries").Take(CanaryParameters.MostTexts + 1).Select(ReadEntry)]);
    }

    public static byte[] Write(CanaryCommitment commitment) => SealedJson.Write(json =>
    {
        json.WriteString("schema", CommitmentSchema);
        json.WriteString("tree", "sha256, RFC 6962");
        Write(json, commitment.Parameters);
        json.WriteString("texts", commitment.Texts);
        json.WriteString("roles", commitment.Roles);
        json.WriteString("root", commitment.Root);
        json.WriteString("date", commitment.Token is null ? CanaryCommitment.Unproven : "rfc3161");
        if (commitment.Token is { } token)
            json.WriteBase64String("timestamp", token);
    });

    public static CanaryCommitment ReadCommitment(JsonFields root)
    {
        CheckSchema(root, CommitmentSchema, "commitment");
        byte[]? token = null;
        if (root.TextOrNull("timestamp") is { } text)
        {
            byte[] bytes = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, bytes, out int length))
                throw new ReciteException($"{root.Where}: 'timestamp' is not base64.");
            token = bytes[..length];
        }

        return new CanaryCommitment(ReadParameters(root.Object("parameters")), root.Hex("texts", 32), root.Hex("roles", 32), token);
    }

    public static CanaryParameters ReadParameters(JsonFields fields)
    {
        if (fields.Text("generator") is var generator and not CanaryParameters.Generator)
            throw new ReciteException($"{fields.Where}: the generator '{generator}' is not one that this version knows ({CanaryParameters.Generator}); use the version that made the list.");
        var parameters = new CanaryParameters
        {
            Kind = CanaryParameters.ParseKind(fields.Text("kind")) ?? throw new ReciteException($"{fields.Where}: '{fields.Text("kind")}' is no kind of canary; there are words, secret and passage."),
            Groups = fields.Whole("groups", 1, CanaryParameters.MostTexts),
            DecoysPerGroup = fields.Whole("decoysPerGroup", 1, CanaryParameters.MostTexts),
            Words = fields.Whole("words", 1, 1000),
            WordList = fields.Text("wordList"),
            Duplicates = fields.Wholes("duplicates"),
            SeedIsRandom = fields.Flag("seedIsRandom"),
            Created = fields.Text("created"),
        };
        parameters.Check();
        return parameters;
    }

    /// <summary>One entry; lists of the lab and of users have no more than id, duplicates and text.</summary>
    public static CanaryEntry ReadEntry(JsonFields fields)
    {
        int duplicates = fields.Whole("duplicates", 0, int.MaxValue);
        string text = fields.Text("text");
        string? secret = fields.TextOrNull("secret");
        if (text.Length == 0 || (secret is not null && (secret.Length == 0 || !text.Contains(secret, StringComparison.Ordinal))))
            throw new ReciteException($"{fields.Where}: the text is empty, or does not hold its secret.");
        return new CanaryEntry
        {
            Id = fields.Text("id"),
            Group = fields.Has("group") ? fields.Whole("group", 0, CanaryParameters.MostTexts) : -1,
            IsPlanted = fields.TextOrNull("role") switch
            {
                "planted" => true,
                "decoy" => false,
                null => duplicates > 0,
                var other => throw new ReciteException($"{fields.Where}: the role '{other}' is neither 'planted' nor 'decoy'."),
            },
            Duplicates = duplicates,
            Text = text,
            Secret = secret,
            Salt = fields.Has("salt") ? fields.Hex("salt", 32) : "",
            RoleSalt = fields.Has("roleSalt") ? fields.Hex("roleSalt", 32) : "",
            Copies = fields.Has("copies")
                ? [.. fields.Objects("copies").Take(MostCopies).Select(c => new CanaryCopy(c.Text("file"), c.Long("line"), c.Long("offset"), c.Flag("inDocument")))]
                : [],
        };
    }

    public static void CheckSchema(JsonFields root, string schema, string what)
    {
        if (!string.Equals(root.TextOrNull("schema"), schema, StringComparison.Ordinal))
            throw new ReciteException($"{root.Where} is no {what}: its 'schema' is not '{schema}'.");
    }

    private static void Write(Utf8JsonWriter json, CanaryParameters parameters)
    {
        json.WriteStartObject("parameters");
        json.WriteString("generator", CanaryParameters.Generator);
        json.WriteString("kind", CanaryParameters.Word(parameters.Kind));
        json.WriteNumber("groups", parameters.Groups);
        json.WriteNumber("decoysPerGroup", parameters.DecoysPerGroup);
        json.WriteNumber("words", parameters.Words);
        json.WriteString("wordList", parameters.WordList);
        json.WriteStartArray("duplicates");
        foreach (int duplicates in parameters.Duplicates)
            json.WriteNumberValue(duplicates);
        json.WriteEndArray();
        json.WriteBoolean("seedIsRandom", parameters.SeedIsRandom);
        json.WriteString("created", parameters.Created);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CanaryEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.Id);
        json.WriteNumber("group", entry.Group);
        json.WriteString("role", entry.Role);
        json.WriteNumber("duplicates", entry.Duplicates);
        json.WriteString("text", entry.Text);
        if (entry.Secret is { } secret)
            json.WriteString("secret", secret);
        json.WriteString("salt", entry.Salt);
        json.WriteString("roleSalt", entry.RoleSalt);
        if (entry.Copies.Count > 0)
        {
            json.WriteStartArray("copies");
            foreach (CanaryCopy copy in entry.Copies)
            {
                json.WriteStartObject();
                json.WriteString("file", copy.File);
                json.WriteNumber("line", copy.Line);
                json.WriteNumber("offset", copy.Offset);
                json.WriteBoolean("inDocument", copy.InDocument);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
