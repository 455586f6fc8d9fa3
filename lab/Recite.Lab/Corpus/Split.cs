using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Recite.Lab.Corpus;

/// <summary>Divides texts into trained and never trained: of each kind, the quarter whose seeded hash of the name is lowest.</summary>
internal static class Split
{
    public static void Copy(string from, DemoFolder demo, ulong seed)
    {
        foreach (IGrouping<string, CorpusText> kind in DemoFolder.Read(from).GroupBy(text => text.Id.Split('/')[0], StringComparer.Ordinal))
        {
            CorpusText[] ordered = [.. kind.OrderBy(text => Rank(text.Id, seed), StringComparer.Ordinal)];
            int neverTrained = (ordered.Length + 2) / 4;
            for (int i = 0; i < ordered.Length; i++)
            {
                string path = Path.Combine(i < neverTrained ? demo.NeverTrained : demo.Trained, ordered[i].Id);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, ordered[i].Text);
            }
        }
    }

    private static string Rank(string id, ulong seed) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(seed.ToString(CultureInfo.InvariantCulture) + "/" + id)));
}
