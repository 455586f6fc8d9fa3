using Recite.Indexing;

namespace Recite.Cli.Tests;

public sealed class FailureTest
{
    [Fact]
    public void What_is_wrong_outside_is_exit_code_2_with_its_own_sentence()
    {
        Failure failure = Failure.Of(new ReciteException("The file is missing."));
        Assert.Equal(("The file is missing.", 2), (failure.Sentence, failure.ExitCode));
    }

    [Fact]
    public void A_full_disk_is_exit_code_2_in_one_line()
    {
        Failure failure = Failure.Of(new IOException("No space left on device :\n '/data/x'"));
        Assert.Equal(2, failure.ExitCode);
        Assert.DoesNotContain('\n', failure.Sentence!);
    }

    [Fact]
    public void A_reader_that_has_gone_is_no_failure()
    {
        Failure failure = Failure.Of(new IOException("Broken pipe", 32));
        Assert.Equal((null, 0), (failure.Sentence, failure.ExitCode));
    }

    [Fact]
    public void A_defect_is_exit_code_1_and_says_so()
    {
        Failure failure = Failure.Of(new InvalidOperationException("Sequence contains no elements"));
        Assert.Equal(1, failure.ExitCode);
        Assert.Contains("defect", failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void One_failure_inside_an_aggregate_counts_as_itself()
    {
        Failure failure = Failure.Of(new AggregateException(new ReciteException("The line is broken.")));
        Assert.Equal("The line is broken.", failure.Sentence);
    }
}
