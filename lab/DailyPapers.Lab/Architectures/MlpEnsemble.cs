using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures;

/// <summary>
/// Independent ReLU networks of one shape, trained side by side for classification: each operation is one batched product over all
/// members, which on small networks costs little more than a single one.
/// </summary>
/// <remarks>Gradients are written out, so that per-example norms come without a backward pass per example.</remarks>
public sealed class MlpEnsemble : IDisposable
{
    private readonly Tensor[] _weights; // (M, in, out)
    private readonly Tensor[] _biases; // (M, 1, out)
    private readonly Tensor[] _velocities; // of weights, then of biases
    // Scalars are kept: one that is made for a call may be finalised before the native code has read it.
    private readonly Scalar _momentum;
    private readonly Scalar _weightDecay;
    private readonly bool _hasMomentum;
    private readonly bool _hasWeightDecay;

    /// <summary>Draws weights from N(0, 2/fan-in), biases 0.</summary>
    /// <param name="members">M, number of networks.</param>
    /// <param name="widths">Inputs, hidden layers' neurons, classes.</param>
    /// <param name="seed">The stream of the weights.</param>
    /// <param name="momentum">Nesterov momentum, from 0 to below 1.</param>
    /// <param name="weightDecay">λ of the added gradient λθ, at least 0; it acts on biases too.</param>
    /// <param name="dtype">Element type; float32 when null.</param>
    public MlpEnsemble(int members, IReadOnlyList<int> widths, Seed seed, double momentum = 0.9, double weightDecay = 0, ScalarType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentNullException.ThrowIfNull(widths);
        if (widths.Count < 2 || widths.Any(width => width < 1))
            throw new ArgumentException("A network needs at least inputs and classes, all of them positive.", nameof(widths));
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(momentum, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        Members = members;
        Classes = widths[^1];
        var type = dtype ?? ScalarType.Float32;
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var layers = widths.Count - 1;
        _weights = new Tensor[layers];
        _biases = new Tensor[layers];
        _velocities = new Tensor[2 * layers];
        for (var layer = 0; layer < layers; layer++)
        {
            _weights[layer] = (randn([members, widths[layer], widths[layer + 1]], dtype: type, generator: generator) * Math.Sqrt(2.0 / widths[layer])).DetachFromDisposeScope();
            _biases[layer] = zeros([members, 1, widths[layer + 1]], dtype: type).DetachFromDisposeScope();
            _velocities[layer] = zeros_like(_weights[layer]).DetachFromDisposeScope();
            _velocities[layers + layer] = zeros_like(_biases[layer]).DetachFromDisposeScope();
        }
        (_momentum, _hasMomentum) = (momentum, momentum > 0);
        (_weightDecay, _hasWeightDecay) = (weightDecay, weightDecay > 0);
    }

    /// <summary>M, number of networks.</summary>
    public int Members { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Weights by layer, (M, in, out); owned by the ensemble.</summary>
    public IReadOnlyList<Tensor> Weights => _weights;

    /// <summary>Biases by layer, (M, 1, out); owned by the ensemble.</summary>
    public IReadOnlyList<Tensor> Biases => _biases;

    /// <summary>Logits (M, n, classes).</summary>
    /// <param name="inputs">(n, d), the same for all members, or (M, n, d).</param>
    public Tensor Logits(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = NewDisposeScope();
        return Forward(inputs)[^1].MoveToOuterDisposeScope();
    }

    // #region step
    /// <summary>One step of stochastic gradient descent with Nesterov momentum on the mean cross-entropy of each member's own batch.</summary>
    /// <param name="inputs">(M, B, d).</param>
    /// <param name="labels">Classes, (M, B), int64.</param>
    /// <param name="stepSize">η, positive.</param>
    /// <param name="adjust">
    /// Changes the gradients in place before weight decay and momentum see them (clipping, noise): those of all layers' weights, then of
    /// all biases.
    /// </param>
    /// <returns>Logits before the step, (M, B, classes).</returns>
    public Tensor Step(Tensor inputs, Tensor labels, double stepSize, Action<IReadOnlyList<Tensor>>? adjust = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepSize);
        if (inputs.dim() != 3 || labels.dim() != 2)
            throw new ArgumentException($"Expected a batch for each member, inputs (M, B, d) and labels (M, B), not [{string.Join(", ", inputs.shape)}] and [{string.Join(", ", labels.shape)}].", nameof(inputs));
        using var scope = NewDisposeScope();
        using Scalar descent = -stepSize, share = 1.0 / inputs.shape[1];
        var activations = Forward(inputs);
        var errors = Errors(activations, labels);
        var gradients = new Tensor[_velocities.Length];
        for (var layer = 0; layer < _weights.Length; layer++)
        {
            var error = errors[layer].mul_(share);
            gradients[layer] = activations[layer].transpose(1, 2).bmm(error);
            gradients[_weights.Length + layer] = error.sum([1L], keepdim: true);
        }
        adjust?.Invoke(gradients);
        for (var k = 0; k < gradients.Length; k++)
            Update(k < _weights.Length ? _weights[k] : _biases[k - _weights.Length], gradients[k], _velocities[k], descent);
        return activations[^1].MoveToOuterDisposeScope();
    }

    private void Update(Tensor parameter, Tensor gradient, Tensor velocity, Scalar descent)
    {
        // Passes over memory are most of a step's time, so those that would change nothing are left out.
        if (_hasWeightDecay)
            gradient.add_(parameter, _weightDecay);
        if (_hasMomentum)
        {
            velocity.mul_(_momentum).add_(gradient);
            gradient.add_(velocity, _momentum);
        }
        parameter.add_(gradient, descent);
    }
    // #endregion step

    // #region private
    /// <summary>
    /// One step of DP-SGD (Abadi et al. 2016, arXiv:1607.00133): every example's gradient is cut to a norm, and noise is added to their sum.
    /// </summary>
    /// <param name="inputs">(M, B, d). Under Poisson sampling B differs from step to step and may be 0.</param>
    /// <param name="labels">Classes, (M, B), int64.</param>
    /// <param name="stepSize">η, positive.</param>
    /// <param name="clip">C, the largest norm that an example's gradient keeps, positive.</param>
    /// <param name="noise">σ, standard deviation of the noise in units of C, at least 0.</param>
    /// <param name="lot">What the noised sum is divided by: the expected number of examples, which reveals nothing of the actual one.</param>
    /// <param name="generator">The source of the noise.</param>
    public void PrivateStep(Tensor inputs, Tensor labels, double stepSize, double clip, double noise, double lot, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clip);
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lot);
        if (inputs.dim() != 3 || labels.dim() != 2)
            throw new ArgumentException($"Expected a batch for each member, inputs (M, B, d) and labels (M, B), not [{string.Join(", ", inputs.shape)}] and [{string.Join(", ", labels.shape)}].", nameof(inputs));
        using var scope = NewDisposeScope();
        using Scalar descent = -stepSize, share = 1 / lot, spread = noise * clip, largest = clip, one = 1.0;
        var activations = Forward(inputs);
        var errors = Errors(activations, labels);
        var kept = SquaredNorms(activations, errors, 0).sqrt_().reciprocal_().mul_(largest).clamp_max_(one).unsqueeze(2);
        for (var layer = 0; layer < _weights.Length; layer++)
        {
            var error = errors[layer].mul_(kept);
            Update(_weights[layer], Noised(activations[layer].transpose(1, 2).bmm(error)), _velocities[layer], descent);
            Update(_biases[layer], Noised(error.sum([1L], keepdim: true)), _velocities[_weights.Length + layer], descent);
        }

