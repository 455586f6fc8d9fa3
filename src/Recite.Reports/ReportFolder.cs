using Recite.Indexing;

namespace Recite.Reports;

/// <summary>The folder beside a report, staged under another name until the report itself is complete.</summary>
/// <remarks>It is put in place as a whole, so that a reader never finds pages of two different reports in it.</remarks>
public sealed class ReportFolder
{
    internal const string PagePrefix = "evidence-";

    private readonly string _final;
    private readonly string _staging;
    private readonly Func<string, Stream> _create;

    internal ReportFolder(string reportPath, string suffix, Func<string, Stream> create)
    {
        string directory = Path.GetDirectoryName(reportPath)!;
        ReportName = Path.GetFileName(reportPath);
        Name = Path.GetFileNameWithoutExtension(reportPath) + "-evidence";
        _final = Path.Combine(directory, Name);
        _staging = Path.Combine(directory, $".{Name}{suffix}");
        _create = create;
    }

    /// <summary>The folder's name, as links from the report spell it.</summary>
    public string Name { get; }

    /// <summary>The main file's name, for links back.</summary>
    public string ReportName { get; }

    /// <summary>Creates a page of the folder; the caller closes it.</summary>
    public Stream CreatePage(int number)
    {
        Directory.CreateDirectory(_staging);
        return _create(Path.Combine(_staging, PageName(number)));
    }

    /// <summary>The file name of a page, 1-based.</summary>
    public static string PageName(int number) => $"{PagePrefix}{number:D4}.html";

    /// <summary>Refuses a folder of that name that somebody else filled: it would be replaced.</summary>
    internal void RefuseForeignFiles()
    {
        if (!Directory.Exists(_final))
            return;
        string? foreign = Directory.EnumerateFileSystemEntries(_final).FirstOrDefault(entry => !IsPage(entry));
        if (foreign is not null)
            throw new ReciteException($"The folder '{_final}' holds '{Path.GetFileName(foreign)}', which is not a page of a report; move it or name the report differently.");
    }

    /// <summary>Puts the staged pages in place of those of an earlier report, or removes those if there are none now.</summary>
    internal void Commit()
    {
        if (Directory.Exists(_final))
            Directory.Delete(_final, recursive: true);
        if (Directory.Exists(_staging))
            Directory.Move(_staging, _final);
    }

    /// <summary>Removes what was staged.</summary>
    internal void Discard()
    {
        if (Directory.Exists(_staging))
            Directory.Delete(_staging, recursive: true);
    }

    private static bool IsPage(string entry)
    {
        string name = Path.GetFileName(entry);
        return File.Exists(entry) && name.StartsWith(PagePrefix, StringComparison.Ordinal) && name.EndsWith(".html", StringComparison.Ordinal);
    }
}
