namespace DailyPapers.Lab.Generalization.LongTail;

/// <summary>Examples drawn from subpopulations, and how often each was seen.</summary>
public sealed class SubpopulationSample
{
    private readonly int[] _subpopulations;
    private readonly int[] _seen;

    /// <summary>Draws examples.</summary>
    /// <param name="frequencies">D, not negative, with the sum 1.</param>
    /// <param name="examples">n, at least 1.</param>
    /// <param name="seed">The stream of the draw.</param>
    public SubpopulationSample(IReadOnlyList<double> frequencies, int examples, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        var cumulative = new double[frequencies.Count];
        var sum = 0.0;
        for (var x = 0; x < cumulative.Length; x++)
        {
            if (!(frequencies[x] >= 0))
                throw new ArgumentException($"A frequency can't be {frequencies[x]}.", nameof(frequencies));
            cumulative[x] = sum += frequencies[x];
        }
        if (Math.Abs(sum - 1) > 1e-6)
            throw new ArgumentException($"Frequencies have the sum 1, not {sum}.", nameof(frequencies));
        var random = seed.ToRandom();
        _subpopulations = new int[examples];
        _seen = new int[frequencies.Count];
        for (var i = 0; i < examples; i++)
        {
            var place = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            // An exact hit belongs to the next one, since intervals are closed below.
            _subpopulations[i] = Math.Min(place >= 0 ? place + 1 : ~place, cumulative.Length - 1);
            _seen[_subpopulations[i]]++;
        }
    }

    /// <summary>The subpopulation of each example.</summary>
    public IReadOnlyList<int> Subpopulations => _subpopulations;

    /// <summary>How often each subpopulation was seen.</summary>
    public IReadOnlyList<int> Seen => _seen;

    /// <summary>Number of subpopulations that were seen exactly so often, for 0 to <paramref name="most"/> times.</summary>
    public int[] Occupancy(int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        var counts = new int[most + 1];
        foreach (var seen in _seen)
            if (seen <= most)
                counts[seen]++;
        return counts;
    }
}
