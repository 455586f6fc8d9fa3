namespace Recite.Runs;

/// <summary>The tables of a run file; <c>docs/formats/run-v1.md</c> explains each column.</summary>
internal static class RunSchema
{
    public const int Version = 2;

    public const string Create = """
        CREATE TABLE meta (
            key   TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE attempt (
            ordinal         INTEGER PRIMARY KEY,
            id              TEXT NOT NULL,
            arm             TEXT NOT NULL,
            probe           TEXT NOT NULL,
            sample          TEXT NOT NULL,
            stratum         TEXT,
            prompt          TEXT NOT NULL,
            prompt_tokens   BLOB,
            suffix          TEXT,
            suffix_tokens   BLOB,
            max_tokens      INTEGER NOT NULL,
            seed            INTEGER NOT NULL,
            document        INTEGER,
            document_id     TEXT,
            document_uri    TEXT,
            prefix_start    INTEGER,
            suffix_start    INTEGER,
            suffix_end      INTEGER,
            UNIQUE (arm, id)
        );
        CREATE TABLE result (
            ordinal           INTEGER PRIMARY KEY REFERENCES attempt (ordinal),
            disposition       TEXT NOT NULL,
            completion        TEXT NOT NULL,
            tokens            BLOB,
            prompt_tokens     INTEGER,
            completion_tokens INTEGER,
            error             TEXT,
            finish_reason     TEXT,
            request_id        TEXT
        );
        """ + CreateScore + "PRAGMA user_version = 2;";

    /// <summary>What makes a file of version 1 one of version 2: it had no scores.</summary>
    public const string Upgrade = CreateScore + "PRAGMA user_version = 2;";

    private const string CreateScore = """

        CREATE TABLE score (
            ordinal           INTEGER NOT NULL REFERENCES attempt (ordinal),
            context           TEXT NOT NULL,
            scheme            TEXT NOT NULL,
            log_probabilities BLOB,
            ranks             BLOB,
            margins           BLOB,
            exact             INTEGER NOT NULL,
            on_border         INTEGER NOT NULL,
            token_count       INTEGER NOT NULL,
            error             TEXT,
            PRIMARY KEY (ordinal, context, scheme)
        ) WITHOUT ROWID;

        """;

    // As for results: the first score stays, except that an error gives way to what is none.
    public const string InsertScore = """
        INSERT INTO score (ordinal, context, scheme, log_probabilities, ranks, margins, exact, on_border, token_count, error)
        VALUES ($ordinal, $context, $scheme, $logProbabilities, $ranks, $margins, $exact, $onBorder, $tokenCount, $error)
        ON CONFLICT (ordinal, context, scheme) DO UPDATE SET
            log_probabilities = excluded.log_probabilities, ranks = excluded.ranks, margins = excluded.margins, exact = excluded.exact,
            on_border = excluded.on_border, token_count = excluded.token_count, error = excluded.error
        WHERE score.error IS NOT NULL AND excluded.error IS NULL
        """;

    // An attempt has one result. A new one replaces an old one only where the old one is an error and the new one is not, so that
    // neither a repeated write nor a failed retry can lose or double anything.
    public const string InsertResult = """
        INSERT INTO result (ordinal, disposition, completion, tokens, prompt_tokens, completion_tokens, error, finish_reason, request_id)
        VALUES ($ordinal, $disposition, $completion, $tokens, $promptTokens, $completionTokens, $error, $finishReason, $requestId)
        ON CONFLICT (ordinal) DO UPDATE SET
            disposition = excluded.disposition, completion = excluded.completion, tokens = excluded.tokens,
            prompt_tokens = excluded.prompt_tokens, completion_tokens = excluded.completion_tokens,
            error = excluded.error, finish_reason = excluded.finish_reason, request_id = excluded.request_id
        WHERE result.disposition = 'error' AND excluded.disposition <> 'error'
        """;

    public const string InsertAttempt = """
        INSERT INTO attempt (ordinal, id, arm, probe, sample, stratum, prompt, prompt_tokens, suffix, suffix_tokens, max_tokens, seed,
            document, document_id, document_uri, prefix_start, suffix_start, suffix_end)
        VALUES ($ordinal, $id, $arm, $probe, $sample, $stratum, $prompt, $promptTokens, $suffix, $suffixTokens, $maxTokens, $seed,
            $document, $documentId, $documentUri, $prefixStart, $suffixStart, $suffixEnd)
        """;
}
