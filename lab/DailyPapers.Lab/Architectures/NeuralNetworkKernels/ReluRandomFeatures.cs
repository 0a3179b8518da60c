using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.NeuralNetworkKernels;

/// <summary>
/// ReLU features of input and parameters, E[ReLU(g·x) ReLU(g·w)] = ‖x‖‖w‖ (sin θ + (π − θ) cos θ)/(2π), θ the angle between them (Cho and Saul
/// 2009): the arc-cosine kernel, which arXiv:2310.13225 puts in place of a ReLU layer in its experiments.
/// </summary>
/// <remarks>With biases, x is extended by 1 and w by b. The kernel is not ReLU(w·x + b) but a smooth relative of it.</remarks>
public sealed class ReluRandomFeatures : KernelFeatures
{
    private const double Tiny = 1e-30;

    private readonly Tensor _directions; // (m, d) or (m, d + 1)
    private readonly bool _biased;

    /// <summary>Draws the directions.</summary>
    /// <param name="inputs">d.</param>
    /// <param name="directions">m, also the number of features.</param>
    /// <param name="orthogonal">Whether directions are orthogonal in blocks.</param>
    /// <param name="bias">Whether x is extended by 1 and w by b.</param>
    /// <param name="device">Where the directions live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public ReluRandomFeatures(
        long inputs, long directions, bool orthogonal = false, bool bias = true, Device? device = null, ScalarType? dtype = null)
        : base(nameof(ReluRandomFeatures), inputs, directions, directions)
    {
        _biased = bias;
        _directions = DrawDirections(directions, bias ? inputs + 1 : inputs, orthogonal, device, dtype);
        RegisterComponents();
    }

    /// <summary>Whether x is extended by 1 and w by b.</summary>
    public bool Biased => _biased;

    /// <inheritdoc/>
    /// <param name="input">x, (..., d).</param>
    /// <returns>ReLU(Gx)/√m, (..., m).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), Inputs);
        using var scope = NewDisposeScope();
        // clamp_min, because relu does not run on the meta device.
        var own = _directions.narrow(1, 0, Inputs);
        var projected = nn.functional.linear(input, own, _biased ? _directions.select(1, Inputs) : null);
        return (projected.clamp_min(0) / Math.Sqrt(Directions)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Biases for features without.</exception>
    public override Tensor OfParameters(Tensor weights, Tensor? biases = null)
    {
        using var scope = NewDisposeScope();
        var extended = Extended(weights, biases);
        return (extended.matmul(_directions.t()).clamp_min(0) / Math.Sqrt(Directions)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Kernel(Tensor inputs, Tensor weights, Tensor? biases = null)
    {
        TensorShape.RequireLast(inputs, nameof(inputs), Inputs);
        using var scope = NewDisposeScope();
        var w = Extended(weights, biases);
        var x = _biased ? cat([inputs, inputs.new_ones(inputs.shape[0], 1)], 1) : inputs;
        var lengths = x.norm(1, keepdim: true) * w.norm(1);
        // A vector of length zero has no angle; its kernel is zero.
        var cosine = (x.matmul(w.t()) / lengths.clamp_min(Tiny)).clamp(-1, 1);
        var angle = cosine.acos();
        return (lengths * (angle.sin() + (Math.PI - angle) * cosine) / (2 * Math.PI)).MoveToOuterDisposeScope();
    }

    private Tensor Extended(Tensor weights, Tensor? biases)
    {
        RequireParameters(weights, biases);
        if (!_biased)
            return biases is null ? weights : throw new ArgumentException("These features were drawn without a bias.", nameof(biases));
        return cat([weights, (biases ?? weights.new_zeros(weights.shape[0])).unsqueeze(1)], 1);
    }
}
