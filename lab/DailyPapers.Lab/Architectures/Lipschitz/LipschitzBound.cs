using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Lipschitz;

/// <summary>Certified Lipschitz bounds.</summary>
public static class LipschitzBound
{
    /// <summary>
    /// The bound of a chain of linear layers and activations of slope at most 1, in Euclidean norms: the product of the layers' largest singular values.
    /// Biases don't matter.
    /// </summary>
    /// <param name="layers">The layers; ReLU, Tanh, Identity and Flatten count 1.</param>
    /// <exception cref="ArgumentException">A layer has no known bound.</exception>
    public static double OfChain(IEnumerable<Module> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var product = 1.0;
        foreach (var layer in layers)
        {
            product *= layer switch
            {
                Linear linear => SpectralNorm.Exact(linear.weight!),
                TorchSharp.Modules.ReLU or TorchSharp.Modules.Tanh or TorchSharp.Modules.Identity or TorchSharp.Modules.Flatten => 1,
                _ => throw new ArgumentException($"No Lipschitz bound is known for {layer.GetName()}.", nameof(layers)),
            };
        }
        return product;
    }

    /// <summary>The largest ‖f(x) − f(y)‖ / ‖x − y‖ over given pairs, Euclidean norms of each example: a bound from below. Pairs of equals don't count.</summary>
    /// <param name="function">f, example by example.</param>
    /// <param name="x">(n, ...).</param>
    /// <param name="y">(n, ...).</param>
    public static double Observed(Func<Tensor, Tensor> function, Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var far = (function(x) - function(y)).flatten(1).norm(1);
        var near = (x - y).flatten(1).norm(1);
        return (far / near).masked_fill(near.eq(0), 0).max().to(float64).item<double>();
    }
}
