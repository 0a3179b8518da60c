using TorchSharp.Modules;

namespace DailyPapers.Lab.Optimization.Lion;

/// <summary>The numbers of a <see cref="LionGroup"/>; null takes the optimizer's.</summary>
public sealed class LionOptions : OptimizerOptions
{
    /// <summary>β₁, the momentum's share in a step, from 0 to below 1.</summary>
    public double? Beta1 { get; set; }

    /// <summary>β₂, what the momentum keeps, from 0 to below 1.</summary>
    public double? Beta2 { get; set; }

    /// <summary>λ, decoupled weight decay per unit of step size.</summary>
    public double? WeightDecay { get; set; }

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer)
    {
        base.SaveStateDict(writer);
        writer.Write(Beta1!.Value);
        writer.Write(Beta2!.Value);
        writer.Write(WeightDecay!.Value);
    }

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        base.LoadStateDict(reader);
        (Beta1, Beta2, WeightDecay) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
    }

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerOptions source)
    {
        base.LoadStateDict(source);
        if (source is LionOptions options)
            (Beta1, Beta2, WeightDecay) = (options.Beta1, options.Beta2, options.WeightDecay);
    }

    internal void FillFrom(LionOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        InitialLearningRate = LearningRate!.Value;
        Beta1 ??= defaults.Beta1;
        Beta2 ??= defaults.Beta2;
        WeightDecay ??= defaults.WeightDecay;
    }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(LearningRate!.Value, nameof(LearningRate));
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay!.Value, nameof(WeightDecay));
        if (Beta1 is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(Beta1), Beta1, "β₁ lies from 0 to below 1.");
        if (Beta2 is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(Beta2), Beta2, "β₂ lies from 0 to below 1.");
    }
}
