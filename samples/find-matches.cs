// The engine as a library: index a few texts, then ask where a sentence stands in them.
//   dotnet run samples/find-matches.cs
#:project ../src/Recite.Indexing/Recite.Indexing.csproj

using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;

string folder = Directory.CreateTempSubdirectory("find-matches-").FullName;
try
{
    string path = Path.Combine(folder, "tales.rix");
    await CorpusBuilder.BuildAsync(Tales(), path, new CorpusBuildOptions { Guarantee = 32 }, progress: null, CancellationToken.None);

    using CorpusIndex index = CorpusIndex.Open(path);
    byte[] question = Encoding.UTF8.GetBytes("The model wrote: \"... THE LOCK-KEEPER COUNTED the barges twice, and wrote down neither number...\"");
    MatchResult result = new Matcher(index).Match(index.Normalizer.NormalizeWithMap(question), new MatchOptions(), CancellationToken.None);

    foreach (ReportedMatch match in result.Matches)
    {
        string words = Encoding.UTF8.GetString(question.AsSpan(match.Start..match.End));
        Console.WriteLine($"\"{words}\": {match.Words} words, {match.Occurrences} time(s)");
        foreach (MatchSource source in match.Sources)
            Console.WriteLine($"  in {source.Id}, bytes {source.Start} to {source.End}");
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static async IAsyncEnumerable<Document> Tales()
{
    yield return Tale("canal", "The lock-keeper counted the barges twice, and wrote down neither number, for the light was going.");
    yield return Tale("kiln", "Whoever fires the kiln on a windless night will find the glaze the colour of river water.");
    await Task.CompletedTask;
}

static Document Tale(string id, string text) => new(id, id, Encoding.UTF8.GetBytes(text));
