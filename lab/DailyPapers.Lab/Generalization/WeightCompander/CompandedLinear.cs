using DailyPapers.Lab.Architectures;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Generalization.WeightCompander;

/// <summary>A linear layer whose weights are a function of what is trained; the bias is plain.</summary>
/// <remarks>
/// Initial weights are He's (normal, deviation √(2 / inputs)), and v is their inverse, cut to 95 % of the bound.
/// They come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).
/// </remarks>
public sealed class CompandedLinear : Module<Tensor, Tensor>, ICompandedLayer, ICountsMultiplyAdds
{
    private readonly Parameter _raw;
    private readonly Parameter? _bias;
    private readonly Module? _reparameterizationModule;
    private readonly long _inputs;
    private readonly long _outputs;

    /// <summary>A layer at its initial weights.</summary>
    /// <param name="inputs">Inputs.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="reparameterization">The function; when it is a module, its parameters are the layer's too.</param>
    /// <param name="bias">Whether there is a bias, which begins at zero.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public CompandedLinear(
        long inputs, long outputs, IWeightReparameterization reparameterization, bool bias = true, Device? device = null, ScalarType? dtype = null)
        : base(nameof(CompandedLinear))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentNullException.ThrowIfNull(reparameterization);
        (_inputs, _outputs, Reparameterization) = (inputs, outputs, reparameterization);
        using var start = init.kaiming_normal_(empty([outputs, inputs], dtype: dtype, device: device));
        _raw = RawWeights.For(start, reparameterization);
        if (bias)
            _bias = new Parameter(zeros([outputs], dtype: dtype, device: device));
        _reparameterizationModule = reparameterization as Module;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public Parameter Raw => _raw;

    /// <summary>The bias; null when there is none.</summary>
    public Parameter? Bias => _bias;

    /// <inheritdoc/>
    public IWeightReparameterization Reparameterization { get; }

    /// <inheritdoc/>
    public Tensor Weight() => Reparameterization.Compand(_raw);

    /// <inheritdoc/>
    /// <param name="input">(..., inputs).</param>
    /// <returns>(..., outputs).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), _inputs);
        using var weight = Weight();
        return functional.linear(input, weight, _bias);
    }

    /// <summary>A plain layer that computes the same, for use after training.</summary>
    // #region fold
    public Linear Fold()
    {
        var folded = Linear(_inputs, _outputs, _bias is not null, _raw.device, _raw.dtype);
        using var frozen = no_grad();
        using var weight = Weight();
        folded.weight.copy_(weight);
        folded.bias?.copy_(_bias!);
        return folded;
    }
    // #endregion fold

    /// <inheritdoc/>
    public long MultiplyAdds(ReadOnlySpan<long> input, ReadOnlySpan<long> output)
    {
        var total = _inputs;
        foreach (var length in output)
            total *= length;
        return total;
    }
}
