namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>
/// A piecewise constant function of one hyperparameter α on an interval, with exact break points: what the dual function of a
/// task is when its utility counts correct answers (arXiv:2501.13734, section 4).
/// </summary>
/// <remarks>Right-continuous: a break point belongs to the piece on its right. Equal neighbours are one piece, so every break point is a jump.</remarks>
public sealed class PiecewiseConstant
{
    private readonly double[] _breakPoints;
    private readonly double[] _values;

    /// <summary>Creates the function.</summary>
    /// <param name="minimum">The interval's lower end.</param>
    /// <param name="maximum">Its upper end, greater than <paramref name="minimum"/>.</param>
    /// <param name="breakPoints">Strictly ascending, inside the interval.</param>
    /// <param name="values">One more than break points, from left to right; not NaN.</param>
    /// <exception cref="ArgumentException">Says which of these is violated.</exception>
    public PiecewiseConstant(double minimum, double maximum, IReadOnlyList<double> breakPoints, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(breakPoints);
        ArgumentNullException.ThrowIfNull(values);
        if (!(minimum < maximum) || !double.IsFinite(minimum) || !double.IsFinite(maximum))
            throw new ArgumentException($"The interval from {minimum} to {maximum} is empty or not finite.", nameof(maximum));
        if (values.Count != breakPoints.Count + 1)
            throw new ArgumentException($"{breakPoints.Count} break points part {breakPoints.Count + 1} pieces, but there are {values.Count} values.", nameof(values));
        if (values.Any(double.IsNaN))
            throw new ArgumentException("A value is NaN.", nameof(values));
        List<double> places = [], kept = [values[0]];
        for (var i = 0; i < breakPoints.Count; i++)
        {
            if (!(breakPoints[i] > (i == 0 ? minimum : breakPoints[i - 1])) || !(breakPoints[i] < maximum))
                throw new ArgumentException($"Break points must ascend strictly inside the interval from {minimum} to {maximum}; number {i} is {breakPoints[i]}.", nameof(breakPoints));
            if (values[i + 1] == kept[^1])
                continue;
            places.Add(breakPoints[i]);
            kept.Add(values[i + 1]);
        }
        (Minimum, Maximum, _breakPoints, _values) = (minimum, maximum, [.. places], [.. kept]);
    }

    /// <summary>The interval's lower end.</summary>
    public double Minimum { get; }

    /// <summary>The interval's upper end.</summary>
    public double Maximum { get; }

    /// <summary>Where the function jumps, ascending.</summary>
    public IReadOnlyList<double> BreakPoints => _breakPoints;

    /// <summary>The values of the pieces, one more than <see cref="BreakPoints"/>.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>Number of discontinuities.</summary>
    public int Jumps => _breakPoints.Length;

    /// <summary>The largest value.</summary>
    public double Largest => _values.Max();

    /// <summary>sup |f|.</summary>
    public double SupNorm => _values.Max(Math.Abs);

    /// <summary>The middle of the widest piece on which the function is largest; the leftmost of equally wide ones.</summary>
    public double Maximiser
    {
        get
        {
            var (largest, best, width) = (Largest, 0, -1.0);
            for (var i = 0; i < _values.Length; i++)
                if (_values[i] == largest && End(i) - Start(i) > width)
                    (best, width) = (i, End(i) - Start(i));
            return 0.5 * (Start(best) + End(best));
        }
    }

