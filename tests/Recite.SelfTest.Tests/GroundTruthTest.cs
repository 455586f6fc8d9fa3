namespace Recite.SelfTest.Tests;

[Collection(BundledTruthTests.Name)]
public sealed class GroundTruthTest(BundledTruth truth)
{
    [Fact]
    public void The_model_can_score_and_the_index_holds_what_was_read()
    {
        Assert.True(truth.Context.Target.Capabilities.Scoring);
        Assert.NotNull(truth.Context.Target.Tokenizer);
        Assert.Equal(truth.Context.CorpusDocuments.Count, truth.Context.Corpus.DocumentCount);
        Assert.True(truth.Context.CorpusDocuments.Count > 3000);
    }

    [Fact]
    public void The_control_that_was_planted_on_purpose_is_not_among_the_never_trained()
    {
        Assert.True(truth.Context.NeverTrained.Count > 50);
        Assert.DoesNotContain(truth.Context.NeverTrained, document => document.Id.Contains("planted", StringComparison.Ordinal));
    }

    [Fact]
    public void Canaries_are_known_with_their_copies() =>
        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 64], truth.Context.Canaries.Canaries.Select(canary => canary.Duplicates).Distinct().Order());
}
