using ScottPlot;

namespace DailyPapers.Lab.Reporting;

/// <summary>A line, band, point or heat-map chart that becomes the same SVG on every machine.</summary>
public sealed class Chart
{
    private readonly List<Action<Plot>> _layers = [];

    /// <summary>A chart with named axes; name the unit in the label.</summary>
    public Chart(string xLabel, string yLabel)
    {
        _layers.Add(plot => plot.XLabel(xLabel));
        _layers.Add(plot => plot.YLabel(yLabel));
    }

    /// <summary>A curve.</summary>
    public void Line(double[] xs, double[] ys, string label) => _layers.Add(plot => plot.Add.ScatterLine(xs, ys).LegendText = label);

    /// <summary>The SVG document.</summary>
    public string ToSvg(string title, string alt)
    {
        using var plot = new Plot();
        foreach (var layer in _layers)
            layer(plot);
        return plot.GetSvgXml(720, 450);
    }
}
