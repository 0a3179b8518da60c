using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization;

/// <summary>
/// f(x) = sum_j a_j ReLU(&lt;w_j, x&gt;) with a fixed second layer a_j = +-1/sqrt(m), trained by full-batch gradient descent on the
/// logistic loss (arXiv:2310.02541, section 2).
/// </summary>
public sealed class TwoLayerRelu : IDisposable
{
    /// <summary>Draws w_j ~ N(0, omega^2 I_p); the first half of the neurons has a_j &gt; 0, the second a_j &lt; 0.</summary>
    /// <param name="dimension">p.</param>
    /// <param name="width">m, even.</param>
    /// <param name="initialScale">omega_init, positive.</param>
    /// <param name="seed">The stream of the draw.</param>
    /// <param name="dtype">Element type; float32 when null.</param>
    public TwoLayerRelu(int dimension, int width, double initialScale, Seed seed, ScalarType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(width % 2, 0, nameof(width));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialScale);
        var type = dtype ?? ScalarType.Float32;
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        Weights = randn([width, dimension], dtype: type, generator: generator).mul_(initialScale).DetachFromDisposeScope();
        var half = full([width / 2], 1 / Math.Sqrt(width), dtype: type);
        Output = cat([half, -half]).DetachFromDisposeScope();
    }

    /// <summary>W, (m, p).</summary>
    public Tensor Weights { get; }

    /// <summary>a, (m,).</summary>
    public Tensor Output { get; }

    /// <summary>f(x) for each row of <paramref name="inputs"/> (n, p): (n,).</summary>
    public Tensor Forward(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = NewDisposeScope();
        return Values(inputs.matmul(Weights.t())).MoveToOuterDisposeScope();
    }

    /// <summary>f from the inner products <paramref name="hidden"/> = &lt;w_j, x_i&gt; (n, m): (n,).</summary>
    public Tensor Values(Tensor hidden)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        return nn.functional.relu(hidden).matmul(Output);
    }

    // #region linear-part
    /// <summary>
    /// The best linear fit to f, in mean square under any distribution that is symmetric about the origin, from
    /// <paramref name="hidden"/> (n, m): (n,).
    /// </summary>
    /// <remarks>
    /// ReLU(h) = h/2 + |h|/2, so f is an odd part, linear in x, plus an even part; under a symmetric distribution an even function
    /// is uncorrelated with every linear one. The fit is therefore exactly 1/2 sum_j a_j &lt;w_j, x&gt;, without any regression.
    /// </remarks>
    public Tensor LinearPart(Tensor hidden)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        return hidden.matmul(Output) / 2;
    }
    // #endregion linear-part

    // #region step
    /// <summary>One step W &lt;- W - alpha dL/dW on L = (1/n) sum_i log(1 + exp(-y_i f(x_i))).</summary>
    /// <param name="inputs">(n, p).</param>
    /// <param name="labels">y, +1 or -1, (n,).</param>
    /// <param name="stepSize">alpha.</param>
    public void Step(Tensor inputs, Tensor labels, double stepSize)
    {
        using var gradient = Gradient(inputs, labels);
        Weights.sub_(gradient.mul_(stepSize));
    }

    /// <summary>dL/dW at the present weights, (m, p).</summary>
    public Tensor Gradient(Tensor inputs, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        var hidden = inputs.matmul(Weights.t());                                  // (n, m)
        return Coefficients(hidden, labels, Output).t().matmul(inputs).MoveToOuterDisposeScope();
    }

    /// <summary>The c_ij of dL/dw_j = sum_i c_ij x_i: -(1/n) y_i sigmoid(-y_i f(x_i)) a_j 1[&lt;w_j, x_i&gt; &gt; 0], (n, m).</summary>
    internal static Tensor Coefficients(Tensor hidden, Tensor labels, Tensor output)
    {
        using var scope = NewDisposeScope();
        var values = nn.functional.relu(hidden).matmul(output);                   // (n,) f(x_i)
        var slopes = -labels * sigmoid(-labels * values) / labels.shape[0];       // (n,) dL/df(x_i)
        return (slopes.unsqueeze(1) * output * (hidden > 0)).MoveToOuterDisposeScope();
    }
    // #endregion step

    /// <summary>The mean logistic loss.</summary>
    public double Loss(Tensor inputs, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        return nn.functional.softplus(-labels * Forward(inputs)).mean().ToDouble();
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Weights.Dispose();
        Output.Dispose();
    }
}
