using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Optimization.AttentionSvm;

/// <summary>
/// Inputs of one attention layer with a fixed linear head: n sequences of T tokens, a query and a label each
/// (arXiv:2308.16898, section 2). Only tokens, queries and token scores matter for the key-query weights.
/// </summary>
public sealed class AttentionProblem
{
    private readonly double[] _tokens;  // (n, T, d)
    private readonly double[] _queries; // (n, d)
    private readonly double[] _scores;  // (n, T)

    /// <summary>Takes tokens, queries and scores as they are.</summary>
    /// <param name="tokens">x_it, row-major (n, T, d).</param>
    /// <param name="queries">z_i, row-major (n, d).</param>
    /// <param name="scores">γ_it = Y_i vᵀx_it, row-major (n, T).</param>
    /// <param name="length">T, tokens of a sequence, at least 2.</param>
    /// <param name="dimension">d, at least 1.</param>
    /// <exception cref="ArgumentException">The sizes don't fit together, or a number is not finite.</exception>
    public AttentionProblem(double[] tokens, double[] queries, double[] scores, int length, int dimension)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        var count = queries.Length / dimension;
        if (count == 0 || queries.Length != count * dimension || tokens.Length != count * length * dimension || scores.Length != count * length)
            throw new ArgumentException(
                $"n sequences of {length} tokens in {dimension} dimensions need n·{dimension} query coordinates, n·{length}·{dimension} token coordinates and n·{length} scores; there are {queries.Length}, {tokens.Length} and {scores.Length}.",
                nameof(tokens));
        if (!tokens.Concat(queries).Concat(scores).All(double.IsFinite))
            throw new ArgumentException("A token, query or score is not finite.", nameof(tokens));
        (_tokens, _queries, _scores) = ((double[])tokens.Clone(), (double[])queries.Clone(), (double[])scores.Clone());
        (Count, Length, Dimension) = (count, length, dimension);
    }

    /// <summary>n, the number of sequences.</summary>
    public int Count { get; }

    /// <summary>T, tokens of a sequence.</summary>
    public int Length { get; }

    /// <summary>d, coordinates of a token and of a query.</summary>
    public int Dimension { get; }

    /// <summary>
    /// The paper's synthetic data: tokens, queries and head v uniform on the unit sphere, labels ±1 with equal probability, all independent.
    /// </summary>
    public static AttentionProblem Random(int count, int length, int dimension, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        double[] Sphere(int rows) => [.. nn.functional.normalize(randn(rows, dimension, dtype: float64, generator: generator), dim: 1).data<double>()];
        var head = Sphere(1);
        var (tokens, queries) = (Sphere(count * length), Sphere(count));
        var labels = randint(0, 2, [count], dtype: int64, generator: generator).data<long>().ToArray();
        var scores = new double[count * length];
        for (var row = 0; row < scores.Length; row++)
            scores[row] = (2 * labels[row / length] - 1) * TensorPrimitives.Dot<double>(tokens.AsSpan(row * dimension, dimension), head);
        return new(tokens, queries, scores, length, dimension);
    }

    /// <summary>x_it, (d).</summary>
    public ReadOnlySpan<double> Token(int sequence, int token) => _tokens.AsSpan((sequence * Length + token) * Dimension, Dimension);

    /// <summary>z_i, (d).</summary>
    public ReadOnlySpan<double> Query(int sequence) => _queries.AsSpan(sequence * Dimension, Dimension);

    /// <summary>γ_i, the scores of a sequence's tokens, (T).</summary>
    public ReadOnlySpan<double> Scores(int sequence) => _scores.AsSpan(sequence * Length, Length);

    /// <summary>opt_i, the token of greatest score of every sequence, (n); the first of equals.</summary>
    public int[] OptimalTokens() => [.. Enumerable.Range(0, Count).Select(i => TensorPrimitives.IndexOfMax(Scores(i)))];
}