    /// <summary>f(α).</summary>
    /// <exception cref="ArgumentOutOfRangeException">α lies outside the interval.</exception>
    public double At(double alpha)
    {
        if (!(alpha >= Minimum && alpha <= Maximum))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, $"The function is defined from {Minimum} to {Maximum}.");
        var place = Array.BinarySearch(_breakPoints, alpha);
        return _values[place >= 0 ? place + 1 : ~place];
    }

    /// <summary>
    /// Oscillations (section 3 of the paper): the largest number, over thresholds z, of places where 1{f ≥ z} changes.
    /// At most <see cref="Jumps"/>.
    /// </summary>
    public int Oscillations()
    {
        var most = 0;
        foreach (var threshold in _values.Distinct())
        {
            var changes = 0;
            for (var i = 1; i < _values.Length; i++)
                if (_values[i - 1] >= threshold != _values[i] >= threshold)
                    changes++;
            most = Math.Max(most, changes);
        }
        return most;
    }

    /// <summary>c f.</summary>
    public PiecewiseConstant Times(double factor) => new(Minimum, Maximum, _breakPoints, [.. _values.Select(value => factor * value)]);

    /// <summary>f − g, exact at every α.</summary>
    /// <exception cref="ArgumentException">The intervals differ.</exception>
    public PiecewiseConstant Minus(PiecewiseConstant other) => Combine(this, other, (left, right) => left - right);

    /// <summary>max(f, g).</summary>
    /// <exception cref="ArgumentException">The intervals differ.</exception>
    public static PiecewiseConstant Max(PiecewiseConstant first, PiecewiseConstant second) => Combine(first, second, Math.Max);

    /// <summary>The pointwise maximum of several functions; its jumps are among theirs.</summary>
    /// <exception cref="ArgumentException">There are none, or the intervals differ.</exception>
    public static PiecewiseConstant Max(IReadOnlyList<PiecewiseConstant> functions)
    {
        RequireOneInterval(functions);
        var round = functions.ToList();
        while (round.Count > 1)
        {
            var next = new List<PiecewiseConstant>((round.Count + 1) / 2);
            for (var i = 0; i + 1 < round.Count; i += 2)
                next.Add(Max(round[i], round[i + 1]));
            if (round.Count % 2 == 1)
                next.Add(round[^1]);
            round = next;
        }
        return round[0];
    }

    /// <summary>The mean of several functions.</summary>
    /// <exception cref="ArgumentException">There are none, or the intervals differ.</exception>
    public static PiecewiseConstant Mean(IReadOnlyList<PiecewiseConstant> functions)
    {
        RequireOneInterval(functions);
        var count = functions.Sum(function => function.Jumps);
        var (places, steps) = (new double[count], new double[count]);
        double start = 0;
        var next = 0;
        foreach (var function in functions)
        {
            start += function._values[0];
            for (var i = 0; i < function.Jumps; i++, next++)
                (places[next], steps[next]) = (function._breakPoints[i], function._values[i + 1] - function._values[i]);
        }
        Array.Sort(places, steps);
        List<double> breakPoints = [], values = [start / functions.Count];
        for (var i = 0; i < count; i++)
        {
            start += steps[i];
            if (breakPoints.Count > 0 && breakPoints[^1] == places[i])
            {
                values[^1] = start / functions.Count;
                continue;
            }
            breakPoints.Add(places[i]);
            values.Add(start / functions.Count);
        }
        return new(functions[0].Minimum, functions[0].Maximum, breakPoints, values);
    }

    private double Start(int piece) => piece == 0 ? Minimum : _breakPoints[piece - 1];

    private double End(int piece) => piece == _breakPoints.Length ? Maximum : _breakPoints[piece];

    private static PiecewiseConstant Combine(PiecewiseConstant first, PiecewiseConstant second, Func<double, double, double> combine)
    {
        RequireOneInterval([first, second]);
        var breakPoints = new List<double>(first.Jumps + second.Jumps);
        var values = new List<double>(first.Jumps + second.Jumps + 1) { combine(first._values[0], second._values[0]) };
        for (int i = 0, j = 0; i < first.Jumps || j < second.Jumps;)
        {
            var place = Math.Min(
                i < first.Jumps ? first._breakPoints[i] : double.PositiveInfinity, j < second.Jumps ? second._breakPoints[j] : double.PositiveInfinity);
            if (i < first.Jumps && first._breakPoints[i] == place)
                i++;
            if (j < second.Jumps && second._breakPoints[j] == place)
                j++;
            breakPoints.Add(place);
            values.Add(combine(first._values[i], second._values[j]));
        }
        return new(first.Minimum, first.Maximum, breakPoints, values);
    }

    private static void RequireOneInterval(IReadOnlyList<PiecewiseConstant> functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        if (functions.Count == 0)
            throw new ArgumentException("At least one function is needed.", nameof(functions));
        foreach (var function in functions)
            if (function.Minimum != functions[0].Minimum || function.Maximum != functions[0].Maximum)
                throw new ArgumentException($"The functions live on different intervals, [{functions[0].Minimum}, {functions[0].Maximum}] and [{function.Minimum}, {function.Maximum}].", nameof(functions));
    }
}
