namespace DailyPapers.Lab.Generalization.ModularAddition;

/// <summary>Names the phase a network is in.</summary>
public static class GrokkingPhases
{
    /// <summary>The phase of a network with these accuracies.</summary>
    /// <param name="accuracy">The accuracies; some training labels must be wrong.</param>
    /// <param name="tolerance">How far from 0 or 1 a share still counts as none or all; the paper draws the borders by eye.</param>
    /// <exception cref="ArgumentException">No training label is wrong: then there is nothing to tell apart.</exception>
    public static GrokkingPhase Classify(CorruptedAccuracy accuracy, double tolerance = 0.1)
    {
        ArgumentNullException.ThrowIfNull(accuracy);
        if (tolerance is not (> 0 and < 0.5))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be between 0 and 1/2.");
        if (double.IsNaN(accuracy.Wrong))
            throw new ArgumentException("Without wrong labels there is no phase to name.", nameof(accuracy));
        if (accuracy.Test < 1 - tolerance)
            return accuracy.Train >= 1 - tolerance && accuracy.Wrong >= 0.5 ? GrokkingPhase.Memorisation : GrokkingPhase.Forgetting;
        if (accuracy.Wrong >= 1 - tolerance)
            return GrokkingPhase.Coexistence;
        return accuracy.Wrong <= tolerance ? GrokkingPhase.FullInversion : GrokkingPhase.PartialInversion;
    }
}
