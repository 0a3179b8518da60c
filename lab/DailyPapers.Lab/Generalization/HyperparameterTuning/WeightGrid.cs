namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>Three weights, each on an even grid over [−1, 1].</summary>
/// <param name="PointsPerWeight">At least 2.</param>
public sealed record WeightGrid(int PointsPerWeight)
{
    /// <summary>At least 2.</summary>
    public int PointsPerWeight { get; } = PointsPerWeight >= 2
        ? PointsPerWeight
        : throw new ArgumentOutOfRangeException(nameof(PointsPerWeight), PointsPerWeight, "A grid needs both ends of the interval.");

    /// <summary>Number of settings, the cube of <see cref="PointsPerWeight"/>.</summary>
    public int Count => PointsPerWeight * PointsPerWeight * PointsPerWeight;

    /// <summary>The weights of one setting.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public (double First, double Second, double Third) At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return (Weight(index / PointsPerWeight / PointsPerWeight), Weight(index / PointsPerWeight % PointsPerWeight), Weight(index % PointsPerWeight));
    }

    private double Weight(int place) => 2.0 * place / (PointsPerWeight - 1) - 1;
}
