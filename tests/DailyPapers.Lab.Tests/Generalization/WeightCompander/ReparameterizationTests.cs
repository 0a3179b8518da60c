using CsCheck;
using DailyPapers.Lab.Generalization.WeightCompander;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.WeightCompander;

public sealed class ReparameterizationTests
{
    private static readonly Gen<(double A, double B)> _constants = Gen.Select(Gen.Double[0.2, 5], Gen.Double[0.2, 5]);

    public static TheoryData<string> Names => ["arctan", "learnt arctan", "tanh", "mu-law"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_inverse_undoes_the_function_which_is_odd_and_increasing(string name) => _constants.Sample(
        (a, b) =>
        {
            using var scope = NewDisposeScope();
            var function = Make(name, a, b);
            var v = linspace(-3 * b, 3 * b, 101, dtype: float64);
            var w = function.Compand(v);
            Assert.True(v.allclose(function.Inverse(w), 1e-9, 1e-10));
            Assert.True(w.allclose(-function.Compand(-v), 1e-12, 1e-12));
            Assert.True((w[1..] - w[..^1]).gt(0).all().item<bool>());
        },
        iter: 20, seed: "0N0XIzNsQ0O2", threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_is_that_of_automatic_differentiation(string name) => _constants.Sample(
        (a, b) =>
        {
            using var scope = NewDisposeScope();
            var function = Make(name, a, b);
            // An even number of points, so that none is at zero, where |v| has no derivative.
            var v = linspace(-4, 4, 100, dtype: float64).requires_grad_();
            var slopes = autograd.grad([function.Compand(v).sum()], [v])[0];
            Assert.True(slopes.allclose(function.Derivative(v), 1e-10, 1e-10));
        },
        iter: 20, seed: "0N0XIzNsQ0O2", threads: 1);

    [Theory]
    [InlineData("arctan", 1e6)]
    [InlineData("learnt arctan", 1e6)]
    [InlineData("tanh", 8)]
    public void Weights_stay_below_the_bound(string name, double far)
    {
        using var scope = NewDisposeScope();
        var function = Make(name, 1.5, 0.7);
        var w = function.Compand(tensor(new[] { -far, far }));
        Assert.True(w.abs().lt(function.Bound).all().item<bool>());
        Assert.Equal(function.Bound, w[1].item<double>(), 1e-5);
    }

    [Theory]
    [InlineData("arctan")]
    [InlineData("learnt arctan")]
    [InlineData("tanh")]
    public void Weights_past_the_bound_have_no_inverse(string name)
    {
        using var scope = NewDisposeScope();
        var function = Make(name, 1.5, 0.7);
        var inverse = function.Inverse(tensor(new[] { 0.99, 1.01, -1.2, 2.5 }) * function.Bound);
        Assert.Equal([true, false, false, false], inverse.isfinite().data<bool>().ToArray());
    }

    [Fact]
    public void The_arctangent_s_slope_is_a_over_b_at_zero_and_one_where_v_squared_is_ab_less_b_squared() => _constants.Sample(
        (a, b) =>
        {
            using var scope = NewDisposeScope();
            var compander = new ArctanCompander(a + b, b);
            var slopes = compander.Derivative(tensor(new[] { 0, Math.Sqrt((a + b) * b - b * b) }));
            Assert.Equal((a + b) / b, slopes[0].item<double>(), 1e-10);
            Assert.Equal(1, slopes[1].item<double>(), 1e-10);
            Assert.Equal(Math.PI / 2 * (a + b), compander.Bound, 1e-10);
        },
        iter: 50, seed: "0N0XIzNsQ0O2", threads: 1);

    [Fact]
    public void Learnt_constants_have_the_gradients_of_the_formulas_and_of_finite_differences() => _constants.Sample(
        (a, b) =>
        {
            using var scope = NewDisposeScope();
            var v = linspace(-2, 3, 17, dtype: float64);
            var compander = new ArctanCompander(a, b, learnable: true, dtype: float64);
            Assert.Equal(a, compander.A, 1e-12);
            Assert.Equal(b, compander.B, 1e-12);
            compander.Compand(v).square().sum().backward();
            var gradients = compander.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter.grad!.item<double>());

            // d/d ln a = a d/da, and dL/dw = 2 w; da: arctan(v / b), db: −a v / (b² + v²).
            var upstream = compander.Compand(v) * 2;
            Assert.Equal((upstream * (v / b).atan()).sum().item<double>() * a, gradients["_logA"], 1e-8);
            Assert.Equal((upstream * -a * v / (b * b + v.square())).sum().item<double>() * b, gradients["_logB"], 1e-8);
            const double h = 1e-6;
            Assert.Equal((Loss(a * (1 + h), b) - Loss(a * (1 - h), b)) / (2 * h), gradients["_logA"], 1e-5 * Math.Max(1, Math.Abs(gradients["_logA"])));
            Assert.Equal((Loss(a, b * (1 + h)) - Loss(a, b * (1 - h))) / (2 * h), gradients["_logB"], 1e-5 * Math.Max(1, Math.Abs(gradients["_logB"])));

            double Loss(double height, double width) => new ArctanCompander(height, width).Compand(v).square().sum().item<double>();
        },
        iter: 20, seed: "0N0XIzNsQ0O2", threads: 1);

    [Fact]
    public void In_terms_of_the_weight_the_slope_is_a_over_b_times_the_squared_cosine()
    {
        using var scope = NewDisposeScope();
        var compander = ArctanCompander.ForDeviation(0.5, kappa: 3, slope: 2);
        Assert.Equal((1.5, 0.75), (compander.A, compander.B));
        var w = linspace(-2, 2, 21, dtype: float64);
        Assert.True((2 * (w / 1.5).cos().square()).allclose(compander.Derivative(compander.Inverse(w)), 1e-10, 1e-10));
    }

    [Fact]
    public void Mu_law_keeps_its_fixed_points()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new[] { -0.3, 0, 0.3 });
        Assert.True(points.allclose(new MuLawCompander(255, 0.3).Compand(points), 1e-12, 1e-12));
    }

    [Fact]
    public void Constants_that_are_not_positive_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ArctanCompander(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ArctanCompander(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TanhCompander(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MuLawCompander(0, 1));
    }

    private static IWeightReparameterization Make(string name, double a, double b) => name switch
    {
        "arctan" => new ArctanCompander(a, b),
        "learnt arctan" => new ArctanCompander(a, b, learnable: true, dtype: float64),
        "tanh" => new TanhCompander(a, b),
        _ => new MuLawCompander(a, b),
    };
}
