using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures;

/// <summary>What a model costs: parameters, and multiply-adds of a forward pass.</summary>
/// <remarks>
/// Papers that say "FLOPs" of a vision model mostly mean multiply-adds, one for a multiplication with its addition. As there,
/// matrix products and convolutions count; biases, norms, activations and pooling do not.
/// </remarks>
public static class ModelCost
{
    /// <summary>How many numbers are trained; one that is shared counts once.</summary>
    public static long Parameters(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.parameters().DistinctBy(parameter => parameter.Handle).Sum(parameter => parameter.numel());
    }

    /// <summary>
    /// Counts the multiply-adds of <c>module.call(input)</c> by watching every linear layer, every convolution, and every module
    /// that <see cref="ICountsMultiplyAdds">counts for itself</see>. On the meta device nothing
    /// is computed; convolutions don't run there.
    /// </summary>
    /// <param name="module">The model; it stays in its mode, so call <c>eval()</c> first where that matters.</param>
    /// <param name="input">A batch; the count is of the whole batch.</param>
    public static long MultiplyAdds(Module<Tensor, Tensor> module, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        long total = 0;
        var watches = new List<Action>();
        try
        {
            foreach (var part in module.modules().OfType<Module<Tensor, Tensor>>().Append(module).Distinct())
            {
                if (Rule(part) is { } count)
                    watches.Add(part.register_forward_hook((_, read, made) => { total += count(read.shape, made.shape); return made; }).remove);
            }
            module.call(input);
            return total;
        }
        finally
        {
            foreach (var stop in watches)
                stop();
        }
    }

    private static Func<long[], long[], long>? Rule(Module<Tensor, Tensor> part) => part switch
    {
        ICountsMultiplyAdds counting => (input, output) => counting.MultiplyAdds(input, output),
        Linear linear => (_, output) => Product(output) * linear.in_features,
        TorchSharp.Modules.Conv1d or TorchSharp.Modules.Conv2d => Convolution(part),
        _ => null,
    };

    // A weight is (out, in / groups, kernel...): every output element takes in/groups · kernel multiply-adds.
    private static Func<long[], long[], long> Convolution(Module part)
    {
        var weight = part.named_parameters(recurse: false).First(parameter => parameter.name == "weight").parameter.shape;
        var perOutput = Product(weight.AsSpan(1));
        return (_, output) => Product(output) * perOutput;
    }

    private static long Product(ReadOnlySpan<long> lengths)
    {
        long product = 1;
        foreach (var length in lengths)
            product *= length;
        return product;
    }
}
