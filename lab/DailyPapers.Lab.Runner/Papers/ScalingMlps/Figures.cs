using System.Globalization;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.ScalingMlps;

/// <summary>The figures.</summary>
internal static class Figures
{
    private static readonly Interval _percent = new(0, 100);

    internal static void Draw(FigureSheet sheet)
    {
        Schedules(sheet);
        Compute(sheet);
        Batches(sheet);
    }

    private static void Schedules(FigureSheet sheet)
    {
        double[] epochs = [.. AugmentationExperiment.Shares.Select(share => share * sheet.Setting.Real("long-epochs"))];
        var values = sheet.Series("long-plain-test").Concat(sheet.Series("long-augmented-test")).Concat(sheet.Series("long-plain-train")).SelectMany(seed => seed);
        // A little above 100, where a curve would be cut in half.
        var chart = new Chart(new Axis("passes over the training images", Logarithmic: true), new Axis("accuracy (%)", Minimum: Math.Floor(values.Min() / 5) * 5, Maximum: 101));
        chart.SeedMean(epochs, sheet.Series("long-plain-train"), "plain, training images", _percent);
        chart.SeedMean(epochs, sheet.Series("long-plain-test"), "plain, test images", _percent);
        chart.SeedMean(epochs, sheet.Series("long-augmented-train"), "augmented, training images", _percent);
        chart.SeedMean(epochs, sheet.Series("long-augmented-test"), "augmented, test images", _percent);
        sheet.Add(
            chart, "schedules.svg", "Accuracy by the length of the schedule",
            string.Create(CultureInfo.InvariantCulture, $"Line chart of training and test accuracy against the number of passes, with and without augmentation. After the longest schedule the plain network has {sheet.Mean("long-plain-train"):F1} % on its training images and {sheet.Mean("long-plain-test"):F1} % on test images, the augmented one {sheet.Mean("long-augmented-train"):F1} % and {sheet.Mean("long-augmented-test"):F1} %."),
            $"Means over seeds with 95 % bands; every point is a training of its own, on {sheet.Setting.Whole("few-images"):#,0} images. Training images are shown without augmentation.");
    }

    private static void Compute(FigureSheet sheet)
    {
        var all = sheet.Series("errors").SelectMany(errors => errors).ToList();
        // From 0.1 to 0.5 at least, so that the axis has more than one label.
        var chart = new Chart(
            new Axis("compute (multiply-adds of training)", Logarithmic: true),
            new Axis("test error (share)", Logarithmic: true, Minimum: Math.Min(0.1, all.Min()), Maximum: Math.Max(0.5, all.Max())));
        foreach (var width in ComputeExperiment.Widths)
        {
            var places = Places(sheet.Seeds[0].Series["widths"], width);
            chart.SeedGeometricMean(
                [.. places.Select(place => sheet.Seeds[0].Series["compute"][place])],
                [.. sheet.Series("errors").Select(errors => places.Select(place => errors[place]).ToArray())], $"width {width}");
        }
        var laws = sheet.Series("law");
        double exponent = laws.Average(law => law[1]), prefactor = Math.Exp(laws.Average(law => Math.Log(law[0])));
        double[] ends = [laws.Min(law => law[2]), laws.Max(law => law[3])];
        chart.Line(ends, [.. ends.Select(compute => prefactor * Math.Pow(compute, exponent))], string.Create(CultureInfo.InvariantCulture, $"law, exponent {exponent:F3}"));
        sheet.Add(
            chart, "compute.svg", "Test error by compute",
            string.Create(CultureInfo.InvariantCulture, $"Log-log chart of test error against training compute, a curve for each of five widths, and a falling straight line of exponent {exponent:F3} along their lower edge. Narrow networks are best at little compute and wide ones at much."),
            "Geometric means over seeds with 95 % bands. Along a curve the number of examples doubles, each seen once. The line is the mean of the seeds' fits to the networks that no cheaper one beats, over the last two decades.");
    }

    private static void Batches(FigureSheet sheet)
    {
        double[] batches = [.. ArchitectureExperiment.Batches.Select(batch => (double)batch)];
        var all = sheet.Series("batch-accuracies").SelectMany(values => values).Concat(sheet.Seeds.Select(seed => seed.Metrics["standard-accuracy"])).ToList();
        var chart = new Chart(new Axis("examples of a batch", Logarithmic: true), Axis.Around("test accuracy (%)", [all.Min() - 0.5, all.Max() + 0.5]));
        chart.SeedMean(batches, sheet.Series("batch-accuracies"), "inverted bottlenecks", _percent);
        chart.HorizontalRule(sheet.Mean("standard-accuracy"), "standard MLP, batches of 64");
        sheet.Add(
            chart, "batches.svg", "Test accuracy by batch size",
            string.Create(CultureInfo.InvariantCulture, $"Line chart of test accuracy against batch size from 64 to 2,048: {sheet.Mean("bottleneck-accuracy-batch-64"):F1} % at 64, {sheet.Mean("bottleneck-accuracy-batch-2048"):F1} % at 2,048. A dotted line marks the standard MLP at {sheet.Mean("standard-accuracy"):F1} %."),
            "Mean over seeds with a 95 % band; the same number of passes for every batch size, each at its own step size.");
    }

    private static int[] Places(double[] widths, int width) => [.. Enumerable.Range(0, widths.Length).Where(place => widths[place] == width)];
}
