using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Reporting;

/// <summary>A chart of curves, bands, points, rules or a heat map, drawn as the same SVG on every machine.</summary>
/// <remarks>
/// Series take the colours of the Okabe-Ito palette, which colour-blind readers tell apart, and lines differ by dashes too.
/// Layers are drawn in the order in which they were added.
/// </remarks>
public sealed class Chart
{
    private readonly List<ChartLayer> _layers = [];
    private int _series;

    /// <summary>A chart with named axes; name the unit in the label.</summary>
    public Chart(Axis x, Axis y)
    {
        X = x ?? throw new ArgumentNullException(nameof(x));
        Y = y ?? throw new ArgumentNullException(nameof(y));
    }

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; }

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; }

    /// <summary>A line above the plot, for panels; none when empty.</summary>
    public string Heading { get; init; } = "";

    internal IReadOnlyList<ChartLayer> Layers => _layers;

    /// <summary>A curve. A NaN breaks it.</summary>
    public void Line(IReadOnlyList<double> xs, IReadOnlyList<double> ys, string label)
    {
        SameLength(xs, ys);
        _layers.Add(new LineLayer(_series++, label, xs, ys));
    }

    /// <summary>A curve with a band around it, in one colour.</summary>
    public void LineWithBand(
        IReadOnlyList<double> xs, IReadOnlyList<double> ys, IReadOnlyList<double> lower, IReadOnlyList<double> upper, string label)
    {
        SameLength(xs, ys);
        SameLength(xs, lower);
        SameLength(xs, upper);
        _layers.Add(new BandLayer(_series, xs, lower, upper));
        _layers.Add(new LineLayer(_series++, label, xs, ys));
    }

    /// <summary>Separate points in the colour of the last series, without a legend entry of their own: measurements on a predicted curve.</summary>
    /// <exception cref="InvalidOperationException">There is no series yet.</exception>
    public void PointsOfLastSeries(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        SameLength(xs, ys);
        if (_series == 0)
            throw new InvalidOperationException("Add the series before its points.");
        _layers.Add(new PointLayer(_series - 1, "", xs, ys));
    }

    /// <summary>Separate points.</summary>
    public void Points(IReadOnlyList<double> xs, IReadOnlyList<double> ys, string label)
    {
        SameLength(xs, ys);
        _layers.Add(new PointLayer(_series++, label, xs, ys));
    }

    /// <summary>A dotted horizontal line across the plot with a short label on it (a threshold, a baseline).</summary>
    public void HorizontalRule(double y, string label) => _layers.Add(new RuleLayer(label, null, y));

    /// <summary>A dotted vertical line across the plot with a short label on it.</summary>
    public void VerticalRule(double x, string label) => _layers.Add(new RuleLayer(label, x, null));

    /// <summary>A heat map in the Cividis colours, dark for small values.</summary>
    /// <param name="xs">Columns' centres, ascending.</param>
    /// <param name="ys">Rows' centres, ascending.</param>
    /// <param name="values">Values, [row, column]; NaN leaves a hole.</param>
    /// <param name="label">What the values are, with the unit; shown beside the ends of the colour scale.</param>
    /// <param name="logarithmic">Whether colours follow the values' logarithm.</param>
    /// <param name="range">The values at the ends of the colour scale; the smallest and largest value when null.</param>
    public void HeatMap(
        IReadOnlyList<double> xs, IReadOnlyList<double> ys, double[,] values, string label, bool logarithmic = false, Interval? range = null)
    {
        ArgumentNullException.ThrowIfNull(xs);
        ArgumentNullException.ThrowIfNull(ys);
        ArgumentNullException.ThrowIfNull(values);
        if (values.GetLength(0) != ys.Count || values.GetLength(1) != xs.Count)
            throw new ArgumentException($"A heat map of {ys.Count} rows and {xs.Count} columns got {values.GetLength(0)} by {values.GetLength(1)} values.", nameof(values));
        _layers.Add(new HeatLayer(label, xs, ys, values, logarithmic, range));
    }

    /// <summary>Contour lines of a function given on a grid, labelled with their levels; made to be read on a heat map.</summary>
    /// <param name="xs">Columns, ascending.</param>
    /// <param name="ys">Rows, ascending.</param>
    /// <param name="values">Values, [row, column], finite.</param>
    /// <param name="levels">The levels.</param>
    /// <param name="label">What the function is; shown in the legend.</param>
    public void Contours(IReadOnlyList<double> xs, IReadOnlyList<double> ys, double[,] values, IReadOnlyList<double> levels, string label)
    {
        ArgumentNullException.ThrowIfNull(xs);
        ArgumentNullException.ThrowIfNull(ys);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(levels);
        if (values.GetLength(0) != ys.Count || values.GetLength(1) != xs.Count)
            throw new ArgumentException($"Contours on {ys.Count} rows and {xs.Count} columns got {values.GetLength(0)} by {values.GetLength(1)} values.", nameof(values));
        _layers.Add(new ContourLayer(label, xs, ys, values, levels));
    }

    /// <summary>The chart as an SVG document.</summary>
    /// <param name="title">A short title, for assistive technology and tooltips.</param>
    /// <param name="alt">What the chart shows, for a reader who can't see it.</param>
    public string ToSvg(string title, string alt) => ToSvg([this], title, alt);

    /// <summary>Charts side by side as one SVG document.</summary>
    /// <param name="panels">The charts, left to right.</param>
    /// <param name="title">A short title, for assistive technology and tooltips.</param>
    /// <param name="alt">What the charts show, for a reader who can't see them.</param>
    public static string ToSvg(IReadOnlyList<Chart> panels, string title, string alt)
    {
        ArgumentNullException.ThrowIfNull(panels);
        return panels.Count > 0 ? SvgDrawing.Draw(panels, title, alt) : throw new ArgumentException("A figure needs at least one chart.", nameof(panels));
    }

    private static void SameLength(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        ArgumentNullException.ThrowIfNull(xs);
        ArgumentNullException.ThrowIfNull(ys);
        if (xs.Count != ys.Count)
            throw new ArgumentException($"A series needs as many y values as x values; it has {ys.Count} and {xs.Count}.", nameof(ys));
    }
}
