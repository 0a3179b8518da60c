using System.Globalization;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Optimization.Fused;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>
/// Classifiers that differ in one part, compared on Fashion-MNIST. Within a seed all see the same images in the same batches, for as
/// many steps of AdamW with a cosine schedule; each has a step size of its own.
/// </summary>
/// <param name="Arms">What is compared.</param>
/// <param name="Batch">Images a step.</param>
/// <param name="WeightDecay">AdamW's.</param>
/// <param name="Warmup">The share of the steps in which the step size rises.</param>
/// <param name="TestBatch">Images at a time when testing.</param>
/// <param name="Grid">The step sizes among which each arm's was chosen.</param>
internal sealed record ClassifierComparison(IReadOnlyList<ClassifierArm> Arms, int Batch, double WeightDecay, double Warmup, int TestBatch, double[] Grid)
{
    /// <summary>The unit of differences of accuracy.</summary>
    internal const string Points = "percentage points of test accuracy";

    private const int Looks = 20;
    private const int TestImages = 10_000;
    private const int HeldOut = 5000;
    private const string Tuning = "tuning";

    /// <summary>What the reader may change.</summary>
    /// <param name="train">Training images of a full run.</param>
    /// <param name="epochs">Passes of a full run.</param>
    internal IEnumerable<ParameterDeclaration> Parameters(int train, int epochs) =>
    [
        ParameterDeclaration.Whole("train", train, 2000, 55_000, "Training images."),
        ParameterDeclaration.Whole("epochs", epochs, 1, 200, "Passes over them."),
        .. Arms.Select(arm => ParameterDeclaration.Real($"{arm.Name}-step", arm.StepSize, 1e-5, 0.1, $"Largest step size: {arm.Title}.")),
        ParameterDeclaration.Switch(Tuning, false, "Instead of test accuracies, measures every network over the grid of step sizes on held-out training images, with streams of its own."),
    ];

    /// <summary>Trains and tests every arm: its test accuracy in percent by name, or nothing where the images lack or step sizes were tuned instead.</summary>
    /// <param name="run">The seed's run, told accuracies, last losses and losses.</param>
    /// <param name="trained">Told every network when it is trained.</param>
    internal IReadOnlyDictionary<string, double>? Measure(SeedRun run, Action<ClassifierArm, Network> trained)
    {
        if (FashionMnist.FindFolder() is not { } folder)
            return null;
        run.Progress(0.05, "Images");
        var images = FashionMnist.Read(folder);
        if (run.Setting.Switch(Tuning))
        {
            Tune(run, images);
            return null;
        }
        using var data = ImageSample.Draw(images, run.Setting.Whole("train"), TestImages, run.Seed.Stream("images"));
        var accuracies = new Dictionary<string, double>();
        foreach (var arm in Arms)
        {
            using var network = Fit(run, arm, run.Setting.Real($"{arm.Name}-step"), data, run.Seed.Stream("training"), accuracies.Count, Arms.Count, out var losses);
            accuracies[arm.Name] = Accuracy(network, data);
            run.Measure($"accuracy-{arm.Name}", accuracies[arm.Name]);
            run.Measure($"last-loss-{arm.Name}", losses[^1]);
            run.Record($"loss-{arm.Name}", losses);
            trained(arm, network);
        }
        run.Record("accuracies", Arms.Select(arm => accuracies[arm.Name]));
        return accuracies;
    }

    /// <summary>Whether there is something for <see cref="LossPanel"/> and <see cref="AccuracyPanel"/> to draw.</summary>
    internal static bool IsMeasured(FigureSheet sheet) => sheet.Seeds.All(seed => seed.Series.ContainsKey("accuracies"));

    /// <summary>Training losses: geometric means over seeds.</summary>
    internal Chart LossPanel(FigureSheet sheet)
    {
        var panel = new Chart(new Axis("share of training", Minimum: 0, Maximum: 1), new Axis("training loss (nats)", Logarithmic: true)) { Heading = "training loss" };
        double[] shares = [.. Enumerable.Range(0, Looks).Select(look => (look + 0.5) / Looks)];
        foreach (var arm in Arms)
            panel.SeedGeometricMean(shares, sheet.Series($"loss-{arm.Name}"), arm.Title);
        return panel;
    }

    /// <summary>Test accuracies: a mark a seed, and to the right of them their mean.</summary>
    internal Chart AccuracyPanel(FigureSheet sheet)
    {
        var accuracies = sheet.Series("accuracies");
        double[] places = [.. Enumerable.Range(0, Arms.Count)];
        var panel = new Chart(Axis.OfCategories("", [.. Arms.Select(arm => arm.Title)]), Axis.Around("test accuracy (%)", [.. accuracies.SelectMany(each => each)])) { Heading = "test accuracy" };
        panel.Points([.. accuracies.SelectMany(_ => places)], [.. accuracies.SelectMany(each => each)], "a seed");
        panel.Points([.. places.Select(place => place + 0.2)], [.. Arms.Select((_, i) => accuracies.Average(each => each[i]))], "mean, to the right");
        return panel;
    }

    // No test image is looked at, so that the step sizes are chosen before they are tested.
    private void Tune(SeedRun run, FashionMnist images)
    {
        using var data = ImageSample.DrawHeldOut(images, run.Setting.Whole("train"), HeldOut, run.Seed.Stream(Tuning).Stream("images"));
        var done = 0;
        foreach (var arm in Arms)
        {
            foreach (var stepSize in Grid)
            {
                using var network = Fit(run, arm, stepSize, data, run.Seed.Stream(Tuning).Stream("training"), done++, Arms.Count * Grid.Length, out _);
                run.Measure(string.Create(CultureInfo.InvariantCulture, $"held-out-{arm.Name}-{stepSize}"), Accuracy(network, data));
            }
        }
    }

    private double Accuracy(Network network, ImageSample data) => 100 * Classification.Evaluate(network, data.TestImages, data.TestLabels, TestBatch).Accuracy;

    // #region train
    private Network Fit(SeedRun run, ClassifierArm arm, double stepSize, ImageSample data, Seed seed, int place, int places, out double[] losses)
    {
        seed.Stream("weights").SeedTorch();
        var network = arm.Create();
        var count = (int)data.TrainImages.shape[0];
        var steps = run.Setting.Whole("epochs") * (count / Batch);
        var schedule = new CosineSchedule(stepSize, steps, (int)(Warmup * steps));
        using var optimizer = new FusedAdamW(network.parameters(), weightDecay: WeightDecay);
        var batches = new ShuffledBatches(count, Batch, seed.Stream("batches"));
        losses = new double[Looks];
        for (var look = 0; look < Looks; look++)
        {
            var (from, until) = (steps * look / Looks, steps * (look + 1) / Looks);
            var sum = 0.0;
            MinibatchTraining.Run(optimizer, batches, from, until, schedule.At, examples =>
            {
                var loss = nn.functional.cross_entropy(network.call(data.TrainImages.index_select(0, examples)), data.TrainLabels.index_select(0, examples));
                sum += loss.item<float>();
                return loss;
            }, run.CancellationToken);
            losses[look] = sum / (until - from);
            run.Progress(0.05 + 0.95 * (place + (look + 1.0) / Looks) / places, $"Training: {arm.Title}");
        }
        return network;
    }
    // #endregion train
}
