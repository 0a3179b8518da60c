using CsCheck;
using DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.KolmogorovArnold;

public sealed class RationalFunctionTests
{
    private static readonly Gen<(int Rows, int Groups, int Width, int M, int N, RationalDenominator Form, bool Numerator, bool Denominator, int Seed)> _cases =
        from rows in Gen.Int[1, 300]
        from groups in Gen.Int[1, 5]
        from width in Gen.Int[1, 13]
        from m in Gen.Int[1, 5]
        from n in Gen.Int[1, 4]
        from form in Gen.Enum<RationalDenominator>()
        from numerator in Gen.Bool
        from denominator in Gen.Bool
        from seed in Gen.Int[1, 1000]
        select (rows, groups, width, m, n, form, numerator, denominator, seed);

    [Fact]
    public void Fused_values_and_gradients_are_those_of_autograd_in_64_bits() =>
        _cases.Sample(each => AssertAgree(each.Rows, each.Groups * each.Width, each.Groups, each.M, each.N, each.Form, each.Numerator, each.Denominator, each.Seed, float64, 1e-11), iter: 60);

    [Fact]
    public void Fused_values_and_gradients_are_those_of_autograd_in_32_bits() =>
        _cases.Sample(each => AssertAgree(each.Rows, each.Groups * each.Width, each.Groups, each.M, each.N, each.Form, each.Numerator, each.Denominator, each.Seed, float32, 5e-5), iter: 60);

    [Theory]
    [InlineData(ScalarType.Float32, 1e-5)]
    [InlineData(ScalarType.Float64, 1e-11)]
    public void Large_inputs_on_several_threads_agree_too(ScalarType type, double tolerance) =>
        AssertAgree(4000, 88, 8, 5, 4, RationalDenominator.AbsoluteOfSum, true, false, 3, type, tolerance);

    [Theory]
    [InlineData(RationalDenominator.AbsoluteOfSum)]
    [InlineData(RationalDenominator.SumOfAbsolutes)]
    public void Fused_gradients_are_finite_differences(RationalDenominator form)
    {
        using var scope = NewDisposeScope();
        new Seed(5).SeedTorch();
        var (x, a, b) = (randn(7, 6, dtype: float64), randn(3, 6, dtype: float64), randn(3, 4, dtype: float64));
        var weights = randn(7, 6, dtype: float64);
        double Value() => (RationalFunction.Apply(x, a, b, form) * weights).sum().item<double>();
        foreach (var of in new[] { x, a, b })
            of.requires_grad = true;
        (RationalFunction.Apply(x, a, b, form) * weights).sum().backward();
        foreach (var of in new[] { x, a, b })
        {
            var exact = of.grad!.flatten().data<double>().ToArray();
            using var free = no_grad();
            for (var i = 0; i < exact.Length; i++)
            {
                var element = of.detach().view(-1)[i];
                const double step = 1e-6;
                element.add_(step);
                var above = Value();
                element.sub_(2 * step);
                var below = Value();
                element.add_(step);
                Assert.Equal(exact[i], (above - below) / (2 * step), 1e-6 * Math.Max(1, Math.Abs(exact[i])));
            }
        }
    }

    [Fact]
    public void It_is_the_quotient_of_the_two_polynomials()
    {
        using var scope = NewDisposeScope();
        double[] a = [0.3, -1, 0.5, 0.25, -0.1, 0.02], b = [0.4, -0.7, 0.2, 0.1];
        double[] xs = [-2.5, -1, -0.3, 0, 0.4, 1.7];
        double Polynomial(double[] of, double x, int first) => of.Select((value, i) => value * Math.Pow(x, i + first)).Sum();
        var (numerator, denominator) = (tensor(a).view(1, -1), tensor(b).view(1, -1));
        var sum = RationalFunction.Apply(tensor(xs), numerator, denominator).data<double>().ToArray();
        var absolutes = RationalFunction.Apply(tensor(xs), numerator, denominator, RationalDenominator.SumOfAbsolutes).data<double>().ToArray();
        for (var i = 0; i < xs.Length; i++)
        {
            Assert.Equal(Polynomial(a, xs[i], 0) / (1 + Math.Abs(Polynomial(b, xs[i], 1))), sum[i], 1e-14);
            Assert.Equal(Polynomial(a, xs[i], 0) / (1 + Polynomial([.. b.Select(Math.Abs)], Math.Abs(xs[i]), 1)), absolutes[i], 1e-14);
            Assert.Equal(sum[i], new RationalCoefficients(a, b).At(xs[i]), 1e-14);
            Assert.Equal(absolutes[i], new RationalCoefficients(a, b, RationalDenominator.SumOfAbsolutes).At(xs[i]), 1e-14);
        }
    }

