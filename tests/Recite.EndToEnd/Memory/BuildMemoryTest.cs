using System.Diagnostics;
using System.Globalization;
using System.Text;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Memory;

/// <summary>A build holds no more memory at its peak than it was given, whatever it reads.</summary>
public sealed class BuildMemoryTest
{
    private const long Limit = 256L << 20;
    private const long CorpusBytes = 50L << 20;
    private const string Boilerplate = "This file is distributed in the hope that it will be useful, but without any warranty, and without even the implied one of fitness for a purpose. ";

    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(10);

    [Theory]
    [InlineData("zstd")]
    [InlineData("raw")]
    public async Task Stays_within_the_least_memory(string store)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux says how much memory a process held at its peak while it runs.");
        using var folder = new TemporaryFolder();
        string corpus = folder.At("corpus.jsonl");
        WriteCorpus(corpus);

        using Process process = ReciteProcess.Launch(ReciteProcess.Program, Path.GetDirectoryName(corpus)!, ["index", "build", corpus, "-o", folder.At("corpus.rix"), "--memory", "256M", "--store", store, "--no-progress"]);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        long peak = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.Delay(s_betweenLooks, TestContext.Current.CancellationToken);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await output + await errors);
        Assert.InRange(peak, Limit / 16, Limit);
    }

    // Many small documents that share much, and some large ones: long heavy lists, many rows, and batches of one document.
    private static void WriteCorpus(string path)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
        var random = new Random(4);
        for (long written = 0, number = 0; written < CorpusBytes; number++)
        {
            var text = new StringBuilder();
            int paragraphs = number % 500 == 499 ? 8000 : random.Next(1, 40);
            for (int i = 0; i < paragraphs; i++)
            {
                text.Append(Boilerplate, 0, random.Next(Boilerplate.Length));
                text.Append(CultureInfo.InvariantCulture, $"{random.NextInt64()} and {random.NextInt64()}, then {random.Next()}. ");
            }

            writer.Write($"{{\"id\":\"{number}\",\"text\":\"{text}\"}}\n");
            written += text.Length;
        }
    }

    // 0 once the process is gone.
    private static long PeakOf(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(entry => entry.StartsWith("VmHWM:", StringComparison.Ordinal)) ?? "VmHWM: 0 kB";
            return long.Parse(line["VmHWM:".Length..^"kB".Length], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
