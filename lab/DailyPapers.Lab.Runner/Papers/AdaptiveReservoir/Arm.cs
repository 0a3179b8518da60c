using DailyPapers.Lab.Architectures.Reservoir;

namespace DailyPapers.Lab.Runner.Papers.AdaptiveReservoir;

/// <summary>How a reservoir gets its inhibition.</summary>
internal abstract record Arm
{
    /// <summary>One factor for all inhibitory weights.</summary>
    internal sealed record Global(double Balance) : Arm;

    /// <summary>Adapted to target rates before the readout is fitted.</summary>
    internal sealed record Adapted(double[] Targets) : Arm;

    /// <summary>Scaled row by row for target rates, without a run.</summary>
    internal sealed record OneStep(double[] Targets) : Arm;

    /// <summary>Draws the reservoir and gives it this arm's inhibition, from the series' training inputs alone.</summary>
    internal (EiReservoir Reservoir, HomeostasisReport? Report) Build(EiReservoirOptions options, TaskSeries series, Seed seed)
    {
        var reservoir = EiReservoir.Create(this is Global global ? options with { Balance = global.Balance } : options, seed);
        switch (this)
        {
            case Adapted adapted:
                return (reservoir, InhibitoryHomeostasis.Adapt(reservoir, adapted.Targets, series.TrainingInputs));
            case OneStep oneStep:
                var sum = 0.0;
                foreach (var input in series.TrainingInputs)
                    sum += input;
                OneStepBalance.Apply(reservoir, oneStep.Targets, sum / series.TrainingInputs.Length);
                break;
            default:
                break;
        }
        return (reservoir, null);
    }
}
