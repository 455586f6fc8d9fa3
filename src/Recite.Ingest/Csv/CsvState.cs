namespace Recite.Ingest.Csv;

/// <summary>Where in a record of comma-separated values a reader stands.</summary>
internal enum CsvState
{
    /// <summary>At the first byte of a field.</summary>
    FieldStart,

    /// <summary>In a field without quotes, or behind the quotes of one that goes on after them.</summary>
    Plain,

    /// <summary>Inside quotes.</summary>
    Quoted,

    /// <summary>Behind a quote inside quotes, which ends them unless another follows.</summary>
    QuoteInQuotes,
}
