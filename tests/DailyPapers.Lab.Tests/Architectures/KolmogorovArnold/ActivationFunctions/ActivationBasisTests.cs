using CsCheck;
using DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.KolmogorovArnold.ActivationFunctions;

public sealed class ActivationBasisTests
{
    [Fact]
    public void Ends_lie_on_the_grid()
    {
        var (low, high) = ActivationBasis.Ends(3, 2);
        Assert.Equal([-2 / 3.0, -1 / 3.0, 0, 1 / 3.0, 2 / 3.0], low);
        for (var i = 0; i < low.Length; i++)
            Assert.Equal(low[i] + 1, high[i], 1e-15);
    }

    [Fact]
    public void Bumps_of_relu_kan_have_their_support_peak_and_formula() =>
        (from grid in Gen.Int[1, 6] from order in Gen.Int[0, 4] from x in Gen.Double[-3, 3] select (grid, order, x)).Sample(each =>
        {
            using var scope = NewDisposeScope();
            using var layer = new ReluKanLayer(1, 1, each.grid, each.order, InputNorm.None, dtype: float64);
            var (low, high) = ActivationBasis.Ends(each.grid, each.order);
            var bumps = layer.Bumps(tensor(new[,] { { each.x } })).flatten().data<double>().ToArray();
            for (var i = 0; i < bumps.Length; i++)
            {
                var expected = each.x <= low[i] || each.x >= high[i]
                    ? 0
                    : Math.Pow((each.x - low[i]) * (high[i] - each.x), 2) * 16 / Math.Pow(high[i] - low[i], 4);
                Assert.Equal(expected, bumps[i], 1e-9);
                var peak = layer.Bumps(tensor(new[,] { { (low[i] + high[i]) / 2 } })).flatten()[i].item<double>();
                Assert.Equal(1, peak, 1e-9);
            }
        }, iter: 50);

    [Fact]
    public void Combinations_are_their_polynomials() =>
        Gen.Double[-3, 3].Select(Gen.Double[-3, 3]).Sample((a, b) =>
        {
            using var scope = NewDisposeScope();
            double Made(FunctionCombination of) => ActivationBasis.Combine(of, tensor(a), tensor(b)).item<double>();
            Assert.Equal(a * a * b * b, Made(FunctionCombination.Quad1), 1e-9);
            Assert.Equal(a * b + a * a + b * b, Made(FunctionCombination.Quad2), 1e-9);
            Assert.Equal(a + b, Made(FunctionCombination.Sum), 1e-9);
            Assert.Equal(a * b, Made(FunctionCombination.Prod), 1e-9);
            Assert.Equal(a + b + a * b, Made(FunctionCombination.SumProd), 1e-9);
            Assert.Equal((a + b) * (a * a + b * b), Made(FunctionCombination.Cubic1), 1e-9);
            Assert.Equal(Math.Pow(a * b, 3), Made(FunctionCombination.Cubic2), 1e-8);
        });

    [Fact]
    public void Activations_are_their_formulas()
    {
        using var scope = NewDisposeScope();
        const double alpha = 1.6732632423543772, lambda = 1.0507009873554805;
        foreach (var x in new[] { -2.0, -0.5, 0.3, 1.7 })
        {
            double Made(BaseActivation of) => ActivationBasis.Activate(of, tensor(x)).item<double>();
            var sigmoid = 1 / (1 + Math.Exp(-x));
            Assert.Equal(Math.Max(x, 0), Made(BaseActivation.Relu), 1e-12);
            Assert.Equal(x * sigmoid, Made(BaseActivation.Silu), 1e-12);
            Assert.Equal(x * 0.5 * (1 + special.erf(tensor(x / Math.Sqrt(2))).item<double>()), Made(BaseActivation.Gelu), 1e-12);
            Assert.Equal(lambda * (x > 0 ? x : alpha * (Math.Exp(x) - 1)), Made(BaseActivation.Selu), 1e-12);
            Assert.Equal(x > 0 ? x : Math.Exp(x) - 1, Made(BaseActivation.Elu), 1e-12);
            Assert.Equal(Math.Log(1 + Math.Exp(x)), Made(BaseActivation.Softplus), 1e-12);
            Assert.Equal(sigmoid, Made(BaseActivation.Sigmoid), 1e-12);
            Assert.Equal(x > 0 ? x : 0.01 * x, Made(BaseActivation.LeakyRelu), 1e-12);
            Assert.Equal(Math.Tanh(x), Made(BaseActivation.Tanh), 1e-12);
        }
    }
}
