using System.Numerics.Tensors;

namespace DailyPapers.Lab.Generalization.Universality;

/// <summary>
/// The Bayesian mixture over finitely many hypotheses, Q(y_t | past) ∝ Σ_θ w(θ) Π_s P_θ(y_s | x_s): the universal learner of
/// arXiv:2506.07661 for log-loss.
/// </summary>
/// <remarks>
/// The product of its predictions telescopes to Q(y_1..y_n) = Σ_θ w(θ) P_θ(y_1..y_n), so one log-sum-exp at the end gives the
/// cumulative loss of all rounds; <see cref="LogEvidence"/> is that number.
/// </remarks>
public sealed class BayesianMixture
{
    private readonly double[] _logJoint; // ln w(θ) + Σ_s ln P_θ(y_s | x_s)
    private double? _logEvidence;

    /// <summary>Starts at the prior.</summary>
    /// <param name="logWeights">ln w(θ), one a hypothesis; any common offset is removed.</param>
    /// <exception cref="ArgumentException">There is no hypothesis of positive weight, or a weight is NaN.</exception>
    public BayesianMixture(ReadOnlySpan<double> logWeights)
    {
        var total = LogSum.Exp(logWeights);
        if (!double.IsFinite(total))
            throw new ArgumentException("A mixture needs hypotheses with finite weights, at least one of them positive.", nameof(logWeights));
        _logJoint = new double[logWeights.Length];
        TensorPrimitives.Subtract(logWeights, total, _logJoint);
    }

    /// <summary>A mixture with the same weight on each of <paramref name="count"/> hypotheses.</summary>
    public static BayesianMixture Uniform(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new(new double[count]);
    }

    /// <summary>Number of hypotheses.</summary>
    public int Count => _logJoint.Length;

    /// <summary>ln Q(y_1..y_n), in nats: minus the cumulative log-loss so far; 0 before the first outcome.</summary>
    public double LogEvidence => _logEvidence ??= LogSum.Exp(_logJoint);

    // #region observe
    /// <summary>Takes in an outcome, or several at once.</summary>
    /// <param name="logLikelihoods">ln P_θ of the outcome, one a hypothesis.</param>
    public void Observe(ReadOnlySpan<double> logLikelihoods)
    {
        RequireCount(logLikelihoods);
        TensorPrimitives.Add(_logJoint, logLikelihoods, _logJoint);
        _logEvidence = null;
    }

    /// <summary>ln Q(y | past) of an outcome that is not taken in.</summary>
    /// <param name="logLikelihoods">ln P_θ(y), one a hypothesis.</param>
    public double LogPredict(ReadOnlySpan<double> logLikelihoods)
    {
        RequireCount(logLikelihoods);
        var joint = new double[_logJoint.Length];
        TensorPrimitives.Add(_logJoint, logLikelihoods, joint);
        return LogSum.Exp(joint) - LogEvidence;
    }
    // #endregion observe

    /// <summary>ln of the posterior weights, one a hypothesis.</summary>
    public double[] LogPosterior()
    {
        var posterior = new double[_logJoint.Length];
        TensorPrimitives.Subtract(_logJoint, LogEvidence, posterior);
        return posterior;
    }

    private void RequireCount(ReadOnlySpan<double> logLikelihoods)
    {
        if (logLikelihoods.Length != _logJoint.Length)
            throw new ArgumentException($"Expected one log-likelihood for each of {_logJoint.Length} hypotheses, not {logLikelihoods.Length}.", nameof(logLikelihoods));
    }
}
