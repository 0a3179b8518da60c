using DailyPapers.Lab.Generalization.LearningDynamics;

namespace DailyPapers.Lab.Tests.Generalization.LearningDynamics;

public sealed class MarchenkoPasturTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(2.5)]
    public void Moments_are_the_known_ones(double alpha)
    {
        var law = new MarchenkoPastur(alpha);
        Assert.Equal(1, law.MassAtZero + law.ContinuousMean(_ => 1), 1e-3); // at α = 1 the density diverges at 0
        Assert.Equal(alpha, law.ContinuousMean(eigenvalue => eigenvalue), 1e-9);
        Assert.Equal(alpha + alpha * alpha, law.ContinuousMean(eigenvalue => eigenvalue * eigenvalue), 1e-9);
        Assert.Equal(alpha + 3 * alpha * alpha + alpha * alpha * alpha, law.ContinuousMean(eigenvalue => Math.Pow(eigenvalue, 3)), 1e-9);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(2.5)]
    public void The_mean_inverse_is_that_of_a_Wishart_matrix(double alpha) =>
        Assert.Equal(Math.Min(1, alpha) / Math.Abs(1 - alpha), new MarchenkoPastur(alpha).ContinuousMean(eigenvalue => 1 / eigenvalue), 1e-8);

    [Fact]
    public void Means_are_integrals_of_the_density()
    {
        var law = new MarchenkoPastur(1.7);
        const int steps = 200_000;
        var width = (law.Largest - law.Smallest) / steps;
        var integral = Enumerable.Range(0, steps).Sum(i =>
        {
            var eigenvalue = law.Smallest + (i + 0.5) * width;
            return width * law.Density(eigenvalue) * Math.Exp(-eigenvalue);
        });
        Assert.Equal(integral, law.ContinuousMean(eigenvalue => Math.Exp(-eigenvalue)), 1e-7);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public void Eigenvalues_of_a_draw_follow_the_law(double alpha)
    {
        var law = new MarchenkoPastur(alpha);
        var draw = LinearTeacherStudent.Draw(300, (int)(alpha * 300), 1, 0, new Seed(1));
        for (var i = 0; i < 300; i += 10)
            Assert.Equal((i + 1) / 300.0, law.Cumulative(draw.Eigenvalues[i]), draw.Eigenvalues[i] == 0 ? 0.5 : 0.02);
        Assert.Equal((int)Math.Round(law.MassAtZero * 300), draw.Eigenvalues.Count(eigenvalue => eigenvalue == 0));
    }

    [Fact]
    public void The_cumulative_share_rises_from_the_mass_at_zero_to_one()
    {
        var law = new MarchenkoPastur(0.4);
        Assert.Equal(0, law.Cumulative(-1));
        Assert.Equal(0.6, law.Cumulative(0), 1e-12);
        Assert.Equal(1, law.Cumulative(law.Largest), 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MarchenkoPastur(0));
    }
}
