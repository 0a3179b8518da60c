namespace DailyPapers.Lab.Training.ClickThroughRate;

/// <summary>What came of a training; the model has the weights of its best pass.</summary>
/// <param name="BestEpoch">The pass of the largest validation AUC, from 1.</param>
/// <param name="ValidationAuc">The validation AUC after each pass.</param>
public sealed record ClickTrainingOutcome(int BestEpoch, IReadOnlyList<double> ValidationAuc);
