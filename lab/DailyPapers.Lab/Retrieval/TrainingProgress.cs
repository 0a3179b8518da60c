namespace DailyPapers.Lab.Retrieval;

/// <summary>Where a training stands.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Fraction">How much of the training is done, 0 to 1.</param>
/// <param name="Loss">The last epoch's mean loss.</param>
public sealed record TrainingProgress(string Stage, double Fraction, double? Loss);
