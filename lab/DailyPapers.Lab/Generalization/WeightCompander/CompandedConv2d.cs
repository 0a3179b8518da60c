using DailyPapers.Lab.Architectures;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Generalization.WeightCompander;

/// <summary>A convolution of square kernels whose weights are a function of what is trained; the bias is plain.</summary>
/// <remarks>Initial weights as in <see cref="CompandedLinear"/>, with deviation √(2 / (inputs kernel²)).</remarks>
public sealed class CompandedConv2d : Module<Tensor, Tensor>, ICompandedLayer, ICountsMultiplyAdds
{
    private readonly Parameter _raw;
    private readonly Parameter? _bias;
    private readonly Module? _reparameterizationModule;
    private readonly long _inputs;
    private readonly long _outputs;
    private readonly long _kernel;
    private readonly long _stride;
    private readonly long _padding;

    /// <summary>A convolution at its initial weights.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernel">Rows and columns of a kernel.</param>
    /// <param name="reparameterization">The function; when it is a module, its parameters are the layer's too.</param>
    /// <param name="stride">Positions from one kernel to the next.</param>
    /// <param name="padding">Zeros around the map.</param>
    /// <param name="bias">Whether there is a bias, which begins at zero.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public CompandedConv2d(
        long inputs, long outputs, long kernel, IWeightReparameterization reparameterization, long stride = 1, long padding = 0, bool bias = true,
        Device? device = null, ScalarType? dtype = null)
        : base(nameof(CompandedConv2d))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentNullException.ThrowIfNull(reparameterization);
        (_inputs, _outputs, _kernel, _stride, _padding, Reparameterization) = (inputs, outputs, kernel, stride, padding, reparameterization);
        using var start = init.kaiming_normal_(empty([outputs, inputs, kernel, kernel], dtype: dtype, device: device));
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
    /// <param name="input">(n, inputs, rows, columns).</param>
    /// <returns>(n, outputs, rows out, columns out).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _inputs, TensorShape.Any, TensorShape.Any);
        using var weight = Weight();
        return functional.conv2d(input, weight, _bias, [_stride, _stride], [_padding, _padding]);
    }

    /// <summary>A plain convolution that computes the same, for use after training.</summary>
    public Conv2d Fold()
    {
        var folded = Conv2d(_inputs, _outputs, _kernel, _stride, _padding, bias: _bias is not null, device: _raw.device, dtype: _raw.dtype);
        using var frozen = no_grad();
        using var weight = Weight();
        folded.weight.copy_(weight);
        folded.bias?.copy_(_bias!);
        return folded;
    }

    /// <inheritdoc/>
    public long MultiplyAdds(ReadOnlySpan<long> input, ReadOnlySpan<long> output)
    {
        var total = _inputs * _kernel * _kernel;
        foreach (var length in output)
            total *= length;
        return total;
    }
}
