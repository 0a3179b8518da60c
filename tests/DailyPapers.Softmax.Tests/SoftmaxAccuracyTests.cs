using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Numerics.Tests;

public sealed class SoftmaxAccuracyTests(ITestOutputHelper log)
{
    public static TheoryData<Algorithm, SoftmaxInstructionSet> Kernels => Kernel.All;

    public static TheoryData<SoftmaxInstructionSet> Sets => Kernel.Sets;

    [Theory]
    [MemberData(nameof(Sets))]
    public void Exponential_is_within_2_ulp_over_the_papers_range(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        var worst = 0d;
        var at = 0f;
        Span<float> x = stackalloc float[1];
        for (var i = 0; i <= 400_000; i++)
        {
            x[0] = -87 + 174 * (i / 400_000f);
            var (m, n) = Softmax.SumOfExponentials(x, set);
            var ulps = Reference.Ulps((float)Math.ScaleB(m, (int)n), Math.Exp(x[0]));
            (worst, at) = ulps > worst ? (ulps, x[0]) : (worst, at);
        }
        log.WriteLine($"{set}: worst exp error {worst:0.000} ulp at {at:R}");
        // The paper's bound supposes FMA; rounding each product as well costs a little more.
        Assert.InRange(worst, 0.1, Fma.IsSupported || AdvSimd.IsSupported ? 2 : 2.25);
    }

    // 2 ulp of exp, up to doubled by where the quotient falls in its binade, and the roundings of 1/m_sum and of the product.
    [Theory]
    [MemberData(nameof(Sets))]
    public void Two_pass_softmax_is_within_5_ulp_over_the_papers_range(SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(Algorithm.TwoPass, set);
        var worst = 0d;
        for (var seed = 0; seed < 200; seed++)
        {
            var x = Draw.Uniform(1 + seed * 37 % 5000, -87, 87, seed);
            worst = Math.Max(worst, Reference.WorstUlps(kernel.Run(x), Reference.Softmax(x)));
        }
        log.WriteLine($"{kernel}: worst softmax error {worst:0.000} ulp, uniform logits");
        Assert.InRange(worst, 0.1, 5);
    }

    // x - mu is rounded to a float before exp: up to |x - mu| 2^-24 of relative error, which the two-pass algorithm doesn't have.
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Three_pass_softmax_is_within_5_ulp_and_the_rounding_of_x_minus_mu(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        for (var seed = 0; seed < 200; seed++)
        {
            var x = Draw.Uniform(1 + seed * 37 % 5000, -87, 87, seed);
            var y = kernel.Run(x);
            var expected = Reference.Softmax(x);
            var mu = x.Max();
            for (var i = 0; i < x.Length; i++)
                Assert.InRange(Reference.Ulps(y[i], expected[i]), 0, 5 + (mu - x[i]));
        }
    }

    // Equal terms round the same way at every addition: an uncompensated sum of 300,000 is off by 20 to 60 ulp.
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Softmax_of_many_equal_logits_is_within_5_ulp(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        for (var step = 0; step < 12; step++)
        {
            var y = kernel.Run([.. Enumerable.Repeat(0.3f * step, 300_000)]);
            Assert.InRange(Reference.Ulps(y[0], 1d / y.Length), 0, 5);
            Assert.Equal(-1, y.AsSpan().IndexOfAnyExcept(y[0]));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_million_normal_logits_sum_to_one(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var y = Kernel.Of(algorithm, set).Run(Draw.Normal(1 << 20, 1, 5));
        Assert.InRange(y.Sum(value => (double)value), 1 - 2e-7, 1 + 2e-7);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Wide_range_inputs_sum_to_one_without_overflow(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        for (var seed = 0; seed < 50; seed++)
        {
            var x = Draw.Uniform(1 + seed * 997, -1e4f, 1e4f, seed);
            var y = kernel.Run(x);
            Assert.All(y, value => Assert.InRange(value, 0, 1.000001f));
            Assert.InRange(y.Sum(value => (double)value), 1 - 1e-6, 1 + 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Double_precision_is_within_4_ulp(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        var worst = 0d;
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var scale = seed % 2 == 0 ? 5 : 300;
            double[] x = [.. Enumerable.Range(0, 1 + seed * 7).Select(_ => scale * (2 * random.NextDouble() - 1))];
            var y = kernel.Run(x);
            var expected = Reference.Softmax(x);
            for (var i = 0; i < x.Length; i++)
            {
                // The reference's own exp and division are off by about one ulp; x - max loses half an ulp of x.
                var slack = Math.Max(1, Math.Abs(x[i] - x.Max()) / 2);
                worst = Math.Max(worst, Math.Abs(y[i] - expected[i]) / Math.BitIncrement(expected[i]) * Math.Pow(2, 52) / slack);
            }
        }
        log.WriteLine($"{kernel}: worst double error {worst:0.000} ulp (relative to the conditioning of x - max)");
        Assert.InRange(worst, 0.1, 4);
    }
}
