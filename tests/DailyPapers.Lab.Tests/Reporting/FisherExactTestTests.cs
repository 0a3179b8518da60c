using CsCheck;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Tests.Reporting;

public sealed class FisherExactTestTests
{
    // Counts by hand: C(10, 5) = 252 tables of two groups of five with five successes.
    [Theory]
    [InlineData(5, 0, 0, 5, 1 / 252.0)]
    [InlineData(4, 1, 1, 4, 26 / 252.0)]
    [InlineData(0, 5, 5, 0, 1)]
    [InlineData(0, 5, 0, 5, 1)]
    public void Small_tables_are_counted(int a, int b, int c, int d, double expected) =>
        Assert.Equal(expected, FisherExactTest.Greater(a, b, c, d), 1e-12);

    [Fact]
    public void The_tea_lady_guessed_six_of_eight() => Assert.Equal(34 / 70.0, FisherExactTest.TwoSided(3, 1, 1, 3), 1e-12);

    [Fact]
    public void Both_directions_together_count_the_table_seen_twice() =>
        Gen.Int[0, 12].Array[4].Sample(n =>
        {
            double greater = FisherExactTest.Greater(n[0], n[1], n[2], n[3]), less = FisherExactTest.Greater(n[2], n[3], n[0], n[1]);
            Assert.InRange(greater + less, 1 - 1e-9, 2 + 1e-9);
            Assert.InRange(FisherExactTest.TwoSided(n[0], n[1], n[2], n[3]), Math.Min(greater, less) - 1e-9, 1);
            Assert.Equal(FisherExactTest.TwoSided(n[0], n[1], n[2], n[3]), FisherExactTest.TwoSided(n[3], n[2], n[1], n[0]), 1e-9);
        }, iter: 300);

    [Fact]
    public void Without_a_difference_small_p_values_are_as_rare_as_they_say()
    {
        var random = new Random(1);
        const int studies = 4000, group = 20;
        int Successes() => Enumerable.Range(0, group).Count(_ => random.NextDouble() < 0.3);
        var rejected = Enumerable.Range(0, studies).Count(_ =>
        {
            int a = Successes(), b = Successes();
            return FisherExactTest.Greater(a, group - a, b, group - b) <= 0.05;
        });
        // An exact test of discrete counts rejects at most 5 %; four standard errors are 0.014.
        Assert.InRange(rejected / (double)studies, 0.005, 0.064);
    }

    [Fact]
    public void Negative_counts_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => FisherExactTest.Greater(1, -1, 2, 3));
}
