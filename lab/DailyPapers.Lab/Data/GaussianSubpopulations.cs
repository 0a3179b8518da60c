using static TorchSharp.torch;

namespace DailyPapers.Lab.Data;

/// <summary>
/// Subpopulations as Gaussian clusters, each with a class of its own drawn at random: knowing one says nothing about another
/// (the mixture model of arXiv:1906.05271, section 3).
/// </summary>
/// <remarks>Centres ~ N(0, I), examples ~ N(centre, noise² I). In many dimensions clusters are far apart: two centres differ by about √(2d), two examples of a cluster by noise·√(2d).</remarks>
public sealed class GaussianSubpopulations : IDisposable
{
    private readonly Tensor _centres; // (N, d)
    private readonly long[] _classes;
    private readonly double _noise;

    /// <summary>Draws centres and classes.</summary>
    /// <param name="subpopulations">N.</param>
    /// <param name="dimension">d.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <param name="noise">Standard deviation of an example's coordinate about its centre, positive.</param>
    /// <param name="seed">The stream of the draw.</param>
    public GaussianSubpopulations(int subpopulations, int dimension, int classes, double noise, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(subpopulations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(noise);
        _noise = noise;
        using var generator = seed.Stream("centres").ToGenerator();
        _centres = randn([subpopulations, dimension], generator: generator).DetachFromDisposeScope();
        var random = seed.Stream("classes").ToRandom();
        _classes = [.. Enumerable.Range(0, subpopulations).Select(_ => (long)random.Next(classes))];
    }

    /// <summary>The class of each subpopulation.</summary>
    public IReadOnlyList<long> Classes => _classes;

    /// <summary>Draws one example for each entry.</summary>
    /// <param name="subpopulations">The subpopulation of each example.</param>
    /// <param name="seed">The stream of the noise.</param>
    /// <returns>Inputs (n, d), float32; classes (n,), int64.</returns>
    public (Tensor Inputs, Tensor Labels) Sample(IReadOnlyList<int> subpopulations, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(subpopulations);
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var inputs = randn([subpopulations.Count, _centres.shape[1]], generator: generator).mul_(_noise)
            .add_(_centres.index_select(0, tensor(subpopulations.Select(x => (long)x).ToArray())));
        return (inputs.MoveToOuterDisposeScope(), tensor(subpopulations.Select(x => _classes[x]).ToArray()).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose() => _centres.Dispose();
}
