using DailyPapers.Lab.Architectures.Transformers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.UnifiedNormalization;

/// <summary>
/// Folds norms that are linear at inference into the linear layers that read them: W' = W diag(scale), b' = b + W shift. What comes
/// back is for evaluation; it has layers of its own where something was folded, and shares the others with the original.
/// </summary>
/// <remarks>Disposing of a folded block or model, or of its original, frees what they share: keep both as long as one is used.</remarks>
public static class FoldNormalization
{
    // #region into
    /// <summary>The linear layer of evaluation mode that equals <paramref name="next"/> after <paramref name="norm"/>.</summary>
    /// <param name="norm">A norm over the layer's inputs.</param>
    /// <param name="next">The layer that reads it; it is not changed.</param>
    /// <exception cref="ArgumentException">The norm has other channels than the layer reads.</exception>
    public static Linear Into(IAffineAtInference norm, Linear next)
    {
        ArgumentNullException.ThrowIfNull(norm);
        ArgumentNullException.ThrowIfNull(next);
        var weight = next.weight!;
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var (scale, shift) = norm.Affine();
        TensorShape.Require(scale, nameof(norm), weight.shape[1]);
        var moved = weight.mv(shift);
        // On the meta device nothing is drawn: folding in the middle of a training leaves the generator as it is.
        var folded = Linear(weight.shape[1], weight.shape[0], true, META, weight.dtype);
        folded.weight = new Parameter(weight * scale);
        folded.bias = new Parameter(next.bias is null ? moved : moved + next.bias);
        folded.eval();
        return folded;
    }
    // #endregion into

    /// <summary>A block without norms that equals the given one in evaluation mode.</summary>
    /// <param name="block">A block of <see cref="IAffineAtInference"/> norms, <see cref="MultiHeadAttention"/> and <see cref="FeedForward"/>.</param>
    /// <exception cref="ArgumentException">A part is of another kind, whose arithmetic is not known here.</exception>
    public static TransformerBlock Block(TransformerBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var attention = Part<MultiHeadAttention>(block.Attention);
        var feedForward = Part<FeedForward>(block.FeedForward);
        var folded = new TransformerBlock(
            Identity(), attention.With(Into(Part<IAffineAtInference>(block.FirstNorm), attention.QueryKeyValue)),
            Identity(), feedForward.With(Into(Part<IAffineAtInference>(block.SecondNorm), feedForward.First)));
        folded.eval();
        return folded;
    }

    /// <summary>A vision transformer without norms that equals the given one in evaluation mode.</summary>
    /// <exception cref="ArgumentException">A block or a norm is of a kind that can't be folded.</exception>
    public static VisionTransformer Model(VisionTransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var folded = model.With([.. model.Blocks.Select(Folded)], Identity(), Into(Part<IAffineAtInference>(model.Norm), model.Head));
        folded.eval();
        return folded;
    }

    /// <summary>A language model without norms that equals the given one in evaluation mode.</summary>
    /// <exception cref="ArgumentException">A block or a norm is of a kind that can't be folded.</exception>
    public static CausalLanguageModel Model(CausalLanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var folded = model.With([.. model.Blocks.Select(Folded)], Identity(), Into(Part<IAffineAtInference>(model.Norm), model.Head));
        folded.eval();
        return folded;
    }

    private static Module<Tensor, Tensor> Folded(Module<Tensor, Tensor> block) => Block(Part<TransformerBlock>(block));

    private static T Part<T>(object part) => part is T known
        ? known
        : throw new ArgumentException($"Only a {typeof(T).Name} can be folded here, not a {part.GetType().Name}.");
}
