namespace DailyPapers.Lab.Data.Pruning;

/// <summary>
/// Forgetting events (Toneva et al. 2019): how often an example that was classified rightly when last seen is now classified wrongly.
/// </summary>
/// <remarks>Examples are judged when their minibatch comes up, before the step, as the paper's code does.</remarks>
/// <param name="count">Number of examples.</param>
public sealed class ForgettingCounter(int count)
{
    private readonly int[] _forgotten = new int[count];
    private readonly bool[] _right = new bool[count];
    private readonly bool[] _learnt = new bool[count];

    /// <summary>Takes in that an example was seen.</summary>
    public void Observe(long example, bool right)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(example);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(example, _right.Length);
        if (_right[example] && !right)
            _forgotten[example]++;
        _right[example] = right;
        _learnt[example] |= right;
    }

    /// <summary>Number of forgetting events of each example; +∞ for one that was never classified rightly.</summary>
    public double[] Scores() => [.. _forgotten.Select((events, example) => _learnt[example] ? events : double.PositiveInfinity)];
}
