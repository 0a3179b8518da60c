namespace DailyPapers.Lab.Generalization.Estimability;

/// <summary>
/// Learning a linear function x ↦ ⟨a, x⟩ over the field of q elements from noiseless samples at uniform points: a class in which a
/// hypothesis is either right everywhere or wrong on exactly a share 1 − 1/q of all points (arXiv:2309.13658).
/// </summary>
public sealed class FiniteFieldLinearLearner
{
    /// <summary>The class of linear functions on F_q^d.</summary>
    /// <param name="order">q, a prime from 2 to 251.</param>
    /// <param name="dimension">d, from 1 to 64.</param>
    public FiniteFieldLinearLearner(int order, int dimension)
    {
        if (order is < 2 or > 251 || Enumerable.Range(2, order - 2).Any(divisor => order % divisor == 0))
            throw new ArgumentOutOfRangeException(nameof(order), order, "The order of the field must be a prime from 2 to 251.");
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, 64);
        (Order, Dimension) = (order, dimension);
    }

    /// <summary>q.</summary>
    public int Order { get; }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>A uniform vector of F_q^d: a point, or a function's coefficients.</summary>
    public int[] Draw(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return [.. Enumerable.Range(0, Dimension).Select(_ => random.Next(Order))];
    }

    /// <summary>⟨a, x⟩ in F_q.</summary>
    public int Evaluate(ReadOnlySpan<int> coefficients, ReadOnlySpan<int> point)
    {
        var sum = 0;
        for (var i = 0; i < Dimension; i++)
            sum += coefficients[i] * point[i];
        return sum % Order;
    }

    // #region erm
    /// <summary>A uniform draw among all functions that agree with the sample, and the rank of the sample's points.</summary>
    /// <param name="points">x_1..x_n, each of d entries from 0 to q − 1.</param>
    /// <param name="labels">y_1..y_n, the values of one linear function.</param>
    /// <param name="random">Where the free coefficients come from.</param>
    /// <exception cref="ArgumentException">No linear function agrees with the sample.</exception>
    public (int[] Coefficients, int Rank) DrawConsistent(IReadOnlyList<int[]> points, IReadOnlyList<int> labels, Random random)
    {
        var (rows, pivots) = Reduce(points, labels);
        var coefficients = Draw(random); // free ones stay
        for (var row = pivots.Count - 1; row >= 0; row--)
        {
            var value = rows[row][Dimension];
            for (var column = pivots[row] + 1; column < Dimension; column++)
                value += (Order - rows[row][column]) * coefficients[column];
            coefficients[pivots[row]] = value % Order;
        }
        return (coefficients, pivots.Count);
    }
    // #endregion erm

    /// <summary>
    /// The share of all points on which two functions differ: 0 or 1 − 1/q, since a linear function that is not zero takes every value
    /// equally often.
    /// </summary>
    public double Loss(ReadOnlySpan<int> coefficients, ReadOnlySpan<int> truth) => coefficients.SequenceEqual(truth) ? 0 : 1 - 1.0 / Order;

    /// <summary>P(rank = r) of n uniform points.</summary>
    /// <remarks>q^−(n−r)(d−r) Π_{i&lt;r} (1 − q^{i−n})(1 − q^{i−d}) / (1 − q^{i−r}).</remarks>
    public double RankProbability(int samples, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        if (rank > Math.Min(samples, Dimension))
            return 0;
        var probability = Math.Pow(Order, -(double)(samples - rank) * (Dimension - rank));
        for (var i = 0; i < rank; i++)
            probability *= (1 - Math.Pow(Order, i - samples)) * (1 - Math.Pow(Order, i - Dimension)) / (1 - Math.Pow(Order, i - rank));
        return probability;
    }

    /// <summary>P(a uniform consistent function is the truth) = E q^{rank − d}.</summary>
    public double ProbabilityOfTruth(int samples) =>
        Enumerable.Range(0, Math.Min(samples, Dimension) + 1).Sum(rank => RankProbability(samples, rank) * Math.Pow(Order, rank - Dimension));

    /// <summary>
    /// The least mean error of any estimator of the loss that sees sample and hypothesis only, over two equally likely worlds: in one
    /// the learner favours the truth, in the other a uniform consistent function. Both give sample and hypothesis the same law.
    /// </summary>
    /// <remarks>(1 − 1/q) E min(p, 1 − p), p = ½ + ½ q^{rank−d} the probability that the loss is 0.</remarks>
    public double LeastEstimationError(int samples) =>
        (1 - 1.0 / Order) * Enumerable.Range(0, Math.Min(samples, Dimension) + 1)
            .Sum(rank => RankProbability(samples, rank) * 0.5 * (1 - Math.Pow(Order, rank - Dimension)));

    private (List<int[]> Rows, List<int> Pivots) Reduce(IReadOnlyList<int[]> points, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(labels);
        if (points.Count != labels.Count || points.Any(point => point.Length != Dimension))
            throw new ArgumentException($"Expected a label for each point and {Dimension} coordinates in each.", nameof(points));
        var rows = points.Zip(labels, (point, label) => (int[])[.. point, label]).ToList();
        var pivots = new List<int>();
        for (var column = 0; column < Dimension && pivots.Count < rows.Count; column++)
        {
            var at = rows.FindIndex(pivots.Count, row => row[column] != 0);
            if (at < 0)
                continue;
            (rows[pivots.Count], rows[at]) = (rows[at], rows[pivots.Count]);
            var pivot = rows[pivots.Count];
            Scale(pivot, Inverse(pivot[column]));
            for (var below = pivots.Count + 1; below < rows.Count; below++)
                Subtract(rows[below], pivot, rows[below][column]);
            pivots.Add(column);
        }
        if (rows.Skip(pivots.Count).Any(row => row[Dimension] != 0))
            throw new ArgumentException("No linear function agrees with the sample.", nameof(labels));
        return (rows, pivots);
    }

    private void Scale(int[] row, int factor)
    {
        for (var i = 0; i < row.Length; i++)
            row[i] = row[i] * factor % Order;
    }

    private void Subtract(int[] row, int[] pivot, int factor)
    {
        if (factor == 0)
            return;
        for (var i = 0; i < row.Length; i++)
            row[i] = (row[i] + (Order - factor) * pivot[i]) % Order;
    }

    private int Inverse(int value) => Enumerable.Range(1, Order - 1).First(candidate => candidate * value % Order == 1);
}
