using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.Transformers;

public sealed class CausalLanguageModelTests
{
    private static readonly CausalLanguageModelOptions _small = new(Vocabulary: 11, Context: 6, Dim: 12, Depth: 2, Heads: 3);

    [Fact]
    public void Parameters_and_multiply_adds_are_those_of_the_formula()
    {
        using var model = CausalLanguageModel.Plain(_small);
        var block = 4 * 12 * 12 + 4 * 12 + 2 * 12 * 48 + 48 + 12 + 4 * 12;
        Assert.Equal(11 * 12 + 6 * 12 + 2 * block + 2 * 12 + 12 * 11 + 11, ModelCost.Parameters(model));
        using var words = zeros(3, 6, int64);
        Assert.Equal(3 * (2 * (6 * 4 * 144 + 2 * 36 * 12 + 2 * 6 * 12 * 48) + 6 * 12 * 11), ModelCost.MultiplyAdds(model, words));
    }

    [Fact]
    public void Logits_depend_on_no_later_token()
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        var model = CausalLanguageModel.Plain(_small, dtype: float64);
        var words = randint(0, 11, [2, 6]);
        var changed = words.clone();
        changed[.., 4..] = (changed[.., 4..] + 1) % 11;
        Assert.True(model.call(words)[.., ..4].allclose(model.call(changed)[.., ..4], 1e-10, 1e-10));
        Assert.False(model.call(words)[.., 4..].allclose(model.call(changed)[.., 4..], 1e-3, 1e-3));
    }

    [Fact]
    public void The_loss_is_the_mean_over_all_tokens_and_evaluation_puts_the_mode_back()
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        var model = CausalLanguageModel.Plain(_small, dtype: float64);
        var windows = randint(0, 11, [5, 7]);
        var logits = model.call(windows[.., ..6]).log_softmax(2);
        var expected = -logits.gather(2, windows[.., 1..].unsqueeze(2)).mean().item<double>();
        Assert.Equal(expected, NextToken.Loss(model, windows).item<double>(), 1e-12);
        Assert.Equal(expected, NextToken.Evaluate(model, windows, batch: 2), 1e-12);
        Assert.True(model.training);
    }

    [Fact]
    public void A_window_that_is_too_long_is_named()
    {
        using var model = CausalLanguageModel.Plain(_small);
        using var words = zeros(1, 7, int64);
        Assert.StartsWith("input: expected at most 6 tokens, got 7", Assert.Throws<ArgumentException>(() => model.call(words)).Message, StringComparison.Ordinal);
    }
}
