using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures;

/// <summary>
/// Independent recurrent networks of one shape (Elman 1990) that read a sequence of numbers and answer yes or no at its end, trained
/// side by side: hₜ = tanh(a xₜ + hₜ₋₁W + b), h₀ = 0, answer σ(h_T v + c).
/// </summary>
/// <remarks>Back-propagation through time is written out, one batched product over all members a step.</remarks>
public sealed class ElmanEnsemble : IDisposable
{
    private readonly Tensor[] _parameters;

    /// <summary>Draws a from N(0, 1), W from N(0, gain²/H), v from N(0, 1/H); b and c are 0.</summary>
    /// <param name="members">M, number of networks.</param>
    /// <param name="hidden">H, neurons.</param>
    /// <param name="seed">The stream of the weights.</param>
    /// <param name="gain">Spectral radius of W in the limit of many neurons, positive.</param>
    /// <param name="dtype">Element type; float32 when null.</param>
    public ElmanEnsemble(int members, int hidden, Seed seed, double gain = 1, ScalarType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gain);
        Members = members;
        var type = dtype ?? ScalarType.Float32;
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        Tensor Normal(long rows, long columns, double deviation) => randn([members, rows, columns], dtype: type, generator: generator) * deviation;
        _parameters =
        [
            Normal(1, hidden, 1), Normal(hidden, hidden, gain / Math.Sqrt(hidden)), zeros([members, 1, hidden], dtype: type),
            Normal(hidden, 1, 1 / Math.Sqrt(hidden)), zeros([members, 1, 1], dtype: type),
        ];
        foreach (var parameter in _parameters)
            parameter.DetachFromDisposeScope();
    }

    /// <summary>M, number of networks.</summary>
    public int Members { get; }

    /// <summary>a (M, 1, H), W (M, H, H), b (M, 1, H), v (M, H, 1), c (M, 1, 1); owned by the ensemble.</summary>
    public IReadOnlyList<Tensor> Parameters => _parameters;

    /// <summary>Logits of yes, (M, n).</summary>
    /// <param name="inputs">(n, T), the same for all members, or (M, n, T).</param>
    public Tensor Logits(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = NewDisposeScope();
        return Forward(Expand(inputs)).Logits.squeeze(2).MoveToOuterDisposeScope();
    }

    // #region gradients
    /// <summary>Gradients of each member's mean cross-entropy, in the order of <see cref="Parameters"/>.</summary>
    /// <param name="inputs">(n, T), the same for all members, or (M, n, T).</param>
    /// <param name="labels">0 or 1, (n,) or (M, n), floating point.</param>
    public Tensor[] Gradients(Tensor inputs, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        inputs = Expand(inputs);
        var (n, length) = (inputs.shape[1], inputs.shape[2]);
        var (states, logits) = Forward(inputs);
        var error = (logits.sigmoid() - labels.unsqueeze(-1)) / n; // (M, n, 1)
        var gradients = new Tensor[5];
        gradients[3] = states[length].transpose(1, 2).bmm(error);
        gradients[4] = error.sum([1L], keepdim: true);
        for (var k = 0; k < 3; k++)
            gradients[k] = zeros_like(_parameters[k]);
        var back = _parameters[1].transpose(1, 2);
        var toState = error.bmm(_parameters[3].transpose(1, 2)); // (M, n, H)
        for (var t = length; t >= 1; t--)
        {
            var inside = toState * (1 - states[t].square());
            gradients[0].add_(inputs.narrow(2, t - 1, 1).transpose(1, 2).bmm(inside));
            gradients[1].add_(states[t - 1].transpose(1, 2).bmm(inside));
            gradients[2].add_(inside.sum([1L], keepdim: true));
            toState = inside.bmm(back);
        }
        foreach (var gradient in gradients)
            gradient.MoveToOuterDisposeScope();
        return gradients;
    }
    // #endregion gradients

    /// <summary>One step of stochastic gradient descent.</summary>
    /// <param name="inputs">(n, T), the same for all members, or (M, n, T).</param>
    /// <param name="labels">0 or 1, (n,) or (M, n), floating point.</param>
    /// <param name="stepSize">η, positive.</param>
    /// <param name="adjust">Changes the gradients in place before the step (clipping, noise).</param>
    public void Step(Tensor inputs, Tensor labels, double stepSize, Action<IReadOnlyList<Tensor>>? adjust = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepSize);
        using var scope = NewDisposeScope();
        using Scalar descent = -stepSize;
        var gradients = Gradients(inputs, labels);
        adjust?.Invoke(gradients);
        for (var k = 0; k < gradients.Length; k++)
            _parameters[k].add_(gradients[k], descent);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in _parameters)
            parameter.Dispose();
    }

    private Tensor Expand(Tensor inputs) => inputs.dim() switch
    {
        2 => inputs.unsqueeze(0).expand(Members, -1, -1),
        3 when inputs.shape[0] == Members => inputs,
        _ => throw new ArgumentException($"Expected inputs (n, T) or ({Members}, n, T), not [{string.Join(", ", inputs.shape)}].", nameof(inputs)),
    };

    /// <summary>h₀ to h_T, each (M, n, H), and logits (M, n, 1).</summary>
    private (Tensor[] States, Tensor Logits) Forward(Tensor inputs)
    {
        var length = inputs.shape[2];
        if (length == 0)
            throw new ArgumentException("A sequence needs at least one element.", nameof(inputs));
        var states = new Tensor[length + 1];
        states[0] = zeros([Members, inputs.shape[1], _parameters[1].shape[1]], dtype: _parameters[1].dtype);
        for (var t = 1; t <= length; t++)
        {
            var inside = inputs.narrow(2, t - 1, 1) * _parameters[0] + _parameters[2];
            states[t] = (t == 1 ? inside : states[t - 1].bmm(_parameters[1]).add_(inside)).tanh_();
        }
        return (states, states[length].bmm(_parameters[3]).add_(_parameters[4]));
    }
}
