using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Universality;

/// <summary>
/// ln Q(y | X) of the mixture of all logistic regressions under a Gaussian prior N(0, τ²I), by Laplace's method.
/// </summary>
/// <remarks>
/// The posterior is log-concave, so Newton's method with halved steps finds its one maximum θ*, and
/// ln Q ≈ ln P_θ*(y) + ln π(θ*) + (d/2) ln 2π − ½ ln det H with H = Σ p(1−p) x xᵀ + I/τ². The error is of order d²/n nats.
/// </remarks>
/// <param name="LogValue">ln Q(y | X), nats.</param>
/// <param name="LogLikelihoodAtMode">ln P_θ*(y | X), nats.</param>
public readonly record struct LogisticEvidence(double LogValue, double LogLikelihoodAtMode)
{
    /// <summary>Laplace's approximation.</summary>
    /// <param name="inputs">X, (n, d), float64.</param>
    /// <param name="labels">y, 0 or 1, (n,), float64.</param>
    /// <param name="priorVariance">τ², positive.</param>
    public static LogisticEvidence Laplace(Tensor inputs, Tensor labels, double priorVariance)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priorVariance);
        if (inputs.dim() != 2 || labels.dim() != 1 || labels.shape[0] != inputs.shape[0])
            throw new ArgumentException($"Expected inputs (n, d) and labels (n), not [{string.Join(", ", inputs.shape)}] and [{string.Join(", ", labels.shape)}].", nameof(labels));
        using var scope = NewDisposeScope();
        var dimension = inputs.shape[1];
        var theta = zeros(dimension, dtype: float64);
        var identity = eye(dimension, dtype: float64) / priorVariance;
        var objective = LogPosterior(inputs, labels, theta, priorVariance);
        var factor = identity;
        for (var iteration = 0; iteration < 100; iteration++)
        {
            using var step = NewDisposeScope();
            var p = sigmoid(inputs.mv(theta));
            var gradient = inputs.t().mv(labels - p) - theta / priorVariance;
            factor = linalg.cholesky((inputs * (p * (1 - p)).unsqueeze(1)).t().mm(inputs) + identity).MoveToOuterDisposeScope();
            var direction = cholesky_solve(gradient.unsqueeze(1), factor).squeeze(1);
            var decrement = gradient.dot(direction).item<double>();
            if (decrement < 1e-12)
                break;
            var size = 1.0;
            var candidate = theta + direction;
            var value = LogPosterior(inputs, labels, candidate, priorVariance);
            while (value < objective + 1e-4 * size * decrement && size > 1e-6)
            {
                size /= 2;
                candidate = theta + direction * size;
                value = LogPosterior(inputs, labels, candidate, priorVariance);
            }
            theta = candidate.MoveToOuterDisposeScope();
            objective = value;
            if (decrement < 1e-9)
                break;
        }

        var halfLogDeterminant = factor.diagonal().log().sum().item<double>();
        // The 2π of the prior's normalisation and of the Gaussian integral cancel.
        var logValue = objective - dimension / 2.0 * Math.Log(priorVariance) - halfLogDeterminant;
        return new(logValue, LogLikelihood(inputs, labels, theta));
    }

    /// <summary>ln P_θ(y | X), nats.</summary>
    /// <param name="inputs">X, (n, d).</param>
    /// <param name="labels">y, 0 or 1, (n,).</param>
    /// <param name="theta">θ, (d,).</param>
    public static double LogLikelihood(Tensor inputs, Tensor labels, Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(theta);
        using var scope = NewDisposeScope();
        return -nn.functional.softplus(inputs.mv(theta) * (1 - 2 * labels)).sum().item<double>();
    }

    // Without the terms of the prior's normalisation.
    private static double LogPosterior(Tensor inputs, Tensor labels, Tensor theta, double priorVariance) =>
        LogLikelihood(inputs, labels, theta) - theta.dot(theta).item<double>() / (2 * priorVariance);
}
