using System.Globalization;
using System.Security;
using System.Text;

namespace DailyPapers.Lab.Reporting;

/// <summary>Turns charts into SVG text.</summary>
/// <remarks>
/// Text stays text in the reader's own font and nothing is measured, so a server without fonts draws the same file. Ink is
/// <c>currentColor</c> on a transparent ground: a grey that is legible on white and black, sharpened where the file's own style
/// applies. No identifiers are used, so several figures may stand inline on one page.
/// </remarks>
internal sealed class SvgDrawing
{
    // Okabe and Ito's colours without yellow, which vanishes on white.
    private static readonly string[] _colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
    private static readonly string[] _dashes = ["", "7 3", "2 3", "9 3 2 3", "5 2 1 2 1 2", "12 4"];

    // Ten samples of Cividis (Nunez, Anderton and Renslow 2018).
    private static readonly (int R, int G, int B)[] _cividis =
    [
        (0x00, 0x22, 0x4E), (0x12, 0x35, 0x70), (0x3B, 0x49, 0x6C), (0x57, 0x5D, 0x6D), (0x70, 0x71, 0x73),
        (0x8A, 0x86, 0x78), (0xA5, 0x9C, 0x74), (0xC3, 0xB3, 0x69), (0xE1, 0xCC, 0x55), (0xFE, 0xE8, 0x38),
    ];

    private const double Left = 64, Right = 14, Top = 14, HeadingHeight = 22, Bottom = 48, LegendRow = 18, Letter = 6.4, WideDigit = 7.6, TextLine = 14;
    private const int LettersBesideAxis = 26;

    private readonly StringBuilder _svg = new();

    public static string Draw(IReadOnlyList<Chart> panels, string title, string alt)
    {
        var drawing = new SvgDrawing();
        double width = panels.Count == 1 ? 720 : 340, height = panels.Count == 1 ? 400 : 340;
        var legend = panels.Max(panel => LegendRows(panel, width).Count) * LegendRow;
        height += panels.Max(panel => FurtherLines(panel, width)) * TextLine;
        drawing.Open(width * panels.Count, height + legend, title, alt);
        for (var i = 0; i < panels.Count; i++)
            drawing.Panel(panels[i], i * width, width, height);
        drawing._svg.Append("</svg>\n");
        return drawing._svg.ToString();
    }

