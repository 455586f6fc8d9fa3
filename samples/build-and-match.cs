#:project ../src/Recite.Indexing/Recite.Indexing.csproj

// Build an index over two documents and find where a text stands in them. Run it with:  dotnet run samples/build-and-match.cs
using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;

string folder = Directory.CreateTempSubdirectory("recite-sample-").FullName;
try
{
    string path = Path.Combine(folder, "corpus.rix");
    await CorpusBuilder.BuildAsync(Documents(), path, new CorpusBuildOptions(), progress: null, CancellationToken.None);

    using CorpusIndex index = CorpusIndex.Open(path);
    byte[] output = Encoding.UTF8.GetBytes("As they say: THE MILL AT THE FORD GRINDS SLOWLY, but it grinds\neach grain that the long winter left in its care - and so on.");
    MatchResult result = new Matcher(index).Match(index.Normalizer.NormalizeWithMap(output), new MatchOptions(), CancellationToken.None);

    foreach (ReportedMatch match in result.Matches)
    {
        Console.WriteLine($"{match.Words} words at byte {match.Start}: {Encoding.UTF8.GetString(output.AsSpan(match.Start, match.End - match.Start)).ReplaceLineEndings(" ")}");
        foreach (MatchSource source in match.Sources)
            Console.WriteLine($"  stands in {source.Id}, bytes {source.Start} to {source.End}");
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static async IAsyncEnumerable<Document> Documents()
{
    yield return new Document("mill.txt", "mill.txt", Encoding.UTF8.GetBytes("The mill at the ford grinds slowly, but it grinds each grain that the long winter left in its care."));
    yield return new Document("ferry.txt", "ferry.txt", Encoding.UTF8.GetBytes("Nobody has seen the ferryman since the bridge was opened in the spring."));
    await Task.CompletedTask;
}
