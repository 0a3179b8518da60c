using DailyPapers.Lab.Data.ClickThroughRate;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Training.ClickThroughRate;

namespace DailyPapers.Lab.Runner.Papers.Finalmlp;

/// <summary>Trains all models on the same impressions and measures the area under the ROC curve on others.</summary>
internal static class ClickExperiment
{
    internal const int Fields = 12;

    private const int Pairs = 10;
    private const int Triples = 3;
    private const int ValidationRows = 10_000;

    /// <summary>Models on the data with interactions.</summary>
    internal static readonly string[] Models =
        ["regression", "mlp", "dual", "concat", "hadamard", "bilinear", "heads-1", "heads-8", "heads-all", "final", "final-context", "deepfm", "dcn"];

    /// <summary>Models on the additive control.</summary>
    internal static readonly string[] ControlModels = ["dual", "final"];

    /// <summary>Sizes and training.</summary>
    internal sealed record Setting(int Rows, int TestRows, int Width, int Batch, int Epochs, double StepSize);

    /// <summary>AUC in percent by model, on test impressions; <c>Oracle</c> is that of the true logits.</summary>
    internal sealed record Outcome(
        IReadOnlyDictionary<string, double> Auc, IReadOnlyDictionary<string, double> BestValidation, IReadOnlyDictionary<string, long> Parameters, double Oracle);

    internal static Outcome Run(bool interactions, string[] models, Setting setting, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        var clicks = new MultiplicativeClicks(Fields, interactions ? Pairs : 0, interactions ? Triples : 0, seed.Stream("parameters"));
        var train = clicks.Draw(setting.Rows, seed.Stream("train"));
        var validation = clicks.Draw(ValidationRows, seed.Stream("validation"));
        var test = clicks.Draw(setting.TestRows, seed.Stream("test"));
        var build = new ClickModels(clicks.Cardinalities, setting.Width);
        var auc = new Dictionary<string, double>();
        var best = new Dictionary<string, double>();
        foreach (var name in models)
        {
            seed.Stream($"weights {name}").SeedTorch();
            using var model = build.Build(name);
            var options = new ClickTrainingOptions(setting.StepSize > 0 ? setting.StepSize : StepSize(name), setting.Batch, setting.Epochs);
            // Batches come in the same order for every model.
            var outcome = ClickTraining.Run(model, train, validation, options, seed.Stream("batches"), cancellation);
            auc[name] = 100 * ClickTraining.Auc(model, test);
            best[name] = 100 * outcome.ValidationAuc.Max();
            progress(auc.Count / (double)models.Length);
        }
        var oracle = RocAuc.Binary([.. Enumerable.Range(0, test.Count).Select(row => clicks.Logit(test.Row(row)))], test.Clicked.ToArray());
        return new(auc, best, models.ToDictionary(name => name, build.Parameters), 100 * oracle);
    }

    // #region tuned
    // The best of 0.001, 0.003 and 0.01 for each model, by validation AUC on seeds that the published run does not use.
    internal static double StepSize(string model) => model switch
    {
        "dual" or "concat" or "hadamard" or "heads-all" or "dcn" => 0.01,
        _ => 0.003,
    };
    // #endregion tuned
}
