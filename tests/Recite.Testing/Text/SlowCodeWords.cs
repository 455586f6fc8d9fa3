namespace Recite.Testing.Text;

/// <summary>The lists of words on the format page, each in a block of its own.</summary>
public static class SlowCodeWords
{
    public static string[] Read(string name)
    {
        string page = File.ReadAllText(Repository.At("docs/formats/normalization.md"));
        string block = page.Split("```" + name + "\n")[1].Split("```")[0];
        return block.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }
}
