namespace DailyPapers.Lab.Optimization.AttentionSvm;

/// <summary>W trained as one matrix: W ← W − η ∇L/‖∇L‖_F, which is biased towards the least Frobenius norm.</summary>
public sealed class CombinedWeights : IKeyQueryWeights
{
    private readonly double[] _gradient;

    /// <summary>Starts at <paramref name="initial"/>, row-major (d, d), which is copied.</summary>
    public CombinedWeights(double[] initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        Combined = (double[])initial.Clone();
        _gradient = new double[initial.Length];
    }

    /// <inheritdoc/>
    public double[] Combined { get; }

    /// <inheritdoc/>
    public void Step(AttentionProblem problem, double stepSize)
    {
        SoftmaxAttention.ScaledGradient(problem, Combined, _gradient);
        NormalizedStep.Take(Combined, _gradient, stepSize);
    }
}
