using CsCheck;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Tests.Reporting;

public sealed class LeastSquaresLineTests
{
    [Fact]
    public void Points_on_a_line_have_its_slope() =>
        (from slope in Gen.Double[-5, 5]
         from offset in Gen.Double[-5, 5]
         select (slope, offset)).Sample(line =>
         {
             double[] xs = [-2, 0, 1, 5];
             Assert.Equal(line.slope, LeastSquaresLine.Slope(xs, [.. xs.Select(x => line.offset + line.slope * x)]), 1e-9);
         });

    [Fact]
    public void The_slope_is_that_of_least_squares() =>
        Assert.Equal(0.5, LeastSquaresLine.Slope([0, 1, 2], [0, 2, 1]), 1e-12);

    [Fact]
    public void A_slope_needs_two_places()
    {
        Assert.Throws<ArgumentException>(() => LeastSquaresLine.Slope([1, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => LeastSquaresLine.Slope([1, 2], [1]));
    }
}
