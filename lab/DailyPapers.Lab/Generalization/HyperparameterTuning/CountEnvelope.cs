namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>The pointwise maximum of many step functions with small whole values, built one function at a time.</summary>
/// <remarks>Pieces at or below what some function reaches everywhere can't matter; leaving them out keeps the final sort short.</remarks>
internal sealed class CountEnvelope(double minimum, double maximum, int largest)
{
    private readonly List<(double Start, double End, int Count)> _pieces = [];
    private int _floor;

    /// <summary>Whether a function that nowhere exceeds <paramref name="count"/> can change the maximum.</summary>
    public bool CanRise(int count) => count > _floor;

    /// <summary>Adds a function.</summary>
    /// <param name="start">Its value at the interval's lower end.</param>
    /// <param name="places">Where it changes, ascending, inside the interval.</param>
    /// <param name="steps">By how much.</param>
    public void Add(int start, ReadOnlySpan<double> places, ReadOnlySpan<int> steps)
    {
        var (lowest, count) = (start, start);
        foreach (var step in steps)
        {
            count += step;
            lowest = Math.Min(lowest, count);
        }
        _floor = Math.Max(_floor, lowest);
        count = start;
        var from = minimum;
        for (var i = 0; i <= places.Length; i++)
        {
            var to = i < places.Length ? places[i] : maximum;
            if (count > _floor && to > from)
                _pieces.Add((from, to, count));
            if (i < places.Length)
                (from, count) = (to, count + steps[i]);
        }
    }

    /// <summary>The maximum of the functions added, which are taken for at least 0.</summary>
    public PiecewiseConstant Maximum()
    {
        var events = new List<(double Place, int Count, int Change)>();
        foreach (var (start, end, count) in _pieces.Where(piece => piece.Count > _floor))
        {
            events.Add((start, count, 1));
            events.Add((end, count, -1));
        }
        events.Sort();
        var active = new int[largest + 1];
        List<double> breakPoints = [], values = [];
        var next = 0;
        var from = minimum;
        while (from < maximum)
        {
            while (next < events.Count && events[next].Place <= from)
            {
                active[events[next].Count] += events[next].Change;
                next++;
            }
            var value = Array.FindLastIndex(active, count => count > 0);
            if (from > minimum)
                breakPoints.Add(from);
            values.Add(Math.Max(value, _floor));
            from = next < events.Count ? events[next].Place : maximum;
        }
        return new(minimum, maximum, breakPoints, values);
    }
}