    [Fact]
    public void Groups_are_neighbouring_channels()
    {
        using var scope = NewDisposeScope();
        double[][] a = [[0.1, 1, 0.3, -0.2, 0.05, 0.01], [-0.4, 0.5, 1, 0.1, -0.3, 0.2]], b = [[0.3, -0.2, 0.1, 0.4], [-0.6, 0.2, 0.5, 0.1]];
        var (numerator, denominator) = (tensor(a.SelectMany(each => each).ToArray()).view(2, 6), tensor(b.SelectMany(each => each).ToArray()).view(2, 4));
        var x = randn(3, 6, dtype: float64, generator: new Seed(9).ToGenerator());
        foreach (var made in new[] { RationalFunction.Apply(x, numerator, denominator), RationalFunction.Composed(x, numerator, denominator) })
        {
            for (var row = 0; row < 3; row++)
                for (var channel = 0; channel < 6; channel++)
                    Assert.Equal(new RationalCoefficients(a[channel / 3], b[channel / 3]).At(x[row, channel].item<double>()), made[row, channel].item<double>(), 1e-12);
        }
    }

    [Theory]
    [InlineData(RationalDenominator.AbsoluteOfSum, true)]
    [InlineData(RationalDenominator.SumOfAbsolutes, true)]
    [InlineData(RationalDenominator.AbsoluteOfSum, false)]
    public void Gradients_can_be_differentiated_again(RationalDenominator form, bool ofCoefficients)
    {
        using var scope = NewDisposeScope();
        new Seed(10).SeedTorch();
        var (x, a, b) = (randn(5, 6, dtype: float64).requires_grad_(), randn(1, 6, dtype: float64), randn(2, 4, dtype: float64));
        if (ofCoefficients)
            (a.requires_grad, b.requires_grad) = (true, true);
        Tensor[] leaves = ofCoefficients ? [x, a, b] : [x];
        var (fused, composed) = (Twice(RationalFunction.Apply), Twice(RationalFunction.Composed));
        for (var i = 0; i < leaves.Length; i++)
            Assert.True(fused[i].allclose(composed[i], 1e-9, 1e-9));

        IList<Tensor> Twice(Func<Tensor, Tensor, Tensor, RationalDenominator, Tensor> function)
        {
            var gradient = autograd.grad([function(x, a, b, form).square().sum()], [x], retain_graph: true, create_graph: true)[0];
            return autograd.grad([gradient.square().sum()], leaves);
        }
    }

    [Fact]
    public void From_the_identity_the_denominator_can_move()
    {
        using var scope = NewDisposeScope();
        new Seed(6).SeedTorch();
        foreach (var fused in new[] { true, false })
        {
            var activation = new RationalActivation(8, 2, RationalTarget.Identity, fused: fused, dtype: float64);
            activation.call(randn(20, 8, dtype: float64)).square().sum().backward();
            Assert.True(activation.Denominator.grad!.abs().min().item<double>() > 0);
        }
    }

