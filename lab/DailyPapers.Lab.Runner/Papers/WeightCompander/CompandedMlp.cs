using DailyPapers.Lab.Generalization.WeightCompander;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Runner.Papers.WeightCompander;

/// <summary>A network of two hidden layers with dropout, plain or companded; the same initial weights from the same seed.</summary>
internal static class CompandedMlp
{
    internal const double Dropout = 0.2;

    private const int BatchSize = 50;
    private const double Momentum = 0.9;

    // #region layers
    private static Sequential Build(int inputs, int width, int classes, CompanderShape? shape, double dropout, Seed seed)
    {
        return Sequential(
            Layer(inputs, width, "first"), ReLU(), nn.Dropout(dropout), Layer(width, width, "second"), ReLU(), nn.Dropout(dropout), Layer(width, classes, "last"));

        Module<Tensor, Tensor> Layer(int from, int to, string name)
        {
            if (shape is not null)
            {
                seed.Stream(name).SeedTorch();
                return new CompandedLinear(from, to, ArctanCompander.ForDeviation(Math.Sqrt(2.0 / from), shape.Kappa, shape.Slope, shape.Learnable));
            }
            // As a companded layer begins: He's weights from the same draws, biases zero.
            var plain = Linear(from, to);
            seed.Stream(name).SeedTorch();
            init.kaiming_normal_(plain.weight);
            init.zeros_(plain.bias);
            return plain;
        }
    }
    // #endregion layers

    /// <summary>Trains on the task's training part; the network is to be disposed.</summary>
    internal static Sequential Train(ClassificationTask task, int width, int epochs, Arm arm, Seed seed, CancellationToken cancellation)
    {
        var network = Initial(task, width, arm.Shape, seed);
        var count = (int)task.TrainInputs.shape[0];
        var steps = epochs * (count / BatchSize);
        var schedule = new CosineSchedule(arm.StepSize, steps);
        using var optimizer = Descent(network, arm);
        var batches = new ShuffledBatches(count, BatchSize, seed.Stream("batches"));
        MinibatchTraining.Run(
            optimizer, batches, 0, steps, schedule.At,
            rows => functional.cross_entropy(network.call(task.TrainInputs.index_select(0, rows)), task.TrainLabels.index_select(0, rows)), cancellation);
        return network;
    }

    /// <summary>The network at its initial weights, the same for all shapes up to the bound.</summary>
    internal static Sequential Initial(ClassificationTask task, int width, CompanderShape? shape, Seed seed, double dropout = Dropout)
    {
        var network = Build(task.Dimension, width, task.Classes, shape, dropout, seed);
        seed.Stream("dropout").SeedTorch();
        return network;
    }

    /// <summary>Test accuracy in percent.</summary>
    internal static double Accuracy(Module<Tensor, Tensor> network, ClassificationTask task) =>
        100 * Classification.Evaluate(network, task.TestInputs, task.TestLabels).Accuracy;

    /// <summary>Plain layers that compute the same, without dropout; to be disposed.</summary>
    internal static Sequential Folded(Sequential network)
    {
        using var frozen = no_grad();
        return Sequential([.. network.children().Select(Plain).OfType<Module<Tensor, Tensor>>()]);

        static Module<Tensor, Tensor>? Plain(Module part) => part switch
        {
            CompandedLinear companded => companded.Fold(),
            Linear linear => Copy(linear),
            TorchSharp.Modules.ReLU => ReLU(),
            _ => null,
        };

        static Linear Copy(Linear linear)
        {
            var copy = Linear(linear.in_features, linear.out_features);
            copy.weight.copy_(linear.weight);
            copy.bias!.copy_(linear.bias!);
            return copy;
        }
    }

    // Weight decay is on what is trained, v; a and b have none.
    private static SGD Descent(Sequential network, Arm arm)
    {
        var (constants, others) = (new List<Parameter>(), new List<Parameter>());
        foreach (var part in network.children())
        {
            foreach (var (name, parameter) in part.named_parameters())
                (name.Contains("log", StringComparison.Ordinal) ? constants : others).Add(parameter);
        }
        var groups = new List<SGD.ParamGroup> { new(others, arm.StepSize, Momentum, weight_decay: arm.Decay) };
        if (constants.Count > 0)
            groups.Add(new(constants, arm.StepSize, Momentum));
        return optim.SGD(groups, arm.StepSize, Momentum);
    }
}
