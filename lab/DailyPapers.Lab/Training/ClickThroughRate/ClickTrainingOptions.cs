namespace DailyPapers.Lab.Training.ClickThroughRate;

/// <summary>How a click model is trained.</summary>
/// <param name="StepSize">Adam's first learning rate.</param>
/// <param name="BatchSize">Impressions in a step.</param>
/// <param name="Epochs">Passes at most.</param>
/// <param name="EmbeddingPenalty">λ of the penalty λ/2 ‖E‖² on the embeddings.</param>
/// <param name="Patience">Passes in a row without a better validation AUC that end the training.</param>
public sealed record ClickTrainingOptions(double StepSize, int BatchSize, int Epochs, double EmbeddingPenalty = 0, int Patience = 2);
