using System.Text.Json;
using Recite.Testing;

namespace Recite.Fuzz.Tests;

/// <summary>What the fuzzer started from and what it found, once more on every run: no fuzzer needed.</summary>
public sealed class ReplayTest
{
    public static TheoryData<string> Targets => [.. FuzzTargets.All().Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_committed_input_ends_in_an_answer_or_one_clear_error(string name)
    {
        IFuzzTarget target = FuzzTargets.Find(name)!;
        string[] files = Directory.GetFiles(Repository.At($"fuzz/corpus/{name}"));
        Assert.NotEmpty(files);
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            Exception? thrown = Record.Exception(() => target.Run(File.ReadAllBytes(file)));
            Assert.True(thrown is null, $"{file}: {thrown}");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_a_target_starts_from_today_is_read_without_a_find(string name)
    {
        IFuzzTarget target = FuzzTargets.Find(name)!;
        (string Name, byte[] Input)[] seeds = [.. target.Seeds()];
        Assert.NotEmpty(seeds);
        Assert.All(seeds, seed => target.Run(seed.Input));
    }

    [Fact]
    public void Every_target_stands_in_the_ledger_and_nothing_found_is_left_open()
    {
        JsonElement[] runs = [.. File.ReadLines(Repository.At("fuzz/ledger.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(FuzzTargets.All().Select(target => target.Name).Order(StringComparer.Ordinal), runs.Select(run => run.GetProperty("target").GetString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        foreach (IGrouping<string?, JsonElement> target in runs.GroupBy(run => run.GetProperty("target").GetString(), StringComparer.Ordinal))
            Assert.Equal(0, target.Last().GetProperty("crashes").GetInt32());
    }
}
