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
