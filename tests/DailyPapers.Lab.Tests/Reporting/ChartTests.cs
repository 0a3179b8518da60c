using System.Globalization;
using System.Xml.Linq;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Tests.Reporting;

public sealed class ChartTests
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_figure_is_well_formed_titled_and_the_same_every_time()
    {
        var first = Sample().ToSvg("Loss < 1 & falling", "It falls.");
        Assert.Equal(first, Sample().ToSvg("Loss < 1 & falling", "It falls."));
        var root = XDocument.Parse(first).Root!;
        Assert.Equal("img", (string?)root.Attribute("role"));
        Assert.Equal("Loss < 1 & falling", (string?)root.Element(_svg + "title"));
        Assert.Equal("It falls.", (string?)root.Element(_svg + "desc"));
        Assert.Contains("loss (nats)", root.Descendants(_svg + "text").Select(text => text.Value));
    }

    [Fact]
    public void Several_figures_may_stand_on_one_page() =>
        Assert.DoesNotContain(XDocument.Parse(Sample().ToSvg("a", "b")).Descendants(), element => element.Attribute("id") is not null);

    [Fact]
    public void A_missing_value_breaks_the_line()
    {
        var chart = new Chart("x", "y");
        chart.Line([1, 2, 3, 4, 5], [1, 2, double.NaN, 4, 5], "series");
        var path = (string)Series(chart).Attribute("d")!;
        Assert.Equal(2, path.Count(letter => letter == 'M'));
        Assert.DoesNotContain("NaN", path, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_ratios_are_equal_lengths_on_a_logarithmic_axis()
    {
        var chart = new Chart(new Axis("steps", Logarithmic: true), "y");
        chart.Line([1, 10, 100], [0, 1, 2], "series");
        var xs = ((string)Series(chart).Attribute("d")!)[1..].Split('L')
            .Select(point => double.Parse(point.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(xs[1] - xs[0], xs[2] - xs[1], 0.02);
        var labels = XDocument.Parse(chart.ToSvg("", "")).Descendants(_svg + "text").Select(text => text.Value).ToList();
        Assert.Contains("1", labels);
        Assert.Contains("10", labels);
        Assert.Contains("100", labels);
    }

    [Theory]
    [InlineData(0, 1, "0.2")]
    [InlineData(0, 1e-4, "0.00002")]
    [InlineData(0, 60_000, "20,000")]
    [InlineData(5, 5, "5.0")]
    public void Ticks_are_round_numbers_in_the_range(double low, double high, string label)
    {
        var chart = new Chart("x", new Axis("y"));
        chart.Line([0, 1], [low, high], "series");
        Assert.Contains(label, XDocument.Parse(chart.ToSvg("", "")).Descendants(_svg + "text").Select(text => text.Value));
    }

    [Fact]
    public void Categories_stand_at_their_places_instead_of_numbers()
    {
        var chart = new Chart(Axis.OfCategories("training", ["alone", "guided", "guided for a tenth of all the steps that there are"]), "error");
        chart.Points([0, 1, 2], [1, 2, 3], "");
        var root = XDocument.Parse(chart.ToSvg("", "")).Root!;
        var texts = root.Elements(_svg + "text").Select(text => (text.Value, X: Number(text, "x"), Y: Number(text, "y"))).ToList();
        var (alone, guided) = (texts.Single(text => text.Value == "alone"), texts.Single(text => text.Value == "guided"));
        var broken = texts.Where(text => text.X > guided.X && text.Y >= guided.Y && text.Value != "training").ToList();
        Assert.True(broken.Count > 1);
        Assert.Equal("guided for a tenth of all the steps that there are", string.Join(' ', broken.OrderBy(text => text.Y).Select(text => text.Value)));
        Assert.All(broken, line => Assert.Equal(2 * (guided.X - alone.X), line.X - alone.X, 0.05));
        Assert.True(texts.Single(text => text.Value == "training").Y > broken.Max(text => text.Y));
        var plot = root.Element(_svg + "svg")!;
        Assert.Equal(alone.X, Number(plot, "x") + Number(plot.Descendants(_svg + "circle").First(), "cx"), 0.05);
        Assert.DoesNotContain(texts, text => text.Value is "0" or "1" or "0.5");
    }

    [Fact]
    public void Names_of_categories_beside_the_vertical_axis_have_room()
    {
        var chart = new Chart("accuracy", Axis.OfCategories("", ["no mixing of neighbouring rows", "all"]));
        chart.Points([0.5, 0.9], [0, 1], "");
        var root = XDocument.Parse(chart.ToSvg("", "")).Root!;
        var lines = root.Elements(_svg + "text").Where(text => (string?)text.Attribute("text-anchor") == "end").ToList();
        Assert.Equal(["no mixing of neighbouring", "rows", "all"], lines.Select(line => line.Value));
        Assert.All(lines, line => Assert.True(Number(line, "x") > 6 * line.Value.Length));
    }

    [Fact]
    public void Categories_need_a_name() => Assert.Throws<ArgumentException>(() => Axis.OfCategories("training", []));

    private static double Number(XElement element, string attribute) => double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);

    [Fact]
    public void A_heat_map_has_a_cell_for_every_number_and_a_hole_for_every_gap()
    {
        var chart = new Chart("x", "y");
        chart.HeatMap([1, 2, 3], [1, 2], new[,] { { 0, 0.5, 1 }, { double.NaN, 0.2, 0.1 } }, "error");
        var cells = XDocument.Parse(chart.ToSvg("", "")).Root!.Element(_svg + "svg")!.Descendants(_svg + "rect").ToList();
        Assert.Equal(5, cells.Count);
        Assert.Equal("#00224E", (string?)cells[0].Attribute("fill"));
        Assert.Equal("#FEE838", (string?)cells[2].Attribute("fill"));
    }

    [Fact]
    public void Panels_stand_side_by_side_in_one_document()
    {
        var root = XDocument.Parse(Chart.ToSvg([Sample(), Sample(), Sample()], "three", "three charts")).Root!;
        Assert.Equal(3, root.Elements(_svg + "svg").Count());
        Assert.Equal(3, root.Elements(_svg + "svg").Select(panel => (string?)panel.Attribute("x")).Distinct().Count());
    }

    [Fact]
    public void Series_of_unequal_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Chart("x", "y").Line([1, 2], [1], "series"));
        Assert.Throws<ArgumentException>(() => new Chart("x", "y").HeatMap([1, 2], [1], new double[2, 1], "error"));
        Assert.Throws<ArgumentException>(() => Chart.ToSvg([], "", ""));
    }

    [Fact]
    public void A_long_label_at_the_end_of_an_axis_stays_inside_the_figure()
    {
        var chart = new Chart(new Axis("steps", Minimum: 0, Maximum: 100_000), "loss");
        chart.Line([0, 100_000], [1, 2], "loss");
        var figure = XDocument.Parse(chart.ToSvg("", "")).Root!;
        var last = figure.Descendants(_svg + "text").Single(text => text.Value is "100,000" or "100000");
        var right = double.Parse(last.Attribute("x")!.Value, CultureInfo.InvariantCulture) + last.Value.Length * 7.6 / 2;
        Assert.True(right <= double.Parse(figure.Attribute("width")!.Value, CultureInfo.InvariantCulture) + 0.1, $"The label ends at {right}.");
    }

    [Fact]
    public void A_band_is_drawn_in_pieces_around_a_missing_value()
    {
        var chart = new Chart("x", "y");
        chart.LineWithBand([1, 2, 3, 4, 5], [1, 1, double.NaN, 1, 1], [0, 0, double.NaN, 0, 0], [2, 2, double.NaN, 2, 2], "mean");
        var bands = XDocument.Parse(chart.ToSvg("", "")).Descendants(_svg + "path").Where(path => path.Attribute("fill-opacity")?.Value == "0.2").ToList();
        Assert.Equal(2, bands.Count);
        Assert.All(bands, band => Assert.Equal((1, 3), (band.Attribute("d")!.Value.Count(letter => letter == 'M'), band.Attribute("d")!.Value.Count(letter => letter == 'L'))));
    }

    private static XElement Series(Chart chart) =>
        XDocument.Parse(chart.ToSvg("", "")).Root!.Element(_svg + "svg")!.Elements(_svg + "path").Single();

    private static Chart Sample()
    {
        var chart = new Chart(new Axis("steps", Logarithmic: true), "loss (nats)");
        chart.LineWithBand([1, 10, 100], [3, 2, 1], [2.5, 1.5, 0.5], [3.5, 2.5, 1.5], "mean");
        chart.Points([1, 10], [2, 2], "points <&>");
        chart.HorizontalRule(1.5, "threshold");
        chart.VerticalRule(20, "grokking");
        return chart;
    }
}
