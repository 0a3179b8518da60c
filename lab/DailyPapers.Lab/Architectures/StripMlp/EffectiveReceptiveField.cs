using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>The effective receptive field (Luo et al. 2016): how much the middle of a feature map depends on each place of the input.</summary>
public static class EffectiveReceptiveField
{
    /// <summary>The size of the gradient of the middle position's channels, summed, in each place of the input.</summary>
    /// <param name="features">From (n, channels, rows, columns) to a feature map; call it in evaluation mode, so that examples don't mix.</param>
    /// <param name="input">(n, channels, rows, columns).</param>
    /// <returns>Absolute gradients, means over examples and input channels, [row, column].</returns>
    public static double[,] Compute(Func<Tensor, Tensor> features, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(features);
        TensorShape.Require(input, nameof(input), TensorShape.Any, TensorShape.Any, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        var watched = input.detach().clone().requires_grad_();
        var map = features(watched);
        TensorShape.Require(map, nameof(features), input.shape[0], TensorShape.Any, TensorShape.Any, TensorShape.Any);
        var middle = map.select(3, map.shape[3] / 2).select(2, map.shape[2] / 2);
        var gradient = autograd.grad([middle.sum()], [watched])[0].abs().mean([0, 1]).to(float64).cpu().contiguous();
        var (rows, columns) = ((int)input.shape[2], (int)input.shape[3]);
        var values = gradient.data<double>().ToArray();
        var field = new double[rows, columns];
        Buffer.BlockCopy(values, 0, field, 0, values.Length * sizeof(double));
        return field;
    }
}
