using CsCheck;
using DailyPapers.Lab.Architectures.InfiniteWidth;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.InfiniteWidth;

public sealed class AbcParametrizationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Presets_have_the_regimes_of_the_paper(int hiddenLayers)
    {
        Assert.Equal(TrainingRegime.Kernel, AbcParametrization.NeuralTangent(hiddenLayers).Regime);
        Assert.Equal(0.5, AbcParametrization.NeuralTangent(hiddenLayers).FeatureExponent, 1e-12);
        Assert.Equal(TrainingRegime.FeatureLearning, AbcParametrization.MaximalUpdate(hiddenLayers).Regime);
        Assert.Equal(TrainingRegime.Unstable, AbcParametrization.Standard(hiddenLayers, c: 0).Regime);
        Assert.Equal(TrainingRegime.Kernel, AbcParametrization.Standard(hiddenLayers).Regime);
        // A single hidden layer has a fixed fan-in, so it moves by one power of n less than deep ones.
        Assert.Equal(hiddenLayers == 1 ? 1.5 : 0.5, AbcParametrization.Standard(hiddenLayers).FeatureExponent, 1e-12);
        Assert.Equal(TrainingRegime.Trivial, AbcParametrization.Standard(hiddenLayers, c: 2).Regime);
    }

    [Fact]
    public void The_mean_field_parametrization_is_maximal_update_shifted_by_one_half()
    {
        var (shifted, field) = (AbcParametrization.MaximalUpdate(1).Shift(0.5), AbcParametrization.MeanField());
        Assert.Equal(TrainingRegime.FeatureLearning, field.Regime);
        Assert.Equal((field.A, field.B, field.C), (shifted.A, shifted.B, shifted.C), Same);

        static bool Same((IReadOnlyList<double> A, IReadOnlyList<double> B, double C) x, (IReadOnlyList<double> A, IReadOnlyList<double> B, double C) y) =>
            x.A.SequenceEqual(y.A) && x.B.SequenceEqual(y.B) && x.C == y.C;
    }

    [Fact]
    public void A_shift_changes_no_exponent_and_no_regime() =>
        (from hidden in Gen.Int[1, 4]
         from a in Gen.Int[-2, 2].Array[hidden + 1]
         from b in Gen.Int[-2, 2].Array[hidden + 1]
         from c in Gen.Int[-2, 4]
         from theta in Gen.Int[-3, 3]
         select (New: new AbcParametrization([.. a.Select(x => x / 2.0)], [.. b.Select(x => x / 2.0)], c / 2.0), theta / 2.0)).Sample(draw =>
         {
             var (before, theta) = draw;
             var after = before.Shift(theta);
             Assert.Equal(before.FeatureExponent, after.FeatureExponent, 1e-12);
             Assert.Equal(before.Regime, after.Regime);
         });

    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.3)]
    public void A_shift_changes_no_function_at_any_step(double theta)
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        var inputs = randn([6, 4], dtype: float64, generator: generator);
        var targets = randn([6, 2], dtype: float64, generator: generator);
        foreach (var parametrization in new[] { AbcParametrization.MaximalUpdate(2), AbcParametrization.NeuralTangent(2), AbcParametrization.Standard(2) })
        {
            using var net = new AbcMlp(parametrization, 4, 32, 2, AbcActivation.Tanh, new Seed(2));
            using var other = new AbcMlp(parametrization.Shift(theta), 4, 32, 2, AbcActivation.Tanh, new Seed(2));
            var start = net.Forward(inputs);
            for (var step = 0; step < 10; step++)
            {
                net.Step(inputs, f => (f - targets) / 6, 0.3);
                other.Step(inputs, f => (f - targets) / 6, 0.3);
            }
            Assert.True(allclose(net.Forward(inputs), other.Forward(inputs), rtol: 1e-9, atol: 1e-12));
            Assert.False(allclose(net.Forward(inputs), start, rtol: 1e-3));
        }
    }

    [Theory]
    [InlineData(AbcActivation.Tanh)]
    [InlineData(AbcActivation.Identity)]
    public void A_step_follows_the_gradient_of_autograd(AbcActivation activation)
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(3).ToGenerator();
        var inputs = randn([5, 4], dtype: float64, generator: generator);
        var targets = randn([5, 3], dtype: float64, generator: generator);
        var parametrization = AbcParametrization.MaximalUpdate(3);
        const int width = 16;
        const double rate = 0.7;
        using var net = new AbcMlp(parametrization, 4, width, 3, activation, new Seed(4));
        var leaves = net.Weights.Select(weight => weight.clone().requires_grad_()).ToArray();
        var hidden = inputs;
        for (var l = 0; l < leaves.Length; l++)
        {
            hidden = hidden.mm(leaves[l].t()) * Math.Pow(width, -parametrization.A[l]);
            if (l + 1 < leaves.Length && activation == AbcActivation.Tanh)
                hidden = hidden.tanh();
        }
        Assert.True(allclose(hidden, net.Forward(inputs)));
        ((hidden - targets).square().sum() / 2).backward();
        net.Step(inputs, f => f - targets, rate);
        for (var l = 0; l < leaves.Length; l++)
            Assert.True(allclose(leaves[l] - leaves[l].grad! * (rate * Math.Pow(width, -parametrization.C)), net.Weights[l], rtol: 1e-9, atol: 1e-12));
    }

    [Fact]
    public void Exponents_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AbcParametrization([0, 0], [0], 0));
        Assert.Throws<ArgumentException>(() => new AbcParametrization([0], [0], 0));
        Assert.Throws<ArgumentException>(() => new AbcParametrization([0, double.NaN], [0, 0], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => AbcParametrization.MaximalUpdate(0));
    }
}
