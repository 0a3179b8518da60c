using DailyPapers.Lab.Generalization.HyperparameterTuning;

namespace DailyPapers.Lab.Runner.Papers.HyperparameterSampleComplexity;

/// <summary>
/// Tasks by their dual functions. The distribution of tasks is the uniform one over this list, so that expectations are exact
/// sums and not estimates.
/// </summary>
internal sealed class TaskFamily
{
    private TaskFamily(string name, IReadOnlyList<PiecewiseConstant> duals, double mostJumps)
    {
        (Name, Duals) = (name, duals);
        Expectation = PiecewiseConstant.Mean(duals);
        PseudoDimension = PseudoDimensionBound.FromOscillations(mostJumps);
    }

    /// <summary>Name in metrics and series.</summary>
    public string Name { get; }

    /// <summary>The tasks' dual functions.</summary>
    public IReadOnlyList<PiecewiseConstant> Duals { get; }

    /// <summary>The expected utility of each hyperparameter.</summary>
    public PiecewiseConstant Expectation { get; }

    /// <summary>The theorem's bound on the pseudo-dimension, from the jumps that the weights' grid allows and not from those that occur.</summary>
    public int PseudoDimension { get; }

    /// <summary>Computes all dual functions exactly.</summary>
    /// <param name="name">Name in metrics and series.</param>
    /// <param name="count">How many tasks.</param>
    /// <param name="task">Makes the task of a number.</param>
    /// <param name="rootsPerMargin">In how many places one margin can change its sign.</param>
    /// <param name="progress">Called with the share done; stops the run when it is cancelled.</param>
    public static TaskFamily Compute(string name, int count, Func<int, IMarginTask> task, int rootsPerMargin, Action<double> progress)
    {
        var duals = new PiecewiseConstant[count];
        var mostJumps = 0.0;
        for (var i = 0; i < count; i++)
        {
            if (i % 20 == 0)
                progress((double)i / count);
            var made = task(i);
            duals[i] = DualUtility.Exact(made);
            // One setting's accuracy changes at most so often; the maximum over settings has no break points of its own.
            mostJumps = Math.Max(mostJumps, (double)made.WeightSettings * made.Points * rootsPerMargin);
        }
        return new(name, duals, mostJumps);
    }
}
