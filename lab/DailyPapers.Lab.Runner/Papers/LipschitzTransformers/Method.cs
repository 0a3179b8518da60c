using DailyPapers.Lab.Architectures.Lipschitz;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Optimization.Muon;
using DailyPapers.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.LipschitzTransformers;

/// <summary>An optimizer with a constraint at a strength; the same loop, batches and schedule for all.</summary>
/// <param name="Optimizer">"adamw" or "muon".</param>
/// <param name="Constraint">"decay", "norm", "soft", "hard".</param>
/// <param name="Maximum">σ_max of every matrix in units of √(out/in); for AdamW's decay, 1/λ.</param>
internal sealed record Method(string Optimizer, string Constraint, double Maximum)
{
    private const double EmbeddingFactor = 1;

    private SpectralConstraint Made() => Constraint switch
    {
        "decay" => new WeightDecay(Maximum),
        // Exact: what power iteration lets pass would be noise in the bounds.
        "norm" => new SpectralNormalization(Maximum),
        "soft" => new SpectralSoftCap(Maximum),
        _ => new SpectralHardCap(Maximum),
    };

    // #region train
    /// <summary>Trains matrices, and an embedding whose rows are kept at a root mean square of 1 at most.</summary>
    internal void Train(
        IReadOnlyList<Parameter> matrices, Parameter? embedding, ShuffledBatches batches, int steps, double stepSize, Func<Tensor, Tensor> loss,
        CancellationToken cancellation)
    {
        var constraint = Made();
        var schedule = new CosineSchedule(stepSize, steps, warmup: steps / 20);
        Parameter[] all = embedding is null ? [.. matrices] : [.. matrices, embedding];
        using var adam = optim.AdamW(all, stepSize, weight_decay: 0);
        using var muon = new Muon(matrices, embedding is null ? [] : [embedding]);
        MinibatchTraining.Run(
            batches, 0, steps,
            (step, rows) =>
            {
                adam.zero_grad();
                loss(rows).backward();
                if (Optimizer == "muon")
                    muon.Step(schedule.At(step));
                else
                    AdamStep(adam, schedule.At(step));
                foreach (var matrix in matrices)
                    constraint.Apply(matrix, schedule.At(step));
                if (embedding is not null)
                    KeepRows(embedding);
            },
            cancellation);
    }
    // #endregion train

    private static void AdamStep(AdamW adam, double stepSize)
    {
        foreach (var group in adam.ParamGroups)
            group.LearningRate = stepSize;
        adam.step();
    }

    private static void KeepRows(Parameter embedding)
    {
        using var frozen = no_grad();
        embedding.div_(embedding.square().mean([1L], keepdim: true).sqrt().clamp_min(EmbeddingFactor));
    }
}
