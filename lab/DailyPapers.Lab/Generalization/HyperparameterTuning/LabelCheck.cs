namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>What all tasks demand of labels.</summary>
internal static class LabelCheck
{
    public static void Require(IReadOnlyList<int> labels, int points)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (points == 0 || labels.Count != points)
            throw new ArgumentException($"A task needs points and one label for each; there are {points} points and {labels.Count} labels.", nameof(labels));
        if (labels.Any(label => label is not (1 or -1)))
            throw new ArgumentException("Labels are +1 and −1.", nameof(labels));
    }
}
