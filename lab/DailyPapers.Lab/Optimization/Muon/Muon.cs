using DailyPapers.Lab.Architectures.Lipschitz;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Optimization.Muon;

/// <summary>
/// Muon (Jordan 2024): a step along the orthogonalised momentum, W ← W − η √(rows/columns) msign(M). Every step has the same spectral norm,
/// so a constraint on the weights' norm can be matched to it (arXiv:2507.13338, section 3).
/// </summary>
/// <remarks>
/// Embeddings step along their momentum with every row scaled to a root mean square of 1, however small it has become: a token that was
/// met once goes on moving. (The paper's code inflates a row by a given factor at most.)
/// </remarks>
public sealed class Muon : IDisposable
{
    private readonly Parameter[] _matrices;
    private readonly Parameter[] _embeddings;
    private readonly Tensor[] _momenta;
    private readonly double _momentum;
    private readonly bool _nesterov;
    private readonly int _steps;
    private readonly SpectralConstraint? _constraint;

    /// <summary>An optimizer of weight matrices, and of embeddings.</summary>
    /// <param name="matrices">(out, in) each.</param>
    /// <param name="embeddings">(tokens, channels) each; none when null.</param>
    /// <param name="momentum">From 0 to below 1.</param>
    /// <param name="nesterov">Whether the step looks ahead, gradient + momentum · M, as in the reference code.</param>
    /// <param name="steps">Newton-Schulz iterations.</param>
    /// <param name="constraint">Applied to every matrix after its step; none when null.</param>
    /// <exception cref="ArgumentException">A parameter is not a matrix.</exception>
    public Muon(
        IEnumerable<Parameter> matrices, IEnumerable<Parameter>? embeddings = null, double momentum = 0.95, bool nesterov = true, int steps = 5,
        SpectralConstraint? constraint = null)
    {
        ArgumentNullException.ThrowIfNull(matrices);
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(momentum, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        _matrices = [.. matrices];
        _embeddings = [.. embeddings ?? []];
        foreach (var matrix in _matrices)
            Architectures.TensorShape.Require(matrix, nameof(matrices), Architectures.TensorShape.Any, Architectures.TensorShape.Any);
        foreach (var embedding in _embeddings)
            Architectures.TensorShape.Require(embedding, nameof(embeddings), Architectures.TensorShape.Any, Architectures.TensorShape.Any);
        (_momentum, _nesterov, _steps, _constraint) = (momentum, nesterov, steps, constraint);
        using var frozen = no_grad();
        _momenta = [.. _matrices.Concat(_embeddings).Select(parameter => zeros_like(parameter).DetachFromDisposeScope())];
    }

    /// <summary>Forgets the gradients.</summary>
    public void ZeroGradients()
    {
        foreach (var parameter in _matrices.Concat(_embeddings))
            parameter.grad?.zero_();
    }

    // #region step
    /// <summary>One step from the gradients that <c>backward</c> left; parameters without a gradient stay as they are.</summary>
    /// <param name="stepSize">η, at least 0: the spectral norm of a matrix's step, in units of √(out/in).</param>
    public void Step(double stepSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stepSize);
        using var frozen = no_grad();
        for (var place = 0; place < _momenta.Length; place++)
        {
            using var scope = NewDisposeScope();
            var isMatrix = place < _matrices.Length;
            var parameter = isMatrix ? _matrices[place] : _embeddings[place - _matrices.Length];
            if (parameter.grad is not { } gradient)
                continue;
            _momenta[place].mul_(_momentum).add_(gradient);
            var direction = _nesterov ? gradient + _momenta[place] * _momentum : _momenta[place];
            if (!isMatrix)
            {
                var lengths = direction.square().mean([1L], keepdim: true).sqrt();
                // Tokens that were not met have no direction.
                parameter.sub_(direction / lengths.clamp_min(1e-30) * stepSize);
                continue;
            }
            var unit = Math.Sqrt(parameter.shape[0] / (double)parameter.shape[1]);
            parameter.sub_(NewtonSchulz.Orthogonalize(direction, _steps) * (stepSize * unit));
            _constraint?.Apply(parameter, stepSize);
        }
    }
    // #endregion step

    /// <summary>Frees the momenta; the parameters stay.</summary>
    public void Dispose()
    {
        foreach (var momentum in _momenta)
            momentum.Dispose();
    }
}
