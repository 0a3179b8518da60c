using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.LearningDynamics;

/// <summary>
/// Two-layer ReLU networks f(x) = Σ_j a_j ReLU(w_j·x) of one width, each with data of its own, trained side by side on the mean
/// squared error by full-batch Adam (Kingma and Ba 2015). All weights of both layers are trained.
/// </summary>
/// <remarks>Gradients are written out: on networks this small, a step of automatic differentiation costs several times its arithmetic.</remarks>
public sealed class ReluStudents : IDisposable
{
    private const double FirstDecay = 0.9, SecondDecay = 0.999, Floor = 1e-8;

    private readonly Tensor[] _moments; // first and second of each layer
    // Kept: a scalar that is made for a call, as for plain subtraction too, may be finalised before the native code has read it.
    private readonly Scalar[] _scalars = [FirstDecay, 1 - FirstDecay, SecondDecay, 1 - SecondDecay, -1.0];
    private int _steps;

    /// <summary>Draws w ~ N(0, scale²/N) and a ~ N(0, scale²/h).</summary>
    /// <param name="members">M, number of networks.</param>
    /// <param name="inputs">N.</param>
    /// <param name="width">h, hidden units.</param>
    /// <param name="scale">Of the initial weights, positive.</param>
    /// <param name="seed">The stream of the draw.</param>
    /// <param name="dtype">Element type; float32 when null.</param>
    public ReluStudents(int members, int inputs, int width, double scale, Seed seed, ScalarType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        var type = dtype ?? ScalarType.Float32;
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        using Scalar first = scale / Math.Sqrt(inputs), second = scale / Math.Sqrt(width);
        Hidden = randn([members, inputs, width], dtype: type, generator: generator).mul_(first).DetachFromDisposeScope();
        Output = randn([members, width, 1], dtype: type, generator: generator).mul_(second).DetachFromDisposeScope();
        _moments = [.. new[] { Hidden, Hidden, Output, Output }.Select(weights => zeros_like(weights).DetachFromDisposeScope())];
    }

    /// <summary>First layer, (M, N, h); owned by the students.</summary>
    public Tensor Hidden { get; }

    /// <summary>Second layer, (M, h, 1); owned by the students.</summary>
    public Tensor Output { get; }

    /// <summary>f(x) for inputs (M, n, N): (M, n, 1).</summary>
    public Tensor Predict(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = NewDisposeScope();
        return inputs.bmm(Hidden).relu_().bmm(Output).MoveToOuterDisposeScope();
    }

    /// <summary>Mean squared errors by network, (M).</summary>
    /// <param name="inputs">(M, n, N).</param>
    /// <param name="targets">(M, n, 1).</param>
    public double[] Errors(Tensor inputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        using var scope = NewDisposeScope();
        return [.. (Predict(inputs) - targets).square().mean([1L, 2L]).to(float64).data<double>()];
    }

    // #region gradients
    /// <summary>Gradients of each network's own mean squared error, halved: those of both layers, shaped as the layers.</summary>
    /// <param name="inputs">(M, n, N).</param>
    /// <param name="targets">(M, n, 1).</param>
    public (Tensor Hidden, Tensor Output) Gradients(Tensor inputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        using var scope = NewDisposeScope();
        using Scalar share = 1.0 / inputs.shape[1];
        var active = inputs.bmm(Hidden).relu_();                             // (M, n, h)
        var residual = active.bmm(Output).add_(targets, _scalars[4]).mul_(share);         // (M, n, 1)
        var output = active.transpose(1, 2).bmm(residual);                   // (M, h, 1)
        var back = residual.bmm(Output.transpose(1, 2)).mul_(active.sign()); // (M, n, h)
        var hidden = inputs.transpose(1, 2).bmm(back);                       // (M, N, h)
        return (hidden.MoveToOuterDisposeScope(), output.MoveToOuterDisposeScope());
    }
    // #endregion gradients

    /// <summary>One step of Adam on all samples.</summary>
    /// <param name="inputs">(M, n, N).</param>
    /// <param name="targets">(M, n, 1).</param>
    /// <param name="rate">Learning rate, positive.</param>
    public void Step(Tensor inputs, Tensor targets, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        using var scope = NewDisposeScope();
        _steps++;
        // Adam's corrections for moments that start at 0, folded into rate and floor.
        var correction = Math.Sqrt(1 - Math.Pow(SecondDecay, _steps));
        using Scalar descent = -rate * correction / (1 - Math.Pow(FirstDecay, _steps)), floor = Floor * correction;
        var (hidden, output) = Gradients(inputs, targets);
        Update(Hidden, hidden, _moments[0], _moments[1], descent, floor);
        Update(Output, output, _moments[2], _moments[3], descent, floor);
    }

    private void Update(Tensor weights, Tensor gradient, Tensor mean, Tensor square, Scalar descent, Scalar floor)
    {
        mean.mul_(_scalars[0]).add_(gradient, _scalars[1]);
        square.mul_(_scalars[2]).addcmul_(gradient, gradient, _scalars[3]);
        weights.addcdiv_(mean, square.sqrt().add_(floor), descent);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Hidden.Dispose();
        Output.Dispose();
        foreach (var moment in _moments)
            moment.Dispose();
        foreach (var scalar in _scalars)
            scalar.Dispose();
    }
}
