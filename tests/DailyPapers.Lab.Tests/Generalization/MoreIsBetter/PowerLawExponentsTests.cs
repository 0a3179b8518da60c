using DailyPapers.Lab.Generalization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.MoreIsBetter;

public sealed class PowerLawExponentsTests
{
    [Theory]
    [InlineData(1.5, 2.0)]
    [InlineData(2.0, 1.5)]
    public void Known_exponents_are_recovered_from_kernel_and_labels(double alpha, double beta)
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(4).ToGenerator();
        const int n = 400, modes = 6000;
        var i = arange(1, modes + 1, dtype: float64);
        var x = randn(n, modes, dtype: float64, generator: generator);
        // The modes beyond those drawn act through their trace and power, which concentrate.
        var kernel = (x * i.pow(-alpha)).mm(x.t()) + eye(n, dtype: float64) * (Math.Pow(modes, 1 - alpha) / (alpha - 1));
        var labels = x.mm(i.pow(-beta / 2).unsqueeze(1))
            + randn(n, 1, dtype: float64, generator: generator) * Math.Sqrt(Math.Pow(modes, 1 - beta) / (beta - 1));
        var measured = PowerLawExponents.Estimate(kernel, labels, [50, 100, 200, 400], repeats: 10, generator, TestContext.Current.CancellationToken);
        Assert.Equal(alpha, measured.Alpha, 0.05);
        Assert.Equal(beta, measured.Beta, 0.2);
        Assert.InRange(measured.AlphaStandardError, 0, 0.05);
    }

    [Fact]
    public void Sizes_that_cannot_be_drawn_are_refused()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(4).ToGenerator();
        var error = Assert.Throws<ArgumentException>(() =>
            PowerLawExponents.Estimate(eye(10, dtype: float64), ones(10, 1, dtype: float64), [2, 5, 11], 1, generator, TestContext.Current.CancellationToken));
        Assert.Contains("from 2 to 10", error.Message, StringComparison.Ordinal);
    }
}
