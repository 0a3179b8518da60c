namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>Tasks on whose duals every pattern of above and below occurs for some hyperparameter.</summary>
/// <param name="Tasks">Indices of the duals.</param>
/// <param name="Thresholds">The threshold of each.</param>
public sealed record ShatteredSet(IReadOnlyList<int> Tasks, IReadOnlyList<double> Thresholds)
{
    /// <summary>Number of tasks.</summary>
    public int Size => Tasks.Count;
}
