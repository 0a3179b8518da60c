using System.Numerics.Tensors;

namespace DailyPapers.Lab.Optimization.AttentionSvm;

/// <summary>
/// f(X_i) = vᵀX_iᵀ softmax(X_i W z_i) with the logistic loss (arXiv:2308.16898, equation W-ERM): attention, loss and gradient in W.
/// Matrices are row-major (d, d).
/// </summary>
public static class SoftmaxAttention
{
    /// <summary>The attention s_i of every sequence, row-major (n, T).</summary>
    public static double[] Probabilities(AttentionProblem problem, ReadOnlySpan<double> weights)
    {
        Check(problem, weights);
        var probabilities = new double[problem.Count * problem.Length];
        var keyed = new double[problem.Dimension];
        for (var i = 0; i < problem.Count; i++)
        {
            var row = probabilities.AsSpan(i * problem.Length, problem.Length);
            Logits(problem, weights, i, keyed, row);
            // Relative to the greatest, since trained weights grow without bound.
            TensorPrimitives.Subtract(row, TensorPrimitives.Max<double>(row), row);
            TensorPrimitives.SoftMax(row, row);
        }
        return probabilities;
    }

    /// <summary>Which token every sequence attends to most, (n), and the least of these attentions, from 1/T to 1.</summary>
    public static (int[] Selected, double LeastAttention) Selection(AttentionProblem problem, ReadOnlySpan<double> weights)
    {
        var probabilities = Probabilities(problem, weights);
        var selected = new int[problem.Count];
        var least = 1.0;
        for (var i = 0; i < selected.Length; i++)
        {
            var row = probabilities.AsSpan(i * problem.Length, problem.Length);
            selected[i] = TensorPrimitives.IndexOfMax<double>(row);
            least = Math.Min(least, row[selected[i]]);
        }
        return (selected, least);
    }

    /// <summary>The mean of log(1 + e^(−γ_iᵀs_i)), in nats.</summary>
    public static double Loss(AttentionProblem problem, ReadOnlySpan<double> weights)
    {
        var probabilities = Probabilities(problem, weights);
        var loss = 0.0;
        for (var i = 0; i < problem.Count; i++)
            loss += Math.Log(1 + Math.Exp(-TensorPrimitives.Dot(problem.Scores(i), probabilities.AsSpan(i * problem.Length, problem.Length))));
        return loss / problem.Count;
    }

    // #region gradient
    /// <summary>
    /// The gradient of the loss, (1/n) Σ l'(γ_iᵀs_i) X_iᵀ(diag(s_i) − s_i s_iᵀ)γ_i z_iᵀ, divided by e^(−c): it never underflows, however
    /// large W is.
    /// </summary>
    /// <param name="problem">The data.</param>
    /// <param name="weights">W, (d, d).</param>
    /// <param name="gradient">Receives e^c ∇L, (d, d).</param>
    /// <returns>c, the smallest gap between the largest logit of a sequence and its next.</returns>
    public static double ScaledGradient(AttentionProblem problem, ReadOnlySpan<double> weights, Span<double> gradient)
    {
        Check(problem, weights);
        if (gradient.Length != weights.Length)
            throw new ArgumentException($"The gradient needs {weights.Length} numbers, not {gradient.Length}.", nameof(gradient));
        int count = problem.Count, length = problem.Length, dimension = problem.Dimension;
        gradient.Clear();
        var logits = new double[count * length];
        var keyed = new double[dimension];
        var most = new int[count];
        var scale = double.PositiveInfinity;
        for (var i = 0; i < count; i++)
        {
            var row = logits.AsSpan(i * length, length);
            Logits(problem, weights, i, keyed, row);
            most[i] = TensorPrimitives.IndexOfMax<double>(row);
            TensorPrimitives.Subtract(row, row[most[i]], row);
            for (var t = 0; t < length; t++)
                scale = t == most[i] ? scale : Math.Min(scale, -row[t]);
        }
        for (var i = 0; i < count; i++)
            AddSequence(problem, i, most[i], logits.AsSpan(i * length, length), scale, keyed, gradient);
        return scale;
    }

    private static void AddSequence(
        AttentionProblem problem, int i, int most, ReadOnlySpan<double> logits, double scale, Span<double> direction, Span<double> gradient)
    {
        // Scores are taken relative to the attended token's, so that what is small is not the difference of large numbers.
        var scores = problem.Scores(i);
        double total = 0, mean = 0;
        for (var t = 0; t < logits.Length; t++)
        {
            var weight = Math.Exp(logits[t]);
            total += weight;
            mean += weight * (scores[t] - scores[most]);
        }
        mean /= total;
        direction.Clear();
        var own = 0.0;
        for (var t = 0; t < logits.Length; t++)
        {
            if (t == most)
                continue;
            var share = Math.Exp(logits[t] + scale) / total;
            own -= share * (scores[t] - scores[most]);
            TensorPrimitives.MultiplyAdd(problem.Token(i, t), share * (scores[t] - scores[most] - mean), direction, direction);
        }
        TensorPrimitives.MultiplyAdd(problem.Token(i, most), own / total, direction, direction);
        var slope = -1 / (1 + Math.Exp(scores[most] + mean)) / problem.Count; // l'(u) = −1/(1 + e^u)
        for (var row = 0; row < direction.Length; row++)
        {
            var target = gradient.Slice(row * direction.Length, direction.Length);
            TensorPrimitives.MultiplyAdd(problem.Query(i), slope * direction[row], target, target);
        }
    }
    // #endregion gradient

    private static void Logits(AttentionProblem problem, ReadOnlySpan<double> weights, int i, double[] keyed, Span<double> logits)
    {
        for (var row = 0; row < keyed.Length; row++)
            keyed[row] = TensorPrimitives.Dot(weights.Slice(row * keyed.Length, keyed.Length), problem.Query(i));
        for (var t = 0; t < logits.Length; t++)
            logits[t] = TensorPrimitives.Dot(problem.Token(i, t), keyed);
    }

    private static void Check(AttentionProblem problem, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (weights.Length != problem.Dimension * problem.Dimension)
            throw new ArgumentException($"Weights in {problem.Dimension} dimensions are {problem.Dimension * problem.Dimension} numbers, not {weights.Length}.", nameof(weights));
    }
}
