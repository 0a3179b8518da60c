using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization.Adversarial;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.IntriguingAdversarialProperties;

/// <summary>What a penalty on the entropy of predictions does to errors under attack (claims 5 to 12).</summary>
internal static class EntropyExperiment
{
    private const int Iterations = 10;
    private const int TrainingDigits = 1200;

    /// <summary>Errors in percent against the true labels: without attack, under FGSM, under FGSM made on another network, and under an iterated attack on logits.</summary>
    /// <param name="Clean">Without attack.</param>
    /// <param name="White">FGSM on the cross-entropy.</param>
    /// <param name="Black">FGSM on a network trained independently.</param>
    /// <param name="Unmasked">Projected gradient descent on the logit gap.</param>
    /// <param name="Blind">Share of images, in percent, whose cross-entropy has no gradient at all in single precision.</param>
    /// <param name="Entropy">Mean entropy of the predictions in nats.</param>
    internal sealed record Errors(double Clean, double White, double Black, double Unmasked, double Blind, double Entropy);

    /// <summary>Networks of one architecture trained on the 8 × 8 digits, without the penalty and with it.</summary>
    internal static (Errors Plain, Errors Penalised) OnDigits(
        Func<int, Seed, Network> build, int steps, double penalty, double epsilon, Seed digits, Seed seed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var (flat, labels) = Digits.Shuffled(digits);
        var inputs = flat.reshape(-1, 1, Digits.Side, Digits.Side);
        var (x, y) = (inputs.narrow(0, 0, TrainingDigits), labels.narrow(0, 0, TrainingDigits));
        var (testX, testY) = (inputs.narrow(0, TrainingDigits, inputs.shape[0] - TrainingDigits), labels.narrow(0, TrainingDigits, inputs.shape[0] - TrainingDigits));
        using var plain = Fit(0, seed);
        using var penalised = Fit(penalty, seed);
        using var surrogate = Fit(0, seed.Stream("surrogate"));
        return (Measure(plain, surrogate, testX, testY, epsilon), Measure(penalised, surrogate, testX, testY, epsilon));

        Network Fit(double strength, Seed stream) =>
            Networks.Train(build(Digits.Side, stream.Stream("weights")), x, y, steps, strength, stream.Stream("batches"), cancellation);
    }

    // #region attacks
    internal static Errors Measure(Network network, Network surrogate, Tensor inputs, Tensor labels, double epsilon)
    {
        using var scope = NewDisposeScope();
        var sign = Networks.InChunks(inputs, labels, (x, y) => FastGradientSign.Direction(network.call, x, y));
        var foreign = Networks.InChunks(inputs, labels, (x, y) => FastGradientSign.Direction(surrogate.call, x, y));
        // The logit gap has a gradient where the cross-entropy of a network that is sure of itself has none left.
        var unmasked = Networks.InChunks(inputs, labels, (x, y) => ProjectedGradientDescent.Perturb(
            network.call, x, y, epsilon, Iterations, 2.5 * epsilon / Iterations, AttackObjective.NegativeGap));
        return new(
            Percent(inputs), Percent(inputs + sign * epsilon), Percent(inputs + foreign * epsilon), Percent(unmasked),
            100 * sign.flatten(1).abs().sum(1).eq(0).to(float64).mean().item<double>(),
            Networks.InChunks(inputs, labels, (x, _) => EntropyPenalty.Entropy(network.call(x))).mean().item<float>());

        double Percent(Tensor perturbed) => 100 * Networks.ErrorRate(network, perturbed, labels);
    }
    // #endregion attacks
}
