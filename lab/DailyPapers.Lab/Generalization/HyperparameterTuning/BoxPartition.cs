namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>
/// A function of (α, w) that is constant on each of N boxes, and its maximum over w: the situation of the theorem on piecewise
/// constant utilities (arXiv:2501.13734, section 4).
/// </summary>
public sealed class BoxPartition
{
    private BoxPartition(IReadOnlyList<(double Start, double End, double Value)> boxes)
    {
        Boxes = boxes;
    }

    /// <summary>The interval of α that each box covers, and its value.</summary>
    public IReadOnlyList<(double Start, double End, double Value)> Boxes { get; }

    /// <summary>Cuts [0, 1]^(1 + d) into N boxes, cutting a random box across a random axis each time, with values uniform on [0, 1].</summary>
    /// <param name="boxes">N ≥ 1.</param>
    /// <param name="weights">d ≥ 1.</param>
    /// <param name="random">The draw.</param>
    public static BoxPartition Cut(int boxes, int weights, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(boxes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(weights, 1);
        ArgumentNullException.ThrowIfNull(random);
        // A cut across a weight leaves both halves on the same interval of α, and the maximum over w sees no more of it than that.
        var intervals = new List<(double Start, double End)> { (0, 1) };
        while (intervals.Count < boxes)
        {
            var chosen = random.Next(intervals.Count);
            var (start, end) = intervals[chosen];
            var cut = random.Next(1 + weights) == 0 ? start + (end - start) * random.NextDouble() : double.NaN;
            if (double.IsNaN(cut) || cut <= start || cut >= end)
            {
                intervals.Add((start, end));
                continue;
            }
            intervals[chosen] = (start, cut);
            intervals.Add((cut, end));
        }
        return new([.. intervals.Select(interval => (interval.Start, interval.End, random.NextDouble()))]);
    }

    /// <summary>N boxes at random places, possibly overlapping, whose largest value counts, on a ground of value 0.</summary>
    /// <param name="boxes">N ≥ 1.</param>
    /// <param name="random">The draw.</param>
    public static BoxPartition Scatter(int boxes, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(boxes, 1);
        ArgumentNullException.ThrowIfNull(random);
        return new([.. Enumerable.Range(0, boxes).Select(_ =>
        {
            var (one, other) = (random.NextDouble(), random.NextDouble());
            return (Math.Min(one, other), Math.Max(one, other), random.NextDouble());
        })]);
    }

    /// <summary>N nested boxes, the inner the higher, on a ground of value 0: the maximum over w jumps at all 2 N ends.</summary>
    /// <param name="boxes">N ≥ 1.</param>
    public static BoxPartition Pyramid(int boxes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(boxes, 1);
        return new([.. Enumerable.Range(1, boxes).Select(i => (0.5 * i / (boxes + 1), 1 - 0.5 * i / (boxes + 1), (double)i))]);
    }

    /// <summary>max_w f(α, w), exactly; 0 where no box lies.</summary>
    public PiecewiseConstant Maximum()
    {
        var ends = Boxes.SelectMany(box => new[] { box.Start, box.End }).Where(place => place is > 0 and < 1).Distinct().Order().ToArray();
        var values = new double[ends.Length + 1];
        foreach (var (start, end, value) in Boxes)
        {
            var first = start <= 0 ? 0 : Array.BinarySearch(ends, start) + 1;
            var last = end >= 1 ? ends.Length : Array.BinarySearch(ends, end);
            for (var cell = first; cell <= last; cell++)
                values[cell] = Math.Max(values[cell], value);
        }
        return new(0, 1, ends, values);
    }
}
