namespace DailyPapers.Numerics.Tests;

/// <summary>The reference against what is known in closed form and against the plain formula in double precision.</summary>
public sealed class ExactTests
{
    [Fact]
    public void Equal_logits_give_one_over_n()
    {
        var exact = new Exact([3, 3, 3]);
        Assert.Equal(1 / 3d, exact.Softmax(1), 6e-17);
        Assert.Equal(-1.0986122886681098, exact.LogSoftmax(0), 3e-16); // −ln 3
        Assert.Equal(0, exact.SoftmaxUlps(0, 1 / 3d, 53), 0.5);
        Assert.InRange(exact.SoftmaxUlps(0, Math.BitIncrement(1 / 3d), 53), 0.5, 1.5);
        Assert.InRange(exact.SoftmaxUlps(0, MathF.BitIncrement(MathF.BitIncrement(1 / 3f)), 24), 1.5, 2.5);
    }

    [Fact]
    public void Logarithms_of_whole_numbers_are_right()
    {
        var exact = new Exact([Math.Log(2), 0]); // ln 2 is rounded, so its exponential is 2 to a double's precision
        Assert.Equal(2 / 3d, exact.Softmax(0), 1e-16);
        Assert.Equal(-1.0986122886681098, exact.LogSoftmax(1), 1e-15);
        Assert.Equal(2, exact.LogSoftmaxUlps(1, exact.LogSoftmax(1) + Math.ScaleB(1, -51), 53), 0.6);
    }

    [Fact]
    public void The_plain_formula_agrees_to_its_own_precision()
    {
        double[] x = [.. Draw.Normal(200, 8, 4).Select(value => (double)value)];
        var exact = new Exact(x);
        var plain = Reference.Softmax(x);
        for (var i = 0; i < x.Length; i++)
        {
            Assert.InRange(exact.Softmax(i) / plain[i], 1 - 2e-14, 1 + 2e-14);
            Assert.InRange(exact.SoftmaxUlps(i, exact.Softmax(i), 53), 0, 1);
            Assert.Equal(Math.Log(plain[i]), exact.LogSoftmax(i), 1e-13);
        }
    }
}
