using DailyPapers.Lab.Architectures;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Training.Guidance;

/// <summary>
/// How alike two networks' representations of the same examples are (Kornblith et al. 2019, linear CKA): ‖YᵀX‖² / (‖XᵀX‖ ‖YᵀY‖) of centred X and Y, Frobenius norms.
/// It is 1 for representations that differ by rotation, scaling and shift, and does not care how many features each has. Differentiable.
/// </summary>
public static class CenteredKernelAlignment
{
    private const double Tiny = 1e-30;

    // #region cka
    /// <summary>Linear CKA of two representations of n examples, a scalar from 0 to 1; 0 when one of them is the same for all examples.</summary>
    /// <param name="first">X, (n, ...); all axes but the first are features.</param>
    /// <param name="second">Y, (n, ...).</param>
    public static Tensor Linear(Tensor first, Tensor second)
    {
        Require(first, second);
        using var scope = NewDisposeScope();
        var (x, y) = (Centred(first.flatten(1)), Centred(second.flatten(1)));
        var n = x.shape[0];
        // ‖YᵀX‖² = ⟨XXᵀ, YYᵀ⟩: whichever products are smaller, by features or by examples.
        var alignment = x.shape[1] <= n && y.shape[1] <= n
            ? y.t().matmul(x).square().sum() / (Norm(x.t().matmul(x)) * Norm(y.t().matmul(y)))
            : OfKernels(x.matmul(x.t()), y.matmul(y.t()));
        return alignment.MoveToOuterDisposeScope();
    }
    // #endregion cka

    /// <summary>The mean over tokens of the alignment of both representations of each token, over examples.</summary>
    /// <param name="first">(n, tokens, features).</param>
    /// <param name="second">(n, tokens, other features).</param>
    public static Tensor Tokenwise(Tensor first, Tensor second)
    {
        TensorShape.Require(first, nameof(first), TensorShape.Any, TensorShape.Any, TensorShape.Any);
        TensorShape.Require(second, nameof(second), first.shape[0], first.shape[1], TensorShape.Any);
        Require(first, second);
        using var scope = NewDisposeScope();
        var (x, y) = (Centred(first).transpose(0, 1), Centred(second).transpose(0, 1)); // (tokens, n, features)
        var (k, l) = (x.matmul(x.transpose(1, 2)), y.matmul(y.transpose(1, 2)));
        return ((k * l).sum([1, 2]) / (Norm(k) * Norm(l))).mean().MoveToOuterDisposeScope();
    }

    /// <summary>The alignment of two kernels (Gram matrices), centred here: tr(KHLH) / √(tr(KHKH) tr(LHLH)).</summary>
    /// <param name="first">K, (n, n), symmetric.</param>
    /// <param name="second">L, (n, n), symmetric.</param>
    public static Tensor Kernels(Tensor first, Tensor second)
    {
        ArgumentNullException.ThrowIfNull(first);
        TensorShape.Require(first, nameof(first), first.shape[0], first.shape[0]);
        TensorShape.Require(second, nameof(second), first.shape[0], first.shape[0]);
        using var scope = NewDisposeScope();
        return OfKernels(BothCentred(first), BothCentred(second)).MoveToOuterDisposeScope();

        static Tensor BothCentred(Tensor kernel) => Centred(Centred(kernel).t());
    }

    private static Tensor OfKernels(Tensor k, Tensor l) => (k * l).sum() / (Norm(k) * Norm(l));

    // Entries are at most 1 after Centred, so nothing over- or underflows; a kernel of zeros has norm 0 and stays 0 / tiny.
    private static Tensor Norm(Tensor kernel) => kernel.square().sum([-2L, -1L]).clamp_min(Tiny).sqrt();

    // Deep untrained networks give activations around 1e-10, whose fourth powers vanish in single precision: the size is divided out first, which CKA does not see.
    private static Tensor Centred(Tensor features)
    {
        var centred = features - features.mean([0L], keepdim: true);
        return centred / centred.detach().abs().max().clamp_min(Tiny);
    }

    private static void Require(Tensor first, Tensor second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.dim() < 2 || second.dim() < 2 || first.shape[0] != second.shape[0])
            throw new ArgumentException($"second: expected representations of the same examples, ({(first.dim() > 0 ? first.shape[0] : 0)}, ...), got ({string.Join(", ", second.shape)})", nameof(second));
    }
}
