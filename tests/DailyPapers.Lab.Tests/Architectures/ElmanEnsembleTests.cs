using DailyPapers.Lab.Architectures;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures;

public sealed class ElmanEnsembleTests
{
    [Fact]
    public void Gradients_agree_with_finite_differences_and_stay_within_their_member()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        using var networks = new ElmanEnsemble(3, 4, new Seed(2), gain: 1.3, float64);
        var inputs = randn([3, 5, 6], dtype: float64, generator: generator);
        var labels = randint(0, 2, [3, 5], dtype: float64, generator: generator);
        var gradients = networks.Gradients(inputs, labels);
        const double h = 1e-6;
        for (var k = 0; k < gradients.Length; k++)
        {
            var flat = networks.Parameters[k].view(3, -1);
            for (var i = 0; i < flat.shape[1]; i++)
            {
                flat.narrow(1, i, 1).add_(h);
                var above = Losses(networks, inputs, labels);
                flat.narrow(1, i, 1).sub_(2 * h);
                var below = Losses(networks, inputs, labels);
                flat.narrow(1, i, 1).add_(h);
                // Each member's own loss by its own parameter: a leak from another member would show as well.
                var numeric = (above - below) / (2 * h);
                Assert.True(allclose(numeric, gradients[k].reshape(3, -1).narrow(1, i, 1).squeeze(1), rtol: 1e-5, atol: 1e-8));
            }
        }
    }

    [Fact]
    public void A_shared_batch_is_the_same_as_one_for_each_member()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(3).ToGenerator();
        using var networks = new ElmanEnsemble(2, 5, new Seed(4), dtype: float64);
        var inputs = randn([7, 3], dtype: float64, generator: generator);
        var labels = randint(0, 2, [7], dtype: float64, generator: generator);
        Assert.True(allclose(networks.Logits(inputs), networks.Logits(inputs.unsqueeze(0).repeat(2, 1, 1))));
        var repeated = networks.Gradients(inputs.unsqueeze(0).repeat(2, 1, 1), labels.repeat(2, 1));
        foreach (var (shared, own) in networks.Gradients(inputs, labels).Zip(repeated))
            Assert.True(allclose(shared, own));
    }

    [Fact]
    public void A_step_goes_down_the_adjusted_gradient()
    {
        using var scope = NewDisposeScope();
        using var networks = new ElmanEnsemble(2, 3, new Seed(5), dtype: float64);
        var before = networks.Parameters.Select(parameter => parameter.clone()).ToList();
        networks.Step(ones([4, 2], dtype: float64), ones([4], dtype: float64), 0.5, gradients =>
        {
            foreach (var gradient in gradients)
                gradient.fill_(2);
        });
        foreach (var (old, now) in before.Zip(networks.Parameters))
            Assert.True(allclose(old - 1, now));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentOutOfRangeException>(() => new ElmanEnsemble(0, 3, new Seed(1)));
        using var networks = new ElmanEnsemble(2, 3, new Seed(1));
        Assert.Throws<ArgumentException>(() => networks.Logits(zeros(3, 4, 5)));
        Assert.Throws<ArgumentException>(() => networks.Logits(zeros(4, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => networks.Step(zeros(1, 1), zeros(1), 0));
    }

    private static Tensor Losses(ElmanEnsemble networks, Tensor inputs, Tensor labels)
    {
        var logits = networks.Logits(inputs);
        return nn.functional.binary_cross_entropy_with_logits(logits, labels, reduction: nn.Reduction.None).mean([1L]);
    }
}
