using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.NeuralNetworkKernels;

/// <summary>
/// Universal random features (arXiv:2310.13225, section 3) of an activation with an <see cref="ActivationSpectrum"/>: f(w·x + b) = Re E[c e^{isb} e^{is w·x}],
/// and e^{a·v} = E[Λ_g(a) Λ_g(v)] holds for complex a too. Here a = i sgn(s)√|s| x and v = √|s| w.
/// </summary>
/// <remarks>
/// How s is split between input and parameters is free. With this split the input's features are waves of known size e^{|s|‖x‖²/2}, the
/// parameters' are positive features, and the second moment e^{|s|(‖x‖² + ‖w‖²)} is finite for every x under a Gaussian spectrum.
/// </remarks>
public sealed class UniversalRandomFeatures : KernelFeatures
{
    private readonly ActivationSpectrum _spectrum;
    private readonly Tensor _directions; // (m, d), √|s| g
    private readonly Tensor _frequencies; // (m), s

    /// <summary>Draws directions and frequencies.</summary>
    /// <param name="inputs">d.</param>
    /// <param name="directions">m; there are 2m features, real and imaginary parts.</param>
    /// <param name="spectrum">The activation f.</param>
    /// <param name="orthogonal">Whether directions are orthogonal in blocks of d.</param>
    /// <param name="device">Where the draw lives; the CPU unless given.</param>
    /// <param name="dtype">Its type; 32-bit floats unless given.</param>
    public UniversalRandomFeatures(
        long inputs, long directions, ActivationSpectrum spectrum, bool orthogonal = false, Device? device = null, ScalarType? dtype = null)
        : base(nameof(UniversalRandomFeatures), inputs, directions, 2 * directions)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        _spectrum = spectrum;
        using var scope = NewDisposeScope();
        _frequencies = spectrum.Frequencies(directions).to(device ?? CPU).to(dtype ?? float32).DetachFromDisposeScope();
        _directions = (DrawDirections(directions, inputs, orthogonal, device, dtype) * _frequencies.abs().sqrt().unsqueeze(1)).DetachFromDisposeScope();
        RegisterComponents();
    }

    // #region features
    /// <inheritdoc/>
    /// <param name="input">x, (..., d).</param>
    /// <returns>Φ(x) = e^{|s|‖x‖²/2} (cos θ, sin θ)/√m with θ = sgn(s)√|s| g·x, (..., 2m).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), Inputs);
        using var scope = NewDisposeScope();
        var angle = input.matmul(_directions.t()) * _frequencies.sign();
        var size = (input.square().sum(-1, keepdim: true) * _frequencies.abs() / 2).exp() / Math.Sqrt(Directions);
        return cat([angle.cos() * size, angle.sin() * size], -1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor OfParameters(Tensor weights, Tensor? biases = null)
    {
        RequireParameters(weights, biases);
        using var scope = NewDisposeScope();
        var positive = (weights.matmul(_directions.t()) - weights.square().sum(-1, keepdim: true) * _frequencies.abs() / 2).exp() / Math.Sqrt(Directions);
        var (c, d) = (_spectrum.Real, _spectrum.Imaginary);
        var phase = (biases ?? weights.new_zeros(weights.shape[0])).unsqueeze(1) * _frequencies;
        var real = phase.cos() * c - phase.sin() * d;
        var imaginary = phase.sin() * c + phase.cos() * d;
        // Re(uv) = Re u Re v − Im u Im v.
        return cat([positive * real, -positive * imaginary], -1).MoveToOuterDisposeScope();
    }
    // #endregion features

    /// <inheritdoc/>
    public override Tensor Kernel(Tensor inputs, Tensor weights, Tensor? biases = null)
    {
        RequireParameters(weights, biases);
        using var scope = NewDisposeScope();
        return _spectrum.Apply(nn.functional.linear(inputs, weights, biases)).MoveToOuterDisposeScope();
    }
}
