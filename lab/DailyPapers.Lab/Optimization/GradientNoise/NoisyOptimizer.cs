using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Optimization.GradientNoise;

/// <summary>Any TorchSharp optimizer with gradient noise: clips the gradients, adds the noise of the step, lets the optimizer step.</summary>
/// <remarks>Works with every optimizer that reads <c>grad</c> (arXiv:1511.06807 uses SGD and Adam); the optimizer stays the caller's.</remarks>
public sealed class NoisyOptimizer : IDisposable
{
    private readonly optim.Optimizer _optimizer;
    private readonly Parameter[] _parameters;
    private readonly AnnealedGradientNoise _noise;
    private readonly Generator _generator;
    private readonly double? _clipNorm;

    /// <summary>Wraps an optimizer.</summary>
    /// <param name="optimizer">The optimizer of exactly these parameters.</param>
    /// <param name="parameters">What it trains.</param>
    /// <param name="noise">The schedule.</param>
    /// <param name="seed">The stream of the noise.</param>
    /// <param name="clipNorm">The norm of the whole gradient that is not exceeded before noise comes, positive; null for none.</param>
    public NoisyOptimizer(
        optim.Optimizer optimizer, IEnumerable<Parameter> parameters, AnnealedGradientNoise noise, Seed seed, double? clipNorm = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(noise);
        if (clipNorm is { } norm)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(norm, nameof(clipNorm));
        _optimizer = optimizer;
        _parameters = [.. parameters];
        _noise = noise;
        _generator = seed.ToGenerator();
        _clipNorm = clipNorm;
    }

    /// <summary>Steps taken, the t of the next one.</summary>
    public long Taken { get; private set; }

    // #region step
    /// <summary>One step from the gradients that <c>backward</c> left; parameters without a gradient stay as they are.</summary>
    public void Step()
    {
        if (_clipNorm is { } norm)
            nn.utils.clip_grad_norm_(_parameters, norm);
        using (no_grad())
            foreach (var parameter in _parameters)
                if (parameter.grad is { } gradient)
                    _noise.AddTo(gradient, Taken, _generator);
        _optimizer.step();
        Taken++;
    }
    // #endregion step

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();
}
