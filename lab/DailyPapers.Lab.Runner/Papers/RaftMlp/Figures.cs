using System.Globalization;
using DailyPapers.Lab.Architectures.RaftMlp;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.RaftMlp;

/// <summary>The figures.</summary>
internal static class Figures
{
    private static readonly (string Arm, string Label)[] _arms =
        [("raft-2", "RaftMLP, r = 2"), ("raft-1", "RaftMLP, r = 1"), ("mixer", "MLP-Mixer"), ("slim-mixer", "MLP-Mixer, narrow")];

    internal static void Draw(FigureSheet sheet, int[] sides)
    {
        Accuracies(sheet);
        Resolutions(sheet, sides);
        Parameters(sheet);
    }

    private static void Accuracies(FigureSheet sheet)
    {
        var values = sheet.Series("accuracies").SelectMany(seed => seed).ToList();
        var parameters = _arms.Select(arm => sheet.Mean($"{arm.Arm}-parameters") / 1000).ToList();
        var chart = new Chart(Axis.Around("parameters (thousands)", [0, .. parameters, 1.05 * parameters.Max()]), Axis.Around("test accuracy (%)", [values.Min() - 0.5, values.Max() + 0.5]));
        for (var arm = 0; arm < _arms.Length; arm++)
            chart.Points([.. sheet.Seeds.Select(_ => parameters[arm])], [.. sheet.Series("accuracies").Select(seed => seed[arm])], _arms[arm].Label);
        sheet.Add(
            chart, "accuracy.svg", "Test accuracy by the number of parameters",
            string.Create(CultureInfo.InvariantCulture, $"Scatter chart of test accuracy against parameters, a point for each seed of four networks. Mean accuracies: RaftMLP with r = 2 {sheet.Mean("raft-2-accuracy"):F1} % at {parameters[0]:F0} thousand parameters, with r = 1 {sheet.Mean("raft-1-accuracy"):F1} % at {parameters[1]:F0}, MLP-Mixer {sheet.Mean("mixer-accuracy"):F1} % at {parameters[2]:F0}, a narrow MLP-Mixer {sheet.Mean("slim-mixer-accuracy"):F1} % at {parameters[3]:F0}."),
            "One point a seed; same patches, channels, depth and schedule, each at its own step size.");
    }

    private static void Resolutions(FigureSheet sheet, int[] sides)
    {
        double[] places = [.. sides.Select(side => (double)side)];
        var chart = new Chart(Axis.Around("rows and columns of the test images (pixels)", places), new Axis("test accuracy (%)", Minimum: 0, Maximum: 100));
        chart.SeedMean(places, sheet.Series("resolutions"), "RaftMLP, r = 2", new Interval(0, 100));
        chart.VerticalRule(Sizes.Side, "training");
        sheet.Add(
            chart, "resolutions.svg", "Test accuracy at other resolutions",
            string.Create(CultureInfo.InvariantCulture, $"Line chart of test accuracy against the side of the test images from {sides[0]} to {sides[^1]} pixels; {sheet.Mean("raft-2-accuracy"):F1} % at 28, where it was trained, and {sheet.Mean("accuracy-at-larger"):F1} % at 36."),
            "Mean over seeds with a 95 % band. The test images are resized bicubically, and the network resizes its grids of tokens around the token mixings.");
    }

    private static void Parameters(FigureSheet sheet)
    {
        double[] grids = [4, 7, 8, 14, 16, 28, 32, 56];
        var chart = new Chart(new Axis("rows and columns of the grid (tokens)", Logarithmic: true), new Axis("parameters of a token mixing", Logarithmic: true));
        var channels = sheet.Setting.Whole("dim");
        chart.Line(grids, [.. grids.Select(grid => 4 * Math.Pow(grid, 4) + 3 * grid * grid + 2 * channels)], "MLP-Mixer, hidden twice the tokens");
        foreach (var raft in (int[])[1, 2, 4])
            chart.Line(grids, [.. grids.Select(grid => 2.0 * RaftTokenMixing.Parameters((long)grid, channels, raft, 2))], $"RaftMLP, r = {raft}");
        sheet.Add(
            chart, "parameters.svg", "Parameters of a token mixing by the size of the grid",
            "Log-log chart of the parameters of a token mixing against the side of the grid. MLP-Mixer's rise with the fourth power, RaftMLP's, vertical and horizontal together, with the second, so that their distance grows from a small factor at 4 to about two orders of magnitude or more at 56.",
            string.Create(CultureInfo.InvariantCulture, $"By the formulas that the tests check against counted parameters, norms included; {channels} channels, hidden widths twice the input."));
    }
}