    private void Open(double width, double height, string title, string alt) => _svg
        .Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"dp-figure\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" color=\"#757575\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n"))
        .Append(Invariant($"<title>{Escape(title)}</title>\n<desc>{Escape(alt)}</desc>\n"))
        .Append("<style>.dp-figure{color:#333}@media (prefers-color-scheme:dark){.dp-figure{color:#ddd}}</style>\n");

    private void Panel(Chart chart, double x, double width, double height)
    {
        var top = Top + (chart.Heading.Length > 0 ? HeadingHeight : 0);
        var left = LeftMargin(chart);
        var area = new Area(
            x + left, top, width - left - Right, height - top - Bottom - FurtherLines(chart, width) * TextLine,
            new AxisScale(chart.X, Spread(chart, layer => layer.XValues, heat => heat.Xs, chart.X.Logarithmic)),
            new AxisScale(chart.Y, Spread(chart, layer => layer.YValues, heat => heat.Ys, chart.Y.Logarithmic)));
        if (chart.Heading.Length > 0)
            Text(area.X + area.Width / 2, top - 8, "middle", chart.Heading, " font-weight=\"600\"");
        Axes(chart, area);
        // A nested document clips to the plot without needing an identifier.
        _svg.Append(Invariant($"<svg x=\"{area.X}\" y=\"{area.Y}\" width=\"{area.Width}\" height=\"{area.Height}\">\n"));
        foreach (var layer in chart.Layers)
            Layer(layer, area with { X = 0, Y = 0 });
        _svg.Append("</svg>\n");
        Legend(chart, x, width, height);
    }

    private void Axes(Chart chart, Area area)
    {
        foreach (var (fraction, label) in area.XScale.Ticks())
        {
            var x = area.X + fraction * area.Width;
            Stroke($"M{N(x)} {N(area.Y)}V{N(area.Y + area.Height)}", label is null ? 0.06 : 0.16);
            if (label is not null && chart.X.Categories.Count > 0)
                Lines(x, area.Y + area.Height + 16, "middle", CategoryNames.Lines(label, LettersBelowAxis(chart, area.Width)));
            else if (label is not null)
                Text(x - Overhang(x, label, area), area.Y + area.Height + 16, "middle", label);
        }
        foreach (var (fraction, label) in area.YScale.Ticks())
        {
            var y = area.Y + (1 - fraction) * area.Height;
            Stroke($"M{N(area.X)} {N(y)}H{N(area.X + area.Width)}", label is null ? 0.06 : 0.16);
            if (label is not null && chart.Y.Categories.Count > 0)
            {
                var lines = CategoryNames.Lines(label, LettersBesideAxis);
                Lines(area.X - 6, y + 4 - (lines.Count - 1) * TextLine / 2, "end", lines);
            }
            else if (label is not null)
                Text(area.X - 6, y + 4, "end", label);
        }
        Stroke($"M{N(area.X)} {N(area.Y)}V{N(area.Y + area.Height)}H{N(area.X + area.Width)}", 0.8);
        Text(area.X + area.Width / 2, area.Y + area.Height + 38 + LinesBelowAxis(chart, area.Width) * TextLine, "middle", chart.X.Label);
        var (left, middle) = (area.X - LeftMargin(chart) + 14, area.Y + area.Height / 2);
        Text(left, middle, "middle", chart.Y.Label, $" transform=\"rotate(-90 {N(left)} {N(middle)})\"");
    }

    private void Lines(double x, double y, string anchor, IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
            Text(x, y + i * TextLine, anchor, lines[i]);
    }

    private static double LeftMargin(Chart chart) => chart.Y.Categories.Count == 0
        ? Left
        : Math.Max(Left, 28 + Letter * chart.Y.Categories.SelectMany(name => CategoryNames.Lines(name, LettersBesideAxis)).Max(line => line.Length));

    // Lines that names of categories take below the axis, beyond the one that numbers take.
    private static int FurtherLines(Chart chart, double width) => LinesBelowAxis(chart, width - LeftMargin(chart) - Right);

    private static int LinesBelowAxis(Chart chart, double width) => chart.X.Categories.Count == 0
        ? 0
        : chart.X.Categories.Max(name => CategoryNames.Lines(name, LettersBelowAxis(chart, width)).Count) - 1;

    // One letter's room stays between neighbours.
    private static int LettersBelowAxis(Chart chart, double width) => (int)(width / chart.X.Categories.Count / Letter) - 1;

    // How far a label centred at x would stick out of the margin, in a font with wide digits.
    private static double Overhang(double x, string label, Area area) =>
        Math.Max(0, x + label.Length * WideDigit / 2 - (area.X + area.Width + Right));

    private void Layer(ChartLayer layer, Area area)
    {
        switch (layer)
        {
            case BandLayer band:
                foreach (var outline in Outlines(area, band))
                    _svg.Append(Invariant($"<path d=\"{outline}\" fill=\"{Colour(band.Series)}\" fill-opacity=\"0.2\"/>\n"));
                break;
            case LineLayer line:
                _svg.Append(Invariant($"<path d=\"{Path(area, line.Xs, line.Ys)}\" fill=\"none\" stroke=\"{Colour(line.Series)}\" stroke-width=\"2\" stroke-linejoin=\"round\"{Dash(line.Series)}/>\n"));
                break;
            case PointLayer points:
                _svg.Append(Invariant($"<g fill=\"{Colour(points.Series)}\" fill-opacity=\"0.85\" stroke=\"#fff\" stroke-width=\"0.6\">\n"));
                for (var i = 0; i < points.Xs.Count; i++)
                    if (area.At(points.Xs[i], points.Ys[i]) is { } at)
                        _svg.Append(Mark(points.Series, at.X, at.Y));
                _svg.Append("</g>\n");
                break;
            case RuleLayer rule:
                Rule(rule, area);
                break;
            case HeatLayer heat:
                Heat(heat, area);
                break;
            case ContourLayer contours:
                Contours(contours, area);
                break;
        }
    }

    private void Rule(RuleLayer rule, Area area)
    {
        if (rule.Y is { } level)
        {
            var y = (1 - area.YScale.Fraction(level)) * area.Height;
            Stroke($"M0 {N(y)}H{N(area.Width)}", 0.8, " stroke-dasharray=\"2 4\"");
            Text(area.Width - 4, y < 16 ? y + 14 : y - 5, "end", rule.Label);
        }
        else
        {
            var x = area.XScale.Fraction(rule.X!.Value) * area.Width;
            Stroke($"M{N(x)} 0V{N(area.Height)}", 0.8, " stroke-dasharray=\"2 4\"");
            var rightHalf = x > area.Width / 2;
            Text(rightHalf ? x - 5 : x + 5, 14, rightHalf ? "end" : "start", rule.Label);
        }
    }

    private void Heat(HeatLayer heat, Area area)
    {
        var (low, high) = HeatRange(heat);
        _svg.Append("<g shape-rendering=\"crispEdges\">\n");
        for (var row = 0; row < heat.Ys.Count; row++)
            for (var column = 0; column < heat.Xs.Count; column++)
            {
                var value = heat.Values[row, column];
                if (!double.IsFinite(value) || (heat.Logarithmic && value <= 0))
                    continue;
                var (x0, x1) = Cell(heat.Xs, column, area.XScale);
                var (y0, y1) = Cell(heat.Ys, row, area.YScale);
                // Half a pixel of overlap hides the seams that renderers leave between neighbours.
                _svg.Append(Invariant($"<rect x=\"{N(x0 * area.Width)}\" y=\"{N((1 - y1) * area.Height)}\" width=\"{N((x1 - x0) * area.Width + 0.5)}\" height=\"{N((y1 - y0) * area.Height + 0.5)}\" fill=\"{Cividis(Shade(value, low, high, heat.Logarithmic))}\"/>\n"));
            }
        _svg.Append("</g>\n");
    }

    private void Contours(ContourLayer contours, Area area)
    {
        foreach (var level in contours.Levels)
        {
            var path = new StringBuilder();
            (double X, double Y)? middle = null;
            var pieces = contours.Pieces(level).ToList();
            for (var i = 0; i < pieces.Count; i++)
            {
                var (from, to) = (At(pieces[i].From), At(pieces[i].To));
                path.Append('M').Append(N(from.X)).Append(' ').Append(N(from.Y)).Append('L').Append(N(to.X)).Append(' ').Append(N(to.Y));
                if (i == pieces.Count / 2)
                    middle = from;
            }
            // A dark line under a white one is legible on every colour of the map.
            _svg.Append(Invariant($"<path d=\"{path}\" fill=\"none\" stroke=\"#000\" stroke-opacity=\"0.45\" stroke-width=\"3\"/>\n"))
                .Append(Invariant($"<path d=\"{path}\" fill=\"none\" stroke=\"#fff\" stroke-width=\"1.4\"/>\n"));
            if (middle is { } place)
                _svg.Append(Invariant($"<text x=\"{N(place.X + 4)}\" y=\"{N(place.Y - 4)}\" font-size=\"11\" fill=\"#fff\" stroke=\"#000\" stroke-opacity=\"0.6\" stroke-width=\"2.5\" paint-order=\"stroke\">{level:G3}</text>\n"));
        }

        (double X, double Y) At((double Column, double Row) point) => (
            Between(contours.Xs, point.Column, area.XScale) * area.Width,
            (1 - Between(contours.Ys, point.Row, area.YScale)) * area.Height);

        static double Between(IReadOnlyList<double> centres, double index, AxisScale scale)
        {
            var below = Math.Min((int)index, centres.Count - 2);
            var (from, to) = (scale.Fraction(centres[below]), scale.Fraction(centres[below + 1]));
            return from + (index - below) * (to - from);
        }
    }

    private void Legend(Chart chart, double x, double width, double y)
    {
        foreach (var row in LegendRows(chart, width))
        {
            var left = x + Left;
            foreach (var entry in row)
            {
                var middle = y + 6;
                switch (entry)
                {
                    case LineLayer line:
                        _svg.Append(Invariant($"<path d=\"M{N(left)} {N(middle)}h24\" stroke=\"{Colour(line.Series)}\" stroke-width=\"2\"{Dash(line.Series)}/>\n"));
                        break;
                    case PointLayer points:
                        _svg.Append(Invariant($"<g fill=\"{Colour(points.Series)}\">{Mark(points.Series, left + 12, middle).TrimEnd()}</g>\n"));
                        break;
                    case ContourLayer:
                        _svg.Append(Invariant($"<path d=\"M{N(left)} {N(middle)}h24\" stroke=\"#000\" stroke-opacity=\"0.45\" stroke-width=\"4\"/>\n"))
                            .Append(Invariant($"<path d=\"M{N(left)} {N(middle)}h24\" stroke=\"#fff\" stroke-width=\"1.6\"/>\n"));
                        break;
                    case HeatLayer:
                        for (var i = 0; i < 12; i++)
                            _svg.Append(Invariant($"<rect x=\"{N(left + 2 * i)}\" y=\"{N(middle - 5)}\" width=\"2.5\" height=\"10\" fill=\"{Cividis(i / 11.0)}\"/>\n"));
                        break;
                }
                Text(left + 30, middle + 4, "start", LegendText(entry));
                left += LegendWidth(entry);
            }
            y += LegendRow;
        }
    }

    private static List<List<ChartLayer>> LegendRows(Chart chart, double width)
    {
        var rows = new List<List<ChartLayer>>();
        var free = 0.0;
        foreach (var layer in chart.Layers.Where(layer => LegendText(layer).Length > 0))
        {
            if (rows.Count == 0 || LegendWidth(layer) > free)
            {
                rows.Add([]);
                free = width - Left;
            }
            rows[^1].Add(layer);
            free -= LegendWidth(layer);
        }
        return rows;
    }

    private static double LegendWidth(ChartLayer layer) => 30 + Letter * LegendText(layer).Length + 18;

    private static string LegendText(ChartLayer layer) => layer switch
    {
        LineLayer line => line.Label,
        PointLayer points => points.Label,
        ContourLayer contours => contours.Label,
        HeatLayer heat => Invariant($"{heat.Label}: {HeatRange(heat).Low:G3} to {HeatRange(heat).High:G3}"),
        _ => "",
    };

    private void Text(double x, double y, string anchor, string text, string attributes = "") =>
        _svg.Append(Invariant($"<text x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\" fill=\"currentColor\"{attributes}>{Escape(text)}</text>\n"));

    private void Stroke(string path, double opacity, string attributes = "") =>
        _svg.Append(Invariant($"<path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"{opacity}\"{attributes}/>\n"));

    private static string Path(Area area, IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        var path = new StringBuilder();
        var pen = false;
        for (var i = 0; i < xs.Count; i++)
        {
            var at = area.At(xs[i], ys[i]);
            if (at is { } point)
                path.Append(pen ? 'L' : 'M').Append(N(point.X)).Append(' ').Append(N(point.Y));
            pen = at is not null;
        }
        return path.ToString();
    }

    // A band ends where a value is missing and begins again after it: across the gap nothing is known.
    private static IEnumerable<string> Outlines(Area area, BandLayer band)
    {
        for (int from = 0, until; from < band.Xs.Count; from = until + 1)
        {
            until = from;
            while (until < band.Xs.Count && (area.At(band.Xs[until], band.Upper[until]) ?? area.At(band.Xs[until], band.Lower[until])) is not null)
                until++;
            var there = Path(area, [.. band.Xs.Take(from..until)], [.. band.Upper.Take(from..until)]);
            var back = Path(area, [.. band.Xs.Take(from..until).Reverse()], [.. band.Lower.Take(from..until).Reverse()]);
            if (there.Length > 0 && back.Length > 0)
                yield return $"{there}L{back[1..]}Z";
        }
    }

    private static string Mark(int series, double x, double y) => (series % 3) switch
    {
        0 => Invariant($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"2.6\"/>\n"),
        1 => Invariant($"<path d=\"M{N(x)} {N(y - 3.4)}l3.2 5.6h-6.4z\"/>\n"),
        _ => Invariant($"<path d=\"M{N(x - 2.4)} {N(y - 2.4)}h4.8v4.8h-4.8z\"/>\n"),
    };

    private static IEnumerable<double> Spread(Chart chart, Func<ChartLayer, IEnumerable<double>> values, Func<HeatLayer, IReadOnlyList<double>> centres, bool logarithmic) =>
        chart.Layers.SelectMany(values).Concat(chart.Layers.OfType<HeatLayer>().SelectMany(heat => Edges(centres(heat), logarithmic)));

    // The outer edges of the outer cells, half a cell beyond their centres on the axis.
    private static IEnumerable<double> Edges(IReadOnlyList<double> centres, bool logarithmic) => centres.Count < 2
        ? []
        : logarithmic
            ? [centres[0] * Math.Sqrt(centres[0] / centres[1]), centres[^1] * Math.Sqrt(centres[^1] / centres[^2])]
            : [1.5 * centres[0] - 0.5 * centres[1], 1.5 * centres[^1] - 0.5 * centres[^2]];

    private static (double From, double To) Cell(IReadOnlyList<double> centres, int index, AxisScale scale)
    {
        var at = scale.Fraction(centres[index]);
        double? before = index > 0 ? scale.Fraction(centres[index - 1]) : null, after = index + 1 < centres.Count ? scale.Fraction(centres[index + 1]) : null;
        var back = (at - (before ?? (after is { } next ? 2 * at - next : at - 1))) / 2;
        var ahead = ((after ?? (before is { } last ? 2 * at - last : at + 1)) - at) / 2;
        return (at - back, at + ahead);
    }

    private static (double Low, double High) HeatRange(HeatLayer heat)
    {
        if (heat.Range is { } range)
            return (range.Lower, range.Upper);
        var shown = heat.Values.Cast<double>().Where(value => double.IsFinite(value) && (!heat.Logarithmic || value > 0)).DefaultIfEmpty(1).ToList();
        return (shown.Min(), shown.Max());
    }

    private static double Shade(double value, double low, double high, bool logarithmic)
    {
        if (high <= low)
            return 0.5;
        return logarithmic ? Math.Log(value / low) / Math.Log(high / low) : (value - low) / (high - low);
    }

    private static string Cividis(double shade)
    {
        var position = Math.Clamp(shade, 0, 1) * (_cividis.Length - 1);
        var below = Math.Min((int)position, _cividis.Length - 2);
        var (from, to, part) = (_cividis[below], _cividis[below + 1], position - below);
        return $"#{Mix(from.R, to.R):X2}{Mix(from.G, to.G):X2}{Mix(from.B, to.B):X2}";

        int Mix(int a, int b) => (int)Math.Round(a + part * (b - a));
    }

    private static string Colour(int series) => _colours[series % _colours.Length];

    private static string Dash(int series) => _dashes[series % _dashes.Length] is { Length: > 0 } dash ? $" stroke-dasharray=\"{dash}\"" : "";

    private static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private sealed record Area(double X, double Y, double Width, double Height, AxisScale XScale, AxisScale YScale)
    {
        public (double X, double Y)? At(double x, double y)
        {
            var (across, up) = (XScale.Fraction(x), YScale.Fraction(y));
            return double.IsFinite(across) && double.IsFinite(up) ? (X + across * Width, Y + (1 - up) * Height) : null;
        }
    }
}
