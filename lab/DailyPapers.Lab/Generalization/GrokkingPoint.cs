namespace DailyPapers.Lab.Generalization;

/// <summary>A network after one number of steps.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="TrainingAccuracy">Share of training labels matched, flipped ones included; 0 to 1.</param>
/// <param name="CleanTrainingAccuracy">Share of the training labels before flipping matched; 0 to 1.</param>
/// <param name="TestAccuracy">Share of clean test labels matched; 0 to 1.</param>
/// <param name="Linearity">Correlation of f with its best linear fit on the test inputs; NaN when f is constant.</param>
public sealed record GrokkingPoint(int Step, double TrainingAccuracy, double CleanTrainingAccuracy, double TestAccuracy, double Linearity);
