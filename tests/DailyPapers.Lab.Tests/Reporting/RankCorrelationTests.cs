using CsCheck;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Tests.Reporting;

public sealed class RankCorrelationTests
{
    private static readonly Gen<double[]> _values = Gen.Int[-9, 9].Select(value => (double)value).Array[2, 40];

    [Fact]
    public void Ties_share_the_mean_of_their_ranks() =>
        Assert.Equal([2.5, 1, 2.5, 4], RankCorrelation.Ranks([5, 1, 5, 7]));

    [Fact]
    public void A_worked_example_without_ties() => // 1 - 6 sum d^2 / (n (n^2 - 1)), with sum d^2 = 8
        Assert.Equal(1 - 6 * 8 / (5.0 * 24), RankCorrelation.Spearman([1, 2, 3, 4, 5], [3, 2, 1, 4, 5]), 12);

    [Fact]
    public void Only_the_order_matters() => _values.Sample(xs =>
    {
        double[] ys = [.. xs.Select(x => Math.Exp(x / 3))];
        var distinct = xs.Distinct().Count() > 1;
        Assert.Equal(distinct ? 1 : double.NaN, RankCorrelation.Spearman(xs, ys), 10);
        Assert.Equal(distinct ? -1 : double.NaN, RankCorrelation.Spearman(xs, [.. ys.Select(y => -y)]), 10);
    });

    [Fact]
    public void It_is_symmetric_and_within_one() => Gen.Select(_values, _values).Sample((a, b) =>
    {
        var length = Math.Min(a.Length, b.Length);
        var rho = RankCorrelation.Spearman(a[..length], b[..length]);
        Assert.Equal(rho, RankCorrelation.Spearman(b[..length], a[..length]), 10);
        Assert.True(double.IsNaN(rho) || Math.Abs(rho) <= 1 + 1e-12);
    });

    [Fact]
    public void Unequal_lengths_and_nan_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RankCorrelation.Spearman([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Spearman([1, double.NaN], [1, 2]));
    }
}
