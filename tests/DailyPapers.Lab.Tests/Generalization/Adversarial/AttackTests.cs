using DailyPapers.Lab.Generalization.Adversarial;
using DailyPapers.Lab.Reporting;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.Adversarial;

public sealed class AttackTests
{
    private const int Inputs = 6;
    private const int Classes = 4;

    [Fact]
    public void The_gap_is_the_distance_to_the_highest_other_logit()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new double[,] { { 1, 5, 2 }, { 1, 5, 2 }, { 3, 3, 0 } });
        var classes = arange(0, 3, dtype: int64).remainder(2); // 0, 1, 0
        Assert.Equal([-4.0, 3, 0], LogitGap.Of(logits, classes).data<double>().ToArray());
        Assert.Equal([1L, 2, 1], LogitGap.RunnerUp(logits, classes).data<long>().ToArray());
    }

    [Fact]
    public void The_gap_of_the_prediction_is_never_negative_and_knows_no_common_shift()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        var logits = randn([50, 5], dtype: float64, generator: generator);
        var gaps = LogitGap.Of(logits, logits.argmax(1));
        Assert.True(gaps.min().item<double>() >= 0);
        Assert.True(allclose(gaps, LogitGap.Of(logits + 7, logits.argmax(1))));
        Assert.True(allclose(gaps * 3, LogitGap.Of(logits * 3, logits.argmax(1))));
    }

    [Fact]
    public void Gradients_by_the_input_are_those_of_finite_differences()
    {
        using var scope = NewDisposeScope();
        var (network, inputs, classes) = Smooth(new Seed(2));
        const double step = 1e-6;
        foreach (var objective in (Func<Tensor, Tensor, Tensor>[])[AttackObjective.CrossEntropy, AttackObjective.NegativeGap])
        {
            var gradient = InputGradient.Of(x => objective(network(x), classes), inputs);
            for (var coordinate = 0; coordinate < Inputs; coordinate++)
            {
                var shift = nn.functional.one_hot(tensor((long)coordinate), Inputs).to(float64) * step;
                var difference = (objective(network(inputs + shift), classes) - objective(network(inputs - shift), classes)) / (2 * step);
                Assert.True(allclose(difference, gradient.select(1, coordinate), rtol: 1e-5, atol: 1e-7));
            }
        }
    }

    [Fact]
    public void The_sign_step_is_the_best_one_against_a_linear_network()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(3).ToGenerator();
        // Two classes: the gap is linear, and within |δ|∞ ≤ ε it falls by ε |w|₁ at most.
        var weights = randn([Inputs, 2], dtype: float64, generator: generator);
        var inputs = randn([20, Inputs], dtype: float64, generator: generator);
        Tensor Network(Tensor x) => x.mm(weights);
        var predicted = Network(inputs).argmax(1);
        var gaps = LogitGap.Of(Network(inputs), predicted);
        var fall = (weights.select(1, 0) - weights.select(1, 1)).abs().sum();
        foreach (var perturbed in (Tensor[])[FastGradientSign.Perturb(Network, inputs, predicted, 0.01), ProjectedGradientDescent.Perturb(Network, inputs, predicted, 0.01, 4)])
            Assert.True(allclose(LogitGap.Of(Network(perturbed), predicted), gaps - fall * 0.01));
        // With two classes, towards the least likely one is away from the predicted one.
        Assert.True(StepLeastLikely.Direction(Network, inputs).eq(FastGradientSign.Direction(Network, inputs, predicted)).all().item<bool>());
    }

    [Fact]
    public void Attacks_raise_the_loss_and_the_least_likely_class()
    {
        using var scope = NewDisposeScope();
        var (network, inputs, classes) = Smooth(new Seed(4));
        const double epsilon = 1e-3;
        var loss = AttackObjective.CrossEntropy(network(inputs), classes);
        var once = AttackObjective.CrossEntropy(network(FastGradientSign.Perturb(network, inputs, classes, epsilon)), classes);
        Assert.True((once > loss).all().item<bool>());
        var least = network(inputs).argmin(1).unsqueeze(1);
        var moved = network(inputs + StepLeastLikely.Direction(network, inputs) * epsilon);
        Assert.True((moved.softmax(1).gather(1, least) > network(inputs).softmax(1).gather(1, least)).all().item<bool>());
    }

    [Fact]
    public void Iterated_steps_stay_in_the_cube_and_one_of_them_is_the_sign_step()
    {
        using var scope = NewDisposeScope();
        var (network, inputs, classes) = Smooth(new Seed(5));
        var far = ProjectedGradientDescent.Perturb(network, inputs, classes, 0.1, 20, stepSize: 0.05);
        Assert.True((far - inputs).abs().max().item<double>() <= 0.1 + 1e-12);
        var one = ProjectedGradientDescent.Perturb(network, inputs, classes, 0.1, 1);
        Assert.True(allclose(one, FastGradientSign.Perturb(network, inputs, classes, 0.1)));
        Assert.True(allclose(inputs, ProjectedGradientDescent.Perturb(network, inputs, classes, 0, 3)));
    }

    [Fact]
    public void A_saturated_softmax_hides_from_the_cross_entropy_but_not_from_the_gap()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(6).ToGenerator();
        var weights = randn([Inputs, Classes], generator: generator) * 1000;
        var inputs = randn([30, Inputs], generator: generator);
        Tensor Network(Tensor x) => x.mm(weights);
        var predicted = Network(inputs).argmax(1);
        var sure = LogitGap.Of(Network(inputs), predicted).gt(200);
        Assert.True(sure.sum().item<long>() > 10);
        var rows = sure.nonzero().squeeze(1);
        var (x, y) = (inputs.index_select(0, rows), predicted.index_select(0, rows));
        Assert.Equal(0, FastGradientSign.Direction(Network, x, y).abs().sum().item<float>());
        Assert.True(FastGradientSign.Direction(Network, x, y, AttackObjective.NegativeGap).ne(0).all().item<bool>());
    }

    [Fact]
    public void Entropy_is_greatest_for_equal_logits_and_vanishes_for_the_sure()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Math.Log(Classes), EntropyPenalty.Entropy(zeros(1, Classes, dtype: float64)).item<double>(), 1e-12);
        Assert.Equal(0, EntropyPenalty.Entropy(eye(Classes, dtype: float64) * 1000).max().item<double>(), 1e-12);
        var (network, inputs, classes) = Smooth(new Seed(7));
        var logits = network(inputs);
        var plain = nn.functional.cross_entropy(logits, classes).item<double>();
        Assert.Equal(plain, EntropyPenalty.Loss(logits, classes, 0).item<double>(), 1e-12);
        Assert.Equal(plain + 0.3 * EntropyPenalty.Entropy(logits).mean().item<double>(), EntropyPenalty.Loss(logits, classes, 0.3).item<double>(), 1e-12);
    }

    [Fact]
    public void A_random_linear_network_errs_linearly_in_a_small_perturbation()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(8).ToGenerator();
        var weights = randn([20, 2], dtype: float64, generator: generator);
        var inputs = randn([20_000, 20], dtype: float64, generator: generator);
        Tensor Network(Tensor x) => x.mm(weights);
        var predicted = Network(inputs).argmax(1);
        // The gap is |N(0, |w|²)|: its density at 0 is √(2/π)/|w|, and ε |w|₁ of it is overcome.
        var difference = weights.select(1, 0) - weights.select(1, 1);
        var rate = Math.Sqrt(2 / Math.PI) * difference.abs().sum().item<double>() / difference.norm().item<double>();
        double[] epsilons = [0.003, 0.006, 0.012, 0.024];
        double[] errors = [.. epsilons.Select(epsilon => Network(FastGradientSign.Perturb(Network, inputs, predicted, epsilon)).argmax(1).ne(predicted).to(float64).mean().item<double>())];
        var fit = PowerLawFit.Fit(epsilons, errors);
        Assert.Equal(1, fit.Exponent, 0.06);
        Assert.Equal(1, errors[2] / (rate * epsilons[2]), 0.06);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => LogitGap.Of(zeros(3, 2), zeros(4, dtype: int64)));
        Assert.Throws<ArgumentException>(() => LogitGap.Of(zeros(3, 1), zeros(3, dtype: int64)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FastGradientSign.Perturb(x => x, zeros(3, 2), zeros(3, dtype: int64), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProjectedGradientDescent.Perturb(x => x, zeros(3, 2), zeros(3, dtype: int64), 1, 0));
    }

    private static (Func<Tensor, Tensor> Network, Tensor Inputs, Tensor Classes) Smooth(Seed seed)
    {
        using var generator = seed.ToGenerator();
        var (first, second) = (randn([Inputs, 8], dtype: float64, generator: generator), randn([8, Classes], dtype: float64, generator: generator));
        return (x => x.mm(first).tanh().mm(second), randn([12, Inputs], dtype: float64, generator: generator), randint(0, Classes, [12], dtype: int64, generator: generator));
    }
}
