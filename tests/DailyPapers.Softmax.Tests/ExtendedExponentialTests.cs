using CsCheck;

namespace DailyPapers.Numerics.Tests;

public sealed class ExtendedExponentialTests
{
    [Fact]
    public void Mantissa_stays_near_one_and_the_parts_make_up_the_exponential() =>
        Gen.Double[-700, 700].Sample(x =>
        {
            var e = ExtendedExponential.Exp(x);
            return e.Mantissa is >= 0.7071 and <= 1.4143
                && e.Exponent == Math.Round(e.Exponent)
                && Math.Abs(e.ToDouble() / Math.Exp(x) - 1) < 1e-14;
        });

    [Fact]
    public void Exponentials_beyond_a_double_keep_their_logarithm() =>
        Gen.Double[-1e9, 1e9].Sample(x => Math.Abs(ExtendedExponential.Exp(x).Log() - x) <= 1e-15 * Math.Abs(x) + 1e-15);

    [Fact]
    public void Addition_is_commutative_and_associative_up_to_rounding() =>
        Gen.Select(Gen.Double[-1e4, 1e4], Gen.Double[-1e4, 1e4], Gen.Double[-1e4, 1e4]).Sample((x, y, z) =>
        {
            var (a, b, c) = (ExtendedExponential.Exp(x), ExtendedExponential.Exp(y), ExtendedExponential.Exp(z));
            return a + b == b + a && Math.Abs(((a + b) + c).Log() - (a + (b + c)).Log()) <= 1e-11;
        });

    [Fact]
    public void Zero_is_neutral()
    {
        var e = ExtendedExponential.Exp(12.5);
        Assert.Equal(e, e + ExtendedExponential.Zero);
        Assert.Equal(e, ExtendedExponential.Zero + e);
        Assert.Equal(ExtendedExponential.Zero, ExtendedExponential.Zero + ExtendedExponential.Zero);
        Assert.Equal(0, ExtendedExponential.Zero.ToDouble());
        Assert.Equal(double.NegativeInfinity, ExtendedExponential.Zero.Log());
        Assert.Equal(ExtendedExponential.Zero, ExtendedExponential.Exp(double.NegativeInfinity));
    }

    [Fact]
    public void Infinity_and_nan_stay_what_they_are()
    {
        Assert.Equal(double.PositiveInfinity, ExtendedExponential.Exp(double.PositiveInfinity).ToDouble());
        Assert.Equal(double.NaN, ExtendedExponential.Exp(double.NaN).ToDouble());
        Assert.Equal(double.NaN, (ExtendedExponential.Exp(double.NaN) + ExtendedExponential.Exp(1)).ToDouble());
        Assert.Equal(double.NaN, (ExtendedExponential.Exp(double.NaN) + ExtendedExponential.Zero).ToDouble());
    }

    [Fact]
    public void Sums_of_special_inputs_are_what_the_documentation_says()
    {
        foreach (var set in new[] { SoftmaxInstructionSet.Portable, SoftmaxInstructionSet.Best })
        {
            Assert.Equal(ExtendedExponential.Zero, Softmax.SumOfExponentials(ReadOnlySpan<float>.Empty, set));
            Assert.Equal(ExtendedExponential.Zero, Softmax.SumOfExponentials([float.NegativeInfinity, float.NegativeInfinity], set));
            Assert.Equal(double.PositiveInfinity, Softmax.SumOfExponentials([1f, float.PositiveInfinity], set).Mantissa);
            Assert.Equal(double.NaN, Softmax.SumOfExponentials([1f, float.NaN], set).Mantissa);
            Assert.Equal(double.NaN, Softmax.SumOfExponentials([float.PositiveInfinity, float.NaN], set).Mantissa);
            Assert.Equal(double.NaN, Softmax.SumOfExponentials([float.NegativeInfinity, float.NaN], set).Mantissa);
        }
    }
}
