using CsCheck;
using DailyPapers.Lab.Training.Guidance;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Training.Guidance;

public sealed class CenteredKernelAlignmentTests
{
    [Fact]
    public void It_is_one_for_rotations_scalings_and_shifts() =>
        Gen.Select(Gen.Int[3, 12], Gen.Int[1, 20], Gen.Double[-6, 6], Gen.Int[0, 1000]).Sample((examples, features, exponent, value) =>
        {
            using var scope = NewDisposeScope();
            using var generator = new Seed(value).ToGenerator();
            var x = Normal(generator, examples, features);
            var (rotation, _) = linalg.qr(Normal(generator, features, features));
            var scale = Math.Pow(10, exponent);
            Assert.Equal(1, CenteredKernelAlignment.Linear(x, x.matmul(rotation) * scale + scale).item<double>(), 1e-9);
        }, iter: 60);

    [Fact]
    public void It_is_that_of_the_definition_whichever_products_are_taken() =>
        Gen.Select(Gen.Int[3, 10], Gen.Int[1, 14], Gen.Int[1, 14], Gen.Int[0, 1000]).Sample((examples, first, second, value) =>
        {
            using var scope = NewDisposeScope();
            using var generator = new Seed(value).ToGenerator();
            var (x, y) = (Normal(generator, examples, first), Normal(generator, examples, second));
            var (xc, yc) = (x - x.mean([0L], true), y - y.mean([0L], true));
            var expected = (yc.t().matmul(xc).square().sum() / (xc.t().matmul(xc).norm() * yc.t().matmul(yc).norm())).item<double>();
            var alignment = CenteredKernelAlignment.Linear(x, y).item<double>();
            Assert.Equal(expected, alignment, 1e-9);
            Assert.InRange(alignment, 0, 1 + 1e-9);
            Assert.Equal(alignment, CenteredKernelAlignment.Linear(y, x).item<double>(), 1e-9);
            Assert.Equal(alignment, CenteredKernelAlignment.Kernels(x.matmul(x.t()), y.matmul(y.t())).item<double>(), 1e-9);
        }, iter: 60);

    [Theory]
    [InlineData(12, 5)]
    [InlineData(5, 12)]
    public void Its_gradient_is_that_of_finite_differences(int examples, int features)
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        var x = Normal(generator, examples, features).requires_grad_();
        var (y, direction) = (Normal(generator, examples, 4), Normal(generator, examples, features));
        CenteredKernelAlignment.Linear(x, y).backward();
        const double step = 1e-5;
        var difference = CenteredKernelAlignment.Linear(x.detach() + direction * step, y) - CenteredKernelAlignment.Linear(x.detach() - direction * step, y);
        Assert.Equal(difference.item<double>() / (2 * step), (x.grad! * direction).sum().item<double>(), 1e-8);
    }

    [Fact]
    public void Activations_too_small_for_their_fourth_powers_are_compared_in_single_precision()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(2).ToGenerator();
        var (x, y) = (Normal(generator, 10, 6), Normal(generator, 10, 6));
        var expected = CenteredKernelAlignment.Linear(x, y).item<double>();
        Assert.Equal(expected, CenteredKernelAlignment.Linear((x * 1e-20).to(float32), (y * 1e15).to(float32)).item<float>(), 1e-4);
    }

    [Fact]
    public void A_representation_that_is_the_same_for_all_examples_is_like_no_other()
    {
        using var scope = NewDisposeScope();
        var x = ones(6, 3).requires_grad_();
        var alignment = CenteredKernelAlignment.Linear(x, arange(12).to(float32).reshape(6, 2));
        Assert.Equal(0, alignment.item<float>());
        alignment.backward();
        Assert.Equal(0, x.grad!.abs().max().item<float>());
    }

    [Fact]
    public void Tokens_are_compared_each_for_itself()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(3).ToGenerator();
        var (x, y) = (randn([8, 3, 5], float64, generator: generator), randn([8, 3, 2], float64, generator: generator));
        var expected = Enumerable.Range(0, 3).Average(token => CenteredKernelAlignment.Linear(x.select(1, token), y.select(1, token)).item<double>());
        Assert.Equal(expected, CenteredKernelAlignment.Tokenwise(x, y).item<double>(), 1e-10);
    }

    [Fact]
    public void Representations_of_other_examples_are_refused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => CenteredKernelAlignment.Linear(zeros(4, 2), zeros(5, 2)));
        Assert.StartsWith("second: expected representations of the same examples, (4, ...), got (5, 2)", error.Message, StringComparison.Ordinal);
    }

    private static Tensor Normal(Generator generator, long rows, long columns) => randn([rows, columns], float64, generator: generator);
}
