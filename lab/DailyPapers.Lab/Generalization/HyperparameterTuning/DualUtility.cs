namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>The dual function of a task, α ↦ u_α = max_w accuracy(α, w): the share of points that the best weights get right.</summary>
public static class DualUtility
{
    /// <summary>u_α at given hyperparameters, by trying every setting of the weights.</summary>
    public static double[] Evaluate(IMarginTask task, IReadOnlyList<double> alphas)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(alphas);
        var (constant, linear, quadratic) = (new double[task.Points], new double[task.Points], new double[task.Points]);
        var best = new int[alphas.Count];
        for (var weights = 0; weights < task.WeightSettings; weights++)
        {
            task.Margins(weights, constant, linear, quadratic);
            for (var i = 0; i < alphas.Count; i++)
            {
                var correct = 0;
                for (var point = 0; point < task.Points; point++)
                    if (constant[point] + alphas[i] * (linear[point] + alphas[i] * quadratic[point]) > 0)
                        correct++;
                best[i] = Math.Max(best[i], correct);
            }
        }
        return [.. best.Select(correct => (double)correct / task.Points)];
    }

    // #region exact
    /// <summary>u_α as a function, from the roots of all margins: no grid of α, so no jump is missed and none invented.</summary>
    public static PiecewiseConstant Exact(IMarginTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var (constant, linear, quadratic) = (new double[task.Points], new double[task.Points], new double[task.Points]);
        var (roots, steps) = (new double[2 * task.Points], new int[2 * task.Points]);
        var envelope = new CountEnvelope(task.MinimumAlpha, task.MaximumAlpha, task.Points);
        for (var weights = 0; weights < task.WeightSettings; weights++)
        {
            task.Margins(weights, constant, linear, quadratic);
            var (correct, changes, ever) = (0, 0, 0);
            for (var point = 0; point < task.Points; point++)
            {
                var margin = new MarginSigns(constant[point], linear[point], quadratic[point], task.MinimumAlpha, task.MaximumAlpha);
                if (margin.PositiveAtStart)
                    correct++;
                if (margin.PositiveAtStart || margin.First is not null)
                    ever++;
                if (margin.First is { } first)
                    (roots[changes], steps[changes++]) = (first, margin.PositiveAtStart ? -1 : 1);
                if (margin.Second is { } second)
                    (roots[changes], steps[changes++]) = (second, margin.PositiveAtStart ? 1 : -1);
            }
            if (!envelope.CanRise(ever))
                continue;
            Array.Sort(roots, steps, 0, changes);
            envelope.Add(correct, roots.AsSpan(0, changes), steps.AsSpan(0, changes));
        }
        return envelope.Maximum().Times(1.0 / task.Points);
    }
    // #endregion exact
}
