using static TorchSharp.torch;
using Functions = TorchSharp.torch.nn.functional;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;

/// <summary>The G + k functions of an input that activation-based KAN layers are made of (arXiv:2503.06112, section 3).</summary>
public static class ActivationBasis
{
    /// <summary>Lower ends s = −k/G, …, (G − 1)/G and upper ends e = s + (k + 1)/G of the functions.</summary>
    /// <param name="gridSize">G, at least 1.</param>
    /// <param name="splineOrder">k, at least 0.</param>
    public static (double[] Low, double[] High) Ends(int gridSize, int splineOrder)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gridSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(splineOrder);
        double[] low = [.. Enumerable.Range(-splineOrder, gridSize + splineOrder).Select(i => i / (double)gridSize)];
        return (low, [.. low.Select(s => s + (splineOrder + 1.0) / gridSize)]);
    }

    /// <summary>f(x), elementwise.</summary>
    public static Tensor Activate(BaseActivation activation, Tensor x) => activation switch
    {
        BaseActivation.Relu => Functions.relu(x),
        BaseActivation.Silu => Functions.silu(x),
        BaseActivation.Gelu => Functions.gelu(x),
        BaseActivation.Selu => Functions.selu(x),
        BaseActivation.Elu => Functions.elu(x, 1),
        BaseActivation.Softplus => Functions.softplus(x),
        BaseActivation.Sigmoid => Functions.sigmoid(x),
        BaseActivation.LeakyRelu => Functions.leaky_relu(x, 0.01),
        BaseActivation.Tanh => Functions.tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an activation."),
    };

    // #region combine
    /// <summary>One function of A = f(x − s) and B = f(e − x), elementwise.</summary>
    /// <param name="combination">Which.</param>
    /// <param name="a">A.</param>
    /// <param name="b">B, of the same shape.</param>
    public static Tensor Combine(FunctionCombination combination, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        using var scope = NewDisposeScope();
        var made = combination switch
        {
            FunctionCombination.Quad1 => (a * b).square(),
            FunctionCombination.Quad2 => a * b + a.square() + b.square(),
            FunctionCombination.Sum => a + b,
            FunctionCombination.Prod => a * b,
            FunctionCombination.SumProd => a + b + a * b,
            FunctionCombination.Cubic1 => (a + b) * (a.square() + b.square()),
            FunctionCombination.Cubic2 => (a * b).pow(3),
            _ => throw new ArgumentOutOfRangeException(nameof(combination), combination, "Not a combination."),
        };
        return made.MoveToOuterDisposeScope();
    }
    // #endregion combine

    /// <summary>All functions at all inputs.</summary>
    /// <param name="x">(n, d).</param>
    /// <param name="low">s, (G + k) or (d, G + k).</param>
    /// <param name="high">e, of the same shape.</param>
    /// <param name="activation">f.</param>
    /// <param name="combination">What is made of A and B.</param>
    /// <returns>(n, d, G + k).</returns>
    public static Tensor At(Tensor x, Tensor low, Tensor high, BaseActivation activation, FunctionCombination combination)
    {
        TensorShape.Require(x, nameof(x), TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        var wide = x.unsqueeze(-1);
        return Combine(combination, Activate(activation, wide - low), Activate(activation, high - wide)).MoveToOuterDisposeScope();
    }
}