    [Fact]
    public void Sums_do_not_depend_on_the_number_of_threads()
    {
        using var scope = NewDisposeScope();
        var threads = get_num_threads();
        try
        {
            int[] counts = [1, 2];
            var gradients = counts.Select(count =>
            {
                set_num_threads(count);
                new Seed(7).SeedTorch();
                var activation = new RationalActivation(64);
                activation.call(randn(3000, 64)).square().mean().backward();
                return activation.Denominator.grad!;
            }).ToArray();
            Assert.True(gradients[0].eq(gradients[1]).all().item<bool>());
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void What_cannot_be_fused_is_composed()
    {
        using var scope = NewDisposeScope();
        new Seed(8).SeedTorch();
        var (a, b) = (randn(2, 6), randn(2, 4));
        var whole = randn(10, 8);
        var turned = whole.t().contiguous().t();
        Assert.True(RationalFunction.CanFuse(whole, a, b));
        Assert.False(RationalFunction.CanFuse(turned, a, b));
        Assert.False(RationalFunction.CanFuse(whole.to(float16), a, b));
        Assert.False(RationalFunction.CanFuse(empty(10, 8, device: META), a, b));
        Assert.False(RationalFunction.CanFuse(whole, randn(2, 7), b));
        // 2 GiB, of which nothing is touched.
        Assert.False(RationalFunction.CanFuse(empty(1 << 26, 8), a, b));
        Assert.True(RationalFunction.Apply(whole, a, b).allclose(RationalFunction.Apply(turned, a, b), 1e-5, 1e-6));
        Assert.Equal([10L, 8L], RationalFunction.Apply(empty(10, 8, device: META), a.to(META), b.to(META)).shape);
        Assert.Equal([0L, 8L], RationalFunction.Apply(empty(0, 8), a, b).shape);
    }

    [Fact]
    public void Rows_in_the_midst_of_other_memory_are_read_in_place()
    {
        using var scope = NewDisposeScope();
        new Seed(8).SeedTorch();
        var (a, b, rows) = (randn(2, 6), randn(2, 4), randn(10, 8).narrow(0, 3, 4));
        Assert.True(RationalFunction.CanFuse(rows, a, b));
        Assert.True(RationalFunction.Apply(rows, a, b).allclose(RationalFunction.Composed(rows, a, b), 1e-5, 1e-6));
        Assert.Equal([8L], RationalFunction.Apply(rows[0], a, b).shape);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_pass_forward_leaves_its_result_only(bool recording)
    {
        using var scope = NewDisposeScope();
        var activation = new RationalActivation(16, 4);
        var input = ones(32, 16);
        using var mode = set_grad_enabled(recording);
        activation.call(input).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        activation.call(input).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Training_with_it_holds_no_tensors_back()
    {
        using var scope = NewDisposeScope();
        var activation = new RationalActivation(16, 4);
        var input = ones(32, 16);
        long Live()
        {
            using (NewDisposeScope())
                activation.call(input).sum().backward();
            return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }
        Live();
        Live();
        var before = Live();
        for (var i = 0; i < 20; i++)
            Live();
        Assert.Equal(before, Live());
    }

    [Theory]
    [InlineData(RationalTarget.Swish, 2.8178, 1e-4)]
    [InlineData(RationalTarget.Gelu, 2.3568, 1e-3)]
    [InlineData(RationalTarget.Tanh, 0, 1e-4)]
    public void Fits_follow_their_target_on_the_interval_and_have_the_published_gain(RationalTarget target, double gain, double tolerance)
    {
        foreach (var form in Enum.GetValues<RationalDenominator>())
        {
            var fit = RationalFit.To(target, form: form);
            var error = Enumerable.Range(-300, 601).Max(i => Math.Abs(fit.At(i / 100.0) - RationalFit.Evaluate(target, i / 100.0)));
            Assert.True(error < (form == RationalDenominator.AbsoluteOfSum ? tolerance : 100 * tolerance), $"{form}: {error}");
            if (gain > 0)
                Assert.Equal(gain, fit.Gain(), 0.03);
        }
    }

    [Fact]
    public void Targets_are_finite_far_out()
    {
        foreach (var target in Enum.GetValues<RationalTarget>())
        {
            Assert.Equal(target == RationalTarget.Tanh ? 1 : 200, RationalFit.Evaluate(target, 200), 1e-9);
            Assert.Equal(target switch { RationalTarget.Tanh => -1, RationalTarget.Identity => -200, _ => 0 }, RationalFit.Evaluate(target, -200), 1e-9);
        }
    }

    [Fact]
    public void The_identity_has_gain_1() => Assert.Equal(1, RationalFit.To(RationalTarget.Identity).Gain(), 1e-12);

    [Fact]
    public void Errors_say_what_was_expected()
    {
        using var scope = NewDisposeScope();
        var activation = new RationalActivation(16, 4);
        Assert.StartsWith("input: expected (..., 16), got (2, 8)", Assert.Throws<ArgumentException>(() => activation.call(ones(2, 8))).Message, StringComparison.Ordinal);
        Assert.StartsWith("channels 10 are not divisible by groups 4.", Assert.Throws<ArgumentException>(() => new RationalActivation(10, 4)).Message, StringComparison.Ordinal);
        Assert.StartsWith("input: expected channels in 4 equal groups, got 6", Assert.Throws<ArgumentException>(() => RationalFunction.Apply(ones(2, 6), ones(4, 6), ones(1, 4))).Message, StringComparison.Ordinal);
        Assert.StartsWith("denominator: expected 4 groups or 1, as the numerator has, got 2", Assert.Throws<ArgumentException>(() => RationalFunction.Apply(ones(2, 8), ones(4, 6), ones(2, 4))).Message, StringComparison.Ordinal);
    }

    private static void AssertAgree(
        int rows, int channels, int groups, int m, int n, RationalDenominator form, bool shareNumerator, bool shareDenominator, int seed, ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(seed).ToGenerator();
        Tensor Draw(params long[] shape) => randn(shape, dtype: type, generator: generator);
        var tensors = new[] { Draw(rows, channels), Draw(shareNumerator ? 1 : groups, m + 1) * 0.5, Draw(shareDenominator ? 1 : groups, n) * 0.5 };
        var weights = Draw(rows, channels);
        // The composed function in 64 bits: in 32, its sums over many rows are the less exact ones.
        var (fused, byFused) = Run(type, fuse: true);
        var (composed, byComposed) = Run(float64, fuse: false);
        AssertClose(composed, fused, 1);
        AssertClose(byComposed[0], byFused[0], 1);
        // A sum of so many numbers is of this size, unless it happens to cancel.
        var size = Math.Sqrt(rows * channels);
        AssertClose(byComposed[1], byFused[1], size);
        AssertClose(byComposed[2], byFused[2], size);

        (Tensor, Tensor[]) Run(ScalarType of, bool fuse)
        {
            var leaves = tensors.Select(each => each.to(of, copy: true).requires_grad_()).ToArray();
            var made = fuse ? RationalFunction.Apply(leaves[0], leaves[1], leaves[2], form) : RationalFunction.Composed(leaves[0], leaves[1], leaves[2], form);
            (made * weights.to(of)).sum().backward();
            return (made.detach(), [.. leaves.Select(leaf => leaf.grad!)]);
        }

        void AssertClose(Tensor expected, Tensor actual, double size)
        {
            var difference = ((expected - actual).abs().max() / expected.abs().max().clamp_min(size)).to(float64).item<double>();
            Assert.True(difference <= tolerance, $"{rows} rows, {channels} channels, {groups} groups, {form}: {difference}");
        }
    }
}
