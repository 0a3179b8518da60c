using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.NeuralNetworkKernels;

/// <summary>
/// Positive features of the exponential, e^{w·x + b} = E[Λ(x)·e^b Λ(w)] with Λ_g(a) = e^{g·a − ‖a‖²/2}, g ~ N(0, I) (Choromanski et al. 2021;
/// arXiv:2310.13225, section 3).
/// </summary>
public sealed class PositiveRandomFeatures : KernelFeatures
{
    private readonly Tensor _directions;

    /// <summary>Draws the directions.</summary>
    /// <param name="inputs">d.</param>
    /// <param name="directions">m, also the number of features.</param>
    /// <param name="orthogonal">Whether directions are orthogonal in blocks of d.</param>
    /// <param name="device">Where the directions live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public PositiveRandomFeatures(long inputs, long directions, bool orthogonal = false, Device? device = null, ScalarType? dtype = null)
        : base(nameof(PositiveRandomFeatures), inputs, directions, directions)
    {
        _directions = DrawDirections(directions, inputs, orthogonal, device, dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">x, (..., d).</param>
    /// <returns>Λ(x)/√m, (..., m).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), Inputs);
        using var scope = NewDisposeScope();
        var exponent = input.matmul(_directions.t()) - input.square().sum(-1, keepdim: true) / 2;
        return (exponent.exp() / Math.Sqrt(Directions)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor OfParameters(Tensor weights, Tensor? biases = null)
    {
        RequireParameters(weights, biases);
        using var scope = NewDisposeScope();
        var features = forward(weights);
        return (biases is null ? features : features * biases.exp().unsqueeze(1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Kernel(Tensor inputs, Tensor weights, Tensor? biases = null)
    {
        RequireParameters(weights, biases);
        using var scope = NewDisposeScope();
        return nn.functional.linear(inputs, weights, biases).exp().MoveToOuterDisposeScope();
    }
}
