namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>Empirical risk minimisation over a hyperparameter: the value that is best on average over the tasks seen.</summary>
public static class ErmHyperparameter
{
    /// <summary>The α that maximises the mean utility of the tasks; the middle of the widest maximal piece.</summary>
    /// <param name="duals">The tasks' dual functions.</param>
    public static double Select(IReadOnlyList<PiecewiseConstant> duals) => PiecewiseConstant.Mean(duals).Maximiser;
}
