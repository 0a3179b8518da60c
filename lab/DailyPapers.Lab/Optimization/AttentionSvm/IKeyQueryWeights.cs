namespace DailyPapers.Lab.Optimization.AttentionSvm;

/// <summary>Trainable key-query weights, in one of the paper's two parametrizations.</summary>
public interface IKeyQueryWeights
{
    /// <summary>The combined matrix W, row-major (d, d).</summary>
    double[] Combined { get; }

    /// <summary>One step of normalised gradient descent: every factor moves by <paramref name="stepSize"/> in its norm.</summary>
    void Step(AttentionProblem problem, double stepSize);
}
