namespace DailyPapers.Lab.Generalization.PacBayes;

/// <summary>What a search over prompts makes small.</summary>
/// <param name="trainError">The training error with these prompts.</param>
/// <param name="prompts">A prompt for each class; not to be kept or changed.</param>
public delegate double PromptObjective(double trainError, IReadOnlyList<int[]> prompts);
