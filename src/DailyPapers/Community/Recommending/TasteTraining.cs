using System.Numerics.Tensors;

namespace DailyPapers.Community.Recommending;

/// <summary>
/// Fits w to minimise λ/2 |w|² + Σ c_i log(1 + exp(−y_i w·x_i)), where x is the vector, the terms and a one, y is +1 for what
/// is liked and −1 for the rest, and the weights c of either side sum to a half. By Nesterov's accelerated gradient with the
/// step and momentum of a strongly convex function; the same examples always give the same model.
/// </summary>
internal sealed class TasteTraining
{
    private const int MostSteps = 300;
    private const float Tolerance = 5e-5f;

    private readonly IReadOnlyList<TasteExample> _liked;
    private readonly TasteOptions _options;
    private readonly Dictionary<ulong, int> _columns = [];
    private readonly Row[] _rows;
    private readonly int _dimensions;

    private TasteTraining(IReadOnlyList<TasteExample> liked, IReadOnlyList<TasteExample> others, TasteOptions options)
    {
        (_liked, _options) = (liked, options);
        _dimensions = liked.Concat(others).Max(example => example.Features.Vector.Length);
        // A term that nothing liked has says nothing about what is liked that the vector does not.
        foreach (var term in liked.SelectMany(example => example.Features.Terms))
            _columns.TryAdd(term, _columns.Count);
        var (likedWeight, otherWeight) = (liked.Sum(example => example.Weight), others.Sum(example => example.Weight));
        _rows = [.. liked.Select(example => RowOf(example, 1, likedWeight)), .. others.Select(example => RowOf(example, -1, otherWeight))];
    }

    /// <summary>Fits the model to what is liked and to papers with which nothing was done.</summary>
    /// <exception cref="ArgumentException">Nothing is liked, or there is nothing else.</exception>
    public static TasteModel Fit(IReadOnlyList<TasteExample> liked, IReadOnlyList<TasteExample> others, TasteOptions? options = null)
    {
        if (liked.Count == 0 || others.Count == 0)
            throw new ArgumentException("A taste needs something liked and something else.");
        return new TasteTraining(liked, others, options ?? TasteOptions.Default).Fit();
    }

    private TasteModel Fit()
    {
        var lambda = _options.Regularization;
        // The curvature is at most that of all examples in one direction.
        var steepest = lambda + (0.25f * _rows.Sum(row => row.Weight * row.SquaredLength));
        var root = MathF.Sqrt(steepest / lambda);
        var momentum = (root - 1) / (root + 1);

        var size = _dimensions + 1 + _columns.Count;
        var (weights, ahead, next, gradient) = (new float[size], new float[size], new float[size], new float[size]);
        for (var step = 0; step < MostSteps; step++)
        {
            Gradient(ahead, gradient);
            TensorPrimitives.MultiplyAdd<float>(gradient, -1 / steepest, ahead, next);
            // ahead = next + momentum · (next − weights)
            TensorPrimitives.Subtract<float>(next, weights, ahead);
            TensorPrimitives.MultiplyAdd<float>(ahead, momentum, next, ahead);
            (weights, next) = (next, weights);
            if (TensorPrimitives.Norm<float>(gradient) < Tolerance)
                break;
        }
        return ModelOf(weights);
    }

    private void Gradient(float[] weights, float[] gradient)
    {
        TensorPrimitives.Multiply(weights, _options.Regularization, gradient);
        foreach (var row in _rows)
        {
            var pull = Pull(row, weights);
            if (row.Vector.Length > 0)
                TensorPrimitives.MultiplyAdd<float>(row.Vector, -pull, gradient.AsSpan(0, _dimensions), gradient.AsSpan(0, _dimensions));
            gradient[_dimensions] -= pull;
            foreach (var column in row.Columns)
                gradient[column] -= pull * row.TermValue;
        }
    }

    // The weight with which an example's features want to be in w: c · y · σ(−y w·x).
    private float Pull(Row row, float[] weights)
    {
        var score = weights[_dimensions];
        if (row.Vector.Length > 0)
            score += TensorPrimitives.Dot<float>(row.Vector, weights.AsSpan(0, _dimensions));
        foreach (var column in row.Columns)
            score += weights[column] * row.TermValue;
        return row.Weight * row.Sign / (1 + MathF.Exp(row.Sign * score));
    }

    // Where the gradient is zero, w = Σ pull · x / λ: an example's share in w is its pull over λ.
    // What an example took from its own score is less: without it, the others would pull more, by the curvature of the losses
    // in a direction, which is about the same in all directions of a vector.
    private TasteModel ModelOf(float[] weights)
    {
        var pulls = _rows.Select(row => Pull(row, weights)).ToArray();
        var curvature = _rows.Zip(pulls, (row, pull) => Math.Abs(pull) * (1 - (Math.Abs(pull) / row.Weight))).Sum() / Math.Max(1, _dimensions);
        return new(
            _liked,
            [.. pulls.Take(_liked.Count).Select(pull => pull / _options.Regularization)],
            [.. pulls.Skip(_liked.Count).Select(pull => -pull / (_options.Regularization + curvature))],
            weights[.._dimensions],
            weights[_dimensions],
            _columns.ToDictionary(column => column.Key, column => weights[_dimensions + 1 + column.Value]),
            _options);
    }

    private Row RowOf(TasteExample example, int sign, float sum)
    {
        var (vector, terms) = (example.Features.Vector, example.Features.Terms);
        var columns = terms.Where(_columns.ContainsKey).Select(term => _dimensions + 1 + _columns[term]).ToArray();
        var value = _options.TermScale * example.Features.TermValue;
        var squared = 1 + (vector.Length > 0 ? TensorPrimitives.SumOfSquares<float>(vector) : 0) + (columns.Length * value * value);
        return new Row(vector.Length == _dimensions ? vector : [], columns, value, sign, example.Weight / (2 * sum), squared);
    }

    private readonly record struct Row(float[] Vector, int[] Columns, float TermValue, int Sign, float Weight, float SquaredLength);
}
