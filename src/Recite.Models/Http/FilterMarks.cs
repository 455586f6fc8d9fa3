using System.Text.Json;

namespace Recite.Models.Http;

/// <summary>
/// Reads what Azure's content filter says about a reply (<c>content_filter_results</c> of a choice, <c>content_filter_result</c> of an
/// error): of all its categories only protected material, text or code that the filter knows to be somebody's, speaks about recitation.
/// </summary>
internal static class FilterMarks
{
    private static readonly string[] s_protected = ["protected_material_text", "protected_material_code"];

    /// <summary>Adds the protected material that was seen in a choice, whole or a piece of a stream.</summary>
    public static void Read(JsonElement choice, ReceivedReply reply) => Add(choice.Field("content_filter_results"), reply);

    /// <summary>The word for a filter that answered with an error: its own code, and the protected material that it names.</summary>
    public static string Word(JsonElement root)
    {
        var reply = new ReceivedReply { FinishReason = FinishReasons.ContentFilter };
        JsonElement error = root.Field("error");
        foreach (JsonElement holder in (JsonElement[])[error, error.Field("innererror")])
        {
            Add(holder.Field("content_filter_result"), reply);
            Add(holder.Field("content_filter_results"), reply);
        }

        return reply.EndedWith!;
    }

    /// <summary>The same for the body of a refusal: its code where it names none of them.</summary>
    public static string Word(string body, ServerError said)
    {
        string word = FinishReasons.ContentFilter;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, JsonFields.Options);
            word = Word(document.RootElement);
        }
        catch (JsonException)
        {
            // Proxies answer in HTML; that a filter spoke is known from the words, and there is nothing more to read.
            return word;
        }

        return word == FinishReasons.ContentFilter && said.Code.Length > 0 ? said.Code : word;
    }

    private static void Add(JsonElement results, ReceivedReply reply)
    {
        foreach (string category in s_protected)
        {
            JsonElement result = results.Field(category);
            bool isFiltered = result.Field("filtered").ValueKind == JsonValueKind.True;
            if (isFiltered || result.Field("detected").ValueKind == JsonValueKind.True)
                reply.MarkProtected(category, isFiltered);
        }
    }
}