        Tensor Noised(Tensor sum) => sum.add_(randn(sum.shape, dtype: sum.dtype, generator: generator), spread).mul_(share);
    }
    // #endregion private

    // #region norms
    /// <summary>
    /// Norm of the gradient of each example's cross-entropy with respect to all weights and biases, (M, n): the GraNd score of
    /// arXiv:2107.07075, equation 3, before its mean over members.
    /// </summary>
    /// <remarks>
    /// A layer's gradient for one example is the outer product of its input h and its error δ, and δ for the bias, so its squared
    /// norm is |δ|² (|h|² + 1): no gradient is ever formed.
    /// </remarks>
    /// <param name="inputs">(n, d), the same for all members.</param>
    /// <param name="labels">Classes, (n,), int64.</param>
    /// <param name="lastLayerOnly">Whether only the last layer's parameters count.</param>
    public Tensor GradientNorms(Tensor inputs, Tensor labels, bool lastLayerOnly = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        var activations = Forward(inputs);
        var errors = Errors(activations, labels.unsqueeze(0).expand(Members, -1));
        return SquaredNorms(activations, errors, lastLayerOnly ? _weights.Length - 1 : 0).sqrt().MoveToOuterDisposeScope();
    }

    private Tensor SquaredNorms(Tensor[] activations, Tensor[] errors, int firstLayer)
    {
        Tensor? squares = null;
        for (var layer = firstLayer; layer < _weights.Length; layer++)
        {
            var square = errors[layer].square().sum([2L]) * (activations[layer].square().sum([2L]) + 1);
            squares = squares is null ? square : squares + square;
        }
        return squares!;
    }
    // #endregion norms

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[.. _weights, .. _biases, .. _velocities])
            tensor.Dispose();
        _momentum.Dispose();
        _weightDecay.Dispose();
    }

    /// <summary>The input of every layer, and the logits at the end.</summary>
    private Tensor[] Forward(Tensor inputs)
    {
        var activations = new Tensor[_weights.Length + 1];
        activations[0] = inputs.dim() == 2 ? inputs.unsqueeze(0).expand(Members, -1, -1) : inputs;
        for (var layer = 0; layer < _weights.Length; layer++)
        {
            var next = activations[layer].bmm(_weights[layer]).add_(_biases[layer]);
            activations[layer + 1] = layer + 1 < _weights.Length ? next.relu_() : next;
        }
        return activations;
    }

    /// <summary>Derivative of each example's loss by every layer's pre-activations.</summary>
    private Tensor[] Errors(Tensor[] activations, Tensor labels)
    {
        var errors = new Tensor[_weights.Length];
        errors[^1] = activations[^1].softmax(2).sub_(nn.functional.one_hot(labels, Classes));
        for (var layer = _weights.Length - 2; layer >= 0; layer--)
            errors[layer] = errors[layer + 1].bmm(_weights[layer + 1].transpose(1, 2)).mul_(activations[layer + 1].sign());
        return errors;
    }
}
