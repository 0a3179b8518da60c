using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>
/// Two stream outputs to logits, with products between the streams (FinalMLP, section on stream aggregation):
/// b + w₁ᵀo₁ + w₂ᵀo₂ + Σ_j o₁⁽ʲ⁾ᵀ W₃⁽ʲ⁾ o₂⁽ʲ⁾, where head j sees its share of each stream.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class MultiHeadBilinearFusion : Module<Tensor, Tensor, Tensor>
{
    private readonly Linear _first;
    private readonly Linear _second;
    private readonly Parameter _products;
    private readonly long _d1;
    private readonly long _d2;
    private readonly long _heads;
    private readonly long _outDim;

    /// <summary>A fusion at its initial weights, as in the code: normal Xavier of the products' weights as one column a logit.</summary>
    /// <param name="d1">Numbers of the first stream, a multiple of <paramref name="heads"/>.</param>
    /// <param name="d2">Numbers of the second stream, a multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">k, number of heads.</param>
    /// <param name="outDim">Number of logits.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public MultiHeadBilinearFusion(long d1, long d2, long heads = 1, long outDim = 1, Device? device = null, ScalarType? dtype = null)
        : base(nameof(MultiHeadBilinearFusion))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(d1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(d2, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outDim, 1);
        if (d1 % heads != 0 || d2 % heads != 0)
            throw new ArgumentException($"d1 {d1} and d2 {d2} are not both divisible by heads {heads}.", nameof(heads));
        (_d1, _d2, _heads, _outDim) = (d1, d2, heads, outDim);
        _first = ClickInitialization.LinearLayer(d1, outDim, device, dtype);
        _second = ClickInitialization.LinearLayer(d2, outDim, device, dtype);
        _products = new Parameter(empty([heads * (d1 / heads) * (d2 / heads), outDim], dtype: dtype, device: device));
        init.xavier_normal_(_products);
        RegisterComponents();
    }

    /// <summary>w₁ and its bias (d1 → outDim).</summary>
    public Linear First => _first;

    /// <summary>w₂ and its bias (d2 → outDim).</summary>
    public Linear Second => _second;

    /// <summary>W₃, (k · d1/k · d2/k, outDim): row (j, a, b) in this order weighs number a of head j's share of the first stream times number b of its share of the second.</summary>
    public Parameter Products => _products;

    /// <summary>Multiply-adds of the products for n pairs.</summary>
    public long ProductMultiplyAdds(long n) => n * (_products.shape[0] + _d2) * _outDim;

    // #region fusion
    /// <inheritdoc/>
    /// <param name="input1">o₁, (n, d1).</param>
    /// <param name="input2">o₂, (n, d2).</param>
    /// <returns>Logits, (n, outDim).</returns>
    public override Tensor forward(Tensor input1, Tensor input2)
    {
        TensorShape.Require(input1, nameof(input1), TensorShape.Any, _d1);
        TensorShape.Require(input2, nameof(input2), input1.shape[0], _d2);
        using var scope = NewDisposeScope();
        var n = input1.shape[0];
        // A matrix product per head, (k, n, d1/k) × (k, d1/k, d2/k · outDim), then a weighted sum over the second stream's share.
        var o1 = input1.view(n, _heads, _d1 / _heads).transpose(0, 1);
        var o2 = input2.view(n, _heads, _d2 / _heads).transpose(0, 1).unsqueeze(-1);
        var weights = _products.view(_heads, _d1 / _heads, _d2 / _heads * _outDim);
        var products = (o1.matmul(weights).view(_heads, n, _d2 / _heads, _outDim) * o2).sum([0, 2]);
        return (_first.call(input1) + _second.call(input2) + products).MoveToOuterDisposeScope();
    }
    // #endregion fusion
}
