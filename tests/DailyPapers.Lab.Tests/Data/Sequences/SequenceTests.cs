using DailyPapers.Lab.Data.Sequences;

namespace DailyPapers.Lab.Tests.Data.Sequences;

public sealed class SequenceTests
{
    [Fact]
    public void Narma_follows_its_recurrence_and_stays_below_one()
    {
        var (u, y) = Narma10.Generate(3000, new Seed(1));
        Assert.All(u, input => Assert.InRange(input, 0, 0.5));
        Assert.True(y.Max() <= 1);
        for (var t = 9; t + 1 < y.Length; t++)
            Assert.Equal(0.3 * y[t] + 0.05 * y[t] * y[(t - 9)..(t + 1)].Sum() + 1.5 * u[t - 9] * u[t] + 0.1, y[t + 1], 1e-12);
    }

    [Fact]
    public void Narma_under_constant_input_rests_at_its_fixed_point()
    {
        // y = 0.3 y + 0.5 y² + 1.5 u² + 0.1 at u = 0.2 is 0.5 y² − 0.7 y + 0.16 = 0.
        var y = Narma10.Respond([.. Enumerable.Repeat(0.2, 400)]);
        Assert.Equal(0.7 - Math.Sqrt(0.49 - 0.32), y![^1], 1e-9);
    }

    [Fact]
    public void Narma_that_diverges_gives_nothing() => Assert.Null(Narma10.Respond([.. Enumerable.Repeat(0.5, 400)]));

    [Fact]
    public void Mackey_and_Glass_series_solves_the_delay_equation()
    {
        var x = MackeyGlass.Generate(600, new Seed(2));
        Assert.All(x, value => Assert.InRange(value, 0.2, 1.5));
        // The integral form over one unit: Simpson's rule needs half units, so the trapezoid's error is what is allowed.
        for (var t = 20; t < 580; t++)
        {
            double Slope(int s) => 0.2 * x[s - 17] / (1 + Math.Pow(x[s - 17], 10)) - 0.1 * x[s];
            Assert.Equal((x[t + 1] - x[t - 1]) / 2, (Slope(t - 1) + 4 * Slope(t) + Slope(t + 1)) / 6, 2e-3);
        }
    }

    [Fact]
    public void Lorenz_series_has_the_contraction_and_range_of_the_attractor()
    {
        var (x, y, z) = Lorenz63.Generate(4000, 0.02, new Seed(3));
        Assert.InRange(x.Max(), 14, 21);
        Assert.InRange(z.Min(), 0, 8);
        // Along a solution, d(x²/2 + y²/2 + z²/2)/dt = −10x² − y² − 8z²/3 + 38xy; the mean of zz' is 0: ⟨xyz⟩ = 8/3 ⟨z²⟩ and ⟨xy⟩ = 8/3 ⟨z⟩.
        var xy = x.Zip(y, (a, b) => a * b).Average();
        Assert.Equal(8.0 / 3 * z.Average(), xy, 1.0);
        for (var t = 1; t + 1 < 200; t++)
            Assert.Equal(10 * (y[t] - x[t]), (x[t + 1] - x[t - 1]) / 0.04, 2.0);
    }

    [Fact]
    public void Series_depend_on_their_seeds()
    {
        Assert.Equal(MackeyGlass.Generate(50, new Seed(1)), MackeyGlass.Generate(50, new Seed(1)));
        Assert.NotEqual(MackeyGlass.Generate(50, new Seed(1)), MackeyGlass.Generate(50, new Seed(2)));
        Assert.Equal(Lorenz63.Generate(50, 0.02, new Seed(1)).X, Lorenz63.Generate(50, 0.02, new Seed(1)).X);
    }
}
