using DailyPapers.Lab.Data;
using DailyPapers.Lab.Data.Pruning;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.DataDiet;

/// <summary>Do scores of one architecture prune for another (claim 10)? Convolutional networks on the 8 × 8 digits.</summary>
internal static class DigitsTransfer
{
    internal const double Kept = 0.5;

    internal const int Shown = 24;

    private const int Train = 1200;
    private const int Steps = 400;
    private const int ConvolutionalScorers = 3;

    /// <summary>Test accuracies in percent after pruning to half, means over repeats; and the digits of least and greatest score.</summary>
    internal sealed record Outcome(double Own, double Transferred, double Random, double Whole, double RankAgreement, double[] Least, double[] Greatest);

    internal static Outcome Run(int networks, int width, int repeats, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = Digits.Shuffled(seed.Stream("order"));
        var (x, y) = (inputs.narrow(0, 0, Train), labels.narrow(0, 0, Train));
        var (testX, testY) = (inputs.narrow(0, Train, inputs.shape[0] - Train), labels.narrow(0, Train, labels.shape[0] - Train));
        var whole = Enumerable.Range(0, Train).Select(i => (long)i).ToArray();

        using var mlps = new MlpTraining(x, y, [.. Enumerable.Repeat(whole, networks)], width, Steps, seed.Stream("mlp scores"));
        mlps.To(Steps / 10, cancellation);
        var transferred = MlpTraining.Mean(mlps.El2n(x, y), 0, networks);
        var own = new double[Train];
        for (var k = 0; k < ConvolutionalScorers; k++)
        {
            using var network = TrainConvolutional(x, y, whole, Steps / 10, seed.Stream($"own scores {k}"), cancellation);
            using var inner = no_grad();
            var scores = ExampleScores.El2n(network.call(Images(x)), y).data<float>().ToArray();
            for (var i = 0; i < Train; i++)
                own[i] += scores[i] / ConvolutionalScorers;
        }

        var accuracies = new double[4];
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var parts = new[]
            {
                DatasetPruner.Keep(own, Kept), DatasetPruner.Keep(transferred, Kept),
                DatasetPruner.KeepRandom(Train, Kept, seed.Stream($"random {repeat}")), whole,
            };
            for (var part = 0; part < parts.Length; part++)
            {
                using var inner = NewDisposeScope();
                using var network = TrainConvolutional(x, y, parts[part], Steps, seed.Stream($"retrain {part} {repeat}"), cancellation);
                using var withoutGradients = no_grad();
                accuracies[part] += 100 * network.call(Images(testX)).argmax(1).eq(testY).to(float64).mean().item<double>() / repeats;
                progress((repeat * parts.Length + part + 1) / (double)(repeats * parts.Length));
            }
        }

        var ascending = Enumerable.Range(0, Train).OrderBy(i => transferred[i]).ToArray();
        return new(
            accuracies[0], accuracies[1], accuracies[2], accuracies[3], Reporting.RankCorrelation.Spearman(own, transferred),
            Pixels(x, ascending[..Shown]), Pixels(x, ascending[^Shown..]));
    }

    private static nn.Module<Tensor, Tensor> TrainConvolutional(Tensor x, Tensor y, long[] part, int steps, Seed seed, CancellationToken cancellation)
    {
        seed.Stream("weights").SeedTorch();
        var network = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding: 1), nn.ReLU(), nn.Conv2d(16, 32, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(512, 10));
        using var optimizer = optim.SGD(network.parameters(), MlpTraining.StepSize(0, Steps), momentum: 0.9, weight_decay: MlpTraining.WeightDecay, nesterov: true);
        var batches = new ShuffledBatches(part, MlpTraining.BatchSize, seed.Stream("batches"));
        MinibatchTraining.Run(
            optimizer, batches, from: 0, steps, step => MlpTraining.StepSize(step, Steps),
            rows => nn.functional.cross_entropy(network.call(Images(x.index_select(0, rows))), y.index_select(0, rows)), cancellation);
        return network;
    }

    private static Tensor Images(Tensor x) => x.reshape(-1, 1, Digits.Side, Digits.Side);

    private static double[] Pixels(Tensor x, int[] examples) =>
        [.. x.index_select(0, tensor(examples.Select(example => (long)example).ToArray())).data<float>().ToArray().Select(pixel => (double)pixel)];
}
