using System.Globalization;
using System.Text.RegularExpressions;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Tests.Reporting;

public sealed partial class ContourTests
{
    [Fact]
    public void A_contour_of_a_plane_is_the_straight_line_at_its_level()
    {
        double[] ticks = [0, 1, 2, 3, 4];
        var values = new double[5, 5];
        for (var row = 0; row < 5; row++)
            for (var column = 0; column < 5; column++)
                values[row, column] = column;
        var chart = new Chart(new Axis("x", Minimum: 0, Maximum: 4), new Axis("y", Minimum: 0, Maximum: 4));
        chart.Contours(ticks, ticks, values, [1.5], "f");
        var svg = chart.ToSvg("t", "a");
        var path = ContourPath().Match(svg).Groups[1].Value;
        double[] xs = [.. Point().Matches(path).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(8, xs.Length);
        Assert.All(xs, x => Assert.Equal(xs[0], x, 0.02));
        Assert.Contains(">1.5</text>", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_of_the_last_series_share_its_colour_and_have_no_legend()
    {
        var chart = new Chart("x", "y");
        Assert.Throws<InvalidOperationException>(() => chart.PointsOfLastSeries([1], [1]));
        chart.Line([0, 1], [0, 1], "first");
        chart.Line([0, 1], [1, 2], "second");
        chart.PointsOfLastSeries([0.5], [1.5]);
        var svg = chart.ToSvg("t", "a");
        Assert.Contains("<g fill=\"#D55E00\"", svg, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(svg, "h24\""));
    }

    [GeneratedRegex("d=\"([^\"]+)\" fill=\"none\" stroke=\"#fff\"")]
    private static partial Regex ContourPath();

    [GeneratedRegex("[ML]([0-9.]+) ")]
    private static partial Regex Point();
}
