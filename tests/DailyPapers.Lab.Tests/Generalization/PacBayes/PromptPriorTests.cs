using DailyPapers.Lab.Generalization.PacBayes;

namespace DailyPapers.Lab.Tests.Generalization.PacBayes;

public sealed class PromptPriorTests
{
    private static readonly int[][] _text = [[0, 1, 2], [0, 1, 3], [0, 2], [1, 2, 3]];

    [Fact]
    public void Priors_are_distributions_over_all_prompts()
    {
        foreach (var prior in new IPromptPrior[] { new NgramPromptPrior(4, _text, longest: 4), new UniformPromptPrior(4, longest: 4) })
            Assert.Equal(1, Prompts(4, 4).Sum(prompt => Math.Exp(-prior.NegativeLogProbability(prompt))), 1e-12);
    }

    [Fact]
    public void Next_tokens_have_a_distribution_after_seen_and_unseen_contexts()
    {
        var model = new NgramPromptPrior(5, _text, longest: 4);
        foreach (var before in new int[][] { [], [0], [0, 1], [4, 4], [3, 0, 1] })
            Assert.Equal(1, Enumerable.Range(0, 5).Sum(next => model.Probability(before, next)), 1e-12);
        Assert.True(model.Probability([4, 4], 4) > 0);
    }

    [Fact]
    public void Counts_of_contexts_are_mixed_down_to_the_uniform_distribution()
    {
        var model = new NgramPromptPrior(4, _text, longest: 4, order: 1, weight: 0.75);
        // Of eleven tokens three are 0; three of four sentences begin with 0.
        var unigram = 0.75 * 3 / 11 + 0.25 / 4;
        Assert.Equal(0.75 * 3 / 4 + 0.25 * unigram, model.Probability([], 0), 1e-12);
        // Token 3 ends sentences, so nothing was seen after it.
        Assert.Equal(unigram, model.Probability([3], 0), 1e-12);
    }

    [Fact]
    public void Texts_like_those_counted_are_likelier_than_uniform_ones()
    {
        var (model, uniform) = (new NgramPromptPrior(4, _text, longest: 4), new UniformPromptPrior(4, longest: 4));
        Assert.True(model.NegativeLogProbability([0, 1, 2]) < uniform.NegativeLogProbability([0, 1, 2]));
        Assert.True(model.NegativeLogProbability([3, 0, 3]) > uniform.NegativeLogProbability([3, 0, 3]));
        Assert.Equal(Math.Log(5) + 3 * Math.Log(4), uniform.NegativeLogProbability([0, 1, 2]), 1e-12);
    }

    [Fact]
    public void Prompts_beyond_the_prior_are_refused()
    {
        var model = new NgramPromptPrior(4, _text, longest: 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.NegativeLogProbability([0, 1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.NegativeLogProbability([4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformPromptPrior(4, 2).NegativeLogProbability([0, 1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NgramPromptPrior(4, _text, 2, weight: 1));
    }

    [Fact]
    public void The_structural_risk_is_the_bound_of_all_prompts_together()
    {
        var model = new NgramPromptPrior(4, _text, longest: 4);
        var objective = StructuralRisk.Bound(model, 500, 0.05);
        int[][] prompts = [[0, 1], [2]];
        var nats = model.NegativeLogProbability([0, 1]) + model.NegativeLogProbability([2]);
        Assert.Equal(nats, StructuralRisk.Divergence(model, prompts), 1e-12);
        Assert.Equal(PacBayesBound.McAllester(0.2, nats, 500, 0.05), objective(0.2, prompts), 1e-12);
        // Another prompt in place of one that was remembered.
        prompts[1] = [2, 3];
        Assert.Equal(PacBayesBound.McAllester(0.2, StructuralRisk.Divergence(model, prompts), 500, 0.05), objective(0.2, prompts), 1e-12);
    }

    private static IEnumerable<int[]> Prompts(int vocabulary, int longest)
    {
        IEnumerable<int[]> level = [[]];
        for (var length = 0; length <= longest; length++)
        {
            foreach (var prompt in level)
                yield return prompt;
            level = [.. level.SelectMany(prompt => Enumerable.Range(0, vocabulary).Select(token => (int[])[.. prompt, token]))];
        }
    }
}
