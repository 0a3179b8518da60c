using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Reporting;

/// <summary>One thing drawn in a chart: what it adds to the axes' ranges and to the legend.</summary>
internal abstract record ChartLayer
{
    public virtual IEnumerable<double> XValues => [];

    public virtual IEnumerable<double> YValues => [];
}

internal sealed record LineLayer(int Series, string Label, IReadOnlyList<double> Xs, IReadOnlyList<double> Ys) : ChartLayer
{
    public override IEnumerable<double> XValues => Xs;

    public override IEnumerable<double> YValues => Ys;
}

internal sealed record BandLayer(int Series, IReadOnlyList<double> Xs, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper) : ChartLayer
{
    public override IEnumerable<double> XValues => Xs;

    public override IEnumerable<double> YValues => Lower.Concat(Upper);
}

internal sealed record PointLayer(int Series, string Label, IReadOnlyList<double> Xs, IReadOnlyList<double> Ys) : ChartLayer
{
    public override IEnumerable<double> XValues => Xs;

    public override IEnumerable<double> YValues => Ys;
}

internal sealed record RuleLayer(string Label, double? X, double? Y) : ChartLayer
{
    public override IEnumerable<double> XValues => X is { } x ? [x] : [];

    public override IEnumerable<double> YValues => Y is { } y ? [y] : [];
}

internal sealed record HeatLayer(
    string Label, IReadOnlyList<double> Xs, IReadOnlyList<double> Ys, double[,] Values, bool Logarithmic, Interval? Range) : ChartLayer
{
    public override IEnumerable<double> XValues => Xs;

    public override IEnumerable<double> YValues => Ys;
}

internal sealed record ContourLayer(
    string Label, IReadOnlyList<double> Xs, IReadOnlyList<double> Ys, double[,] Values, IReadOnlyList<double> Levels) : ChartLayer
{
    public override IEnumerable<double> XValues => Xs;

    public override IEnumerable<double> YValues => Ys;

    /// <summary>
    /// The pieces of one contour, each across one cell (marching squares, linear along the cell's edges). Positions are
    /// fractional (column, row).
    /// </summary>
    public IEnumerable<((double Column, double Row) From, (double Column, double Row) To)> Pieces(double level)
    {
        for (var row = 0; row + 1 < Ys.Count; row++)
            for (var column = 0; column + 1 < Xs.Count; column++)
            {
                var crossings = Crossings(row, column, level).ToList();
                for (var i = 0; i + 1 < crossings.Count; i += 2)
                    yield return (crossings[i], crossings[i + 1]);
            }
    }

    private IEnumerable<(double Column, double Row)> Crossings(int row, int column, double level)
    {
        var (a, b, c, d) = (Values[row, column], Values[row, column + 1], Values[row + 1, column + 1], Values[row + 1, column]);
        if (a < level != b < level)
            yield return (column + (level - a) / (b - a), row);
        if (b < level != c < level)
            yield return (column + 1, row + (level - b) / (c - b));
        if (c < level != d < level)
            yield return (column + (level - d) / (c - d), row + 1);
        if (d < level != a < level)
            yield return (column, row + (level - a) / (d - a));
    }
}
