namespace DailyPapers.Search.Correcting;

/// <summary>A word, or two, that what was typed may stand for.</summary>
/// <param name="Text">What to write instead.</param>
/// <param name="Distance">The edits between them; one more where the first letter differs.</param>
/// <param name="Frequency">How many papers have it.</param>
internal readonly record struct NearWord(string Text, int Distance, long Frequency)
{
    // How much rarer an error of one more letter is, as a logarithm.
    private const double PerEdit = 5;

    /// <summary>How likely it is meant, as a logarithm, without regard to the other words.</summary>
    public double Likelihood => Math.Log(Frequency) - (PerEdit * Distance);
}
