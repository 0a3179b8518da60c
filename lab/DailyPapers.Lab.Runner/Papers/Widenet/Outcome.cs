namespace DailyPapers.Lab.Runner.Papers.Widenet;

/// <summary>A trained transformer, marked.</summary>
/// <param name="Losses">Training loss of every step, nats, without the balance loss.</param>
/// <param name="TrainLoss">Nats an image or a token, in evaluation mode.</param>
/// <param name="TestLoss">The same on test data.</param>
/// <param name="Accuracy">On test data, in percent; NaN for a language model.</param>
/// <param name="Parameters">Of the whole model.</param>
/// <param name="Usage">Shares of the choices on test data, by depth and expert; empty without experts.</param>
internal sealed record Outcome(double[] Losses, double TrainLoss, double TestLoss, double Accuracy, long Parameters, double[][] Usage);
