using DailyPapers.Lab.Generalization.PacBayes;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.PacBayes;

public sealed class GreedyPromptSearchTests
{
    private const int Tokens = 6;

    [Fact]
    public void Every_step_takes_the_token_of_least_error_found_by_trying_all()
    {
        using var scope = NewDisposeScope();
        var (images, labels) = Noise(60, 4);
        var rounds = new List<int[][]>();
        var search = new GreedyPromptSearch(images, labels, 3, [0, 1, 2, 3, 4, 5], Encode);
        var found = search.Run(3, onRound: rounds.Add);
        int[][] prompts = [[], [], []];
        for (var position = 0; position < 3; position++)
        {
            for (var c = 0; c < 3; c++)
            {
                var least = PromptClassifier.Error(images, labels, Encode(prompts));
                var best = prompts[c];
                for (var token = 0; token < Tokens; token++)
                {
                    int[][] tried = [.. prompts];
                    tried[c] = [.. prompts[c], token];
                    var error = PromptClassifier.Error(images, labels, Encode(tried));
                    if (error < least - 1e-12)
                        (least, best) = (error, tried[c]);
                }
                prompts[c] = best;
            }
            Assert.Equal(prompts, rounds[position]);
        }
        Assert.Equal(prompts, found);
        Assert.Contains(found, prompt => prompt.Length > 0);
    }

    [Fact]
    public void Classes_that_tokens_name_are_found()
    {
        using var scope = NewDisposeScope();
        // Images of class c lie along the vector of token c + 1.
        var labels = arange(90) % 3;
        using var generator = new Seed(2).ToGenerator();
        var images = nn.functional.normalize(
            Vectors().index_select(0, labels + 1) + 0.3 * randn([90, 5], dtype: float64, generator: generator), dim: 1);
        var found = new GreedyPromptSearch(images, labels, 3, [1, 2, 3], Encode).Run(4);
        Assert.InRange(PromptClassifier.Error(images, labels, Encode(found)), 0, 0.15);
    }

    [Fact]
    public void A_dear_prior_keeps_prompts_short()
    {
        using var scope = NewDisposeScope();
        var (images, labels) = Noise(60, 7);
        int Length(PromptObjective? objective) => new GreedyPromptSearch(images, labels, 3, [0, 1, 2, 3, 4, 5], Encode).Run(5, objective).Sum(prompt => prompt.Length);
        Assert.True(Length(StructuralRisk.Bound(new UniformPromptPrior(1_000_000, 5), 60, 0.05)) < Length(null));
        Assert.Equal(0, Length((_, prompts) => prompts.Sum(prompt => prompt.Length)));
    }

    [Fact]
    public void The_classifier_counts_wrong_answers()
    {
        using var scope = NewDisposeScope();
        var prompts = eye(2, dtype: float64);
        var images = tensor(new double[,] { { 1, 0 }, { 0.9, 0.1 }, { 0, 1 }, { 0.5, 0.5 } });
        // The tie of the last goes to class 0.
        Assert.Equal(0.25, PromptClassifier.Error(images, tensor([0L, 1, 1, 0]), prompts));
        Assert.Throws<ArgumentException>(() => PromptClassifier.Error(images, tensor([0L]), prompts));
        Assert.Throws<ArgumentException>(() => new GreedyPromptSearch(images, tensor([0L]), 2, [0], Encode));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GreedyPromptSearch(images, tensor([0L, 1, 1, 0]), 2, [], Encode));
    }

    private static (Tensor Images, Tensor Labels) Noise(int count, int seed)
    {
        using var generator = new Seed(seed).ToGenerator();
        return (
            nn.functional.normalize(randn([count, 5], dtype: float64, generator: generator), dim: 1),
            randint(0, 3, [count], dtype: int64, generator: generator));
    }

    private static Tensor Vectors()
    {
        using var generator = new Seed(1).ToGenerator();
        return nn.functional.normalize(randn([Tokens + 1, 5], dtype: float64, generator: generator), dim: 1);
    }

    // The sum of the tokens' vectors and one for the end, brought to unit length.
    private static Tensor Encode(IReadOnlyList<int[]> prompts)
    {
        var vectors = Vectors();
        return nn.functional.normalize(
            stack(prompts.Select(prompt => vectors.index_select(0, tensor(prompt.Append(Tokens).Select(token => (long)token).ToArray())).sum([0L]))), dim: 1);
    }
}
