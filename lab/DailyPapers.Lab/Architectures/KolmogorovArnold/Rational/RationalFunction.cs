using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>
/// Learnable rational functions of groups of channels (arXiv:2409.10594, section 4): F(x) = P(x)/Q(x) with
/// P = a₀ + a₁x + … + a_m x^m and Q ≥ 1 made of b₁ to bₙ.
/// </summary>
/// <remarks>Where the sum under an absolute value is 0 its derivative is taken as 1, not 0: from b = 0, the identity, b could never move otherwise.</remarks>
public static class RationalFunction
{
    /// <summary>F of every channel: in one fused pass where <see cref="CanFuse"/> holds, else as <see cref="Composed"/>.</summary>
    /// <param name="input">x, (..., channels); channels are a multiple of both numbers of groups.</param>
    /// <param name="numerator">a, (groups, m + 1) or (1, m + 1).</param>
    /// <param name="denominator">b, (groups, n) or (1, n).</param>
    /// <param name="form">Q's form.</param>
    /// <returns>(..., channels).</returns>
    public static Tensor Apply(Tensor input, Tensor numerator, Tensor denominator, RationalDenominator form = RationalDenominator.AbsoluteOfSum)
    {
        Check(input, numerator, denominator);
        return CanFuse(input, numerator, denominator) ? FusedRational.Apply(input, numerator, denominator, form) : Composed(input, numerator, denominator, form);
    }

    /// <summary>
    /// Whether the fused pass serves: contiguous 32- or 64-bit floats on the CPU, less than 2 GiB, all of one type, degrees of at most 5
    /// and 4. Gradients that are to be differentiated again (<c>create_graph</c>) come from <see cref="Composed"/>.
    /// </summary>
    /// <inheritdoc cref="Apply" path="/param"/>
    public static bool CanFuse(Tensor input, Tensor numerator, Tensor denominator)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(numerator);
        ArgumentNullException.ThrowIfNull(denominator);
        return input.device_type == DeviceType.CPU && input.dtype is ScalarType.Float32 or ScalarType.Float64 && input.is_contiguous() && input.numel() > 0 && input.numel() <= int.MaxValue / input.ElementSize
            && numerator.device_type == DeviceType.CPU && numerator.dtype == input.dtype && denominator.device_type == DeviceType.CPU && denominator.dtype == input.dtype
            && numerator.shape[1] <= RationalKernel<float>.NumeratorDegree + 1 && denominator.shape[1] <= RationalKernel<float>.DenominatorDegree;
    }

    // #region composed
    /// <summary>F by tensor operations, Horner's rule for both polynomials: on every device, differentiable as often as one likes.</summary>
    /// <inheritdoc cref="Apply" path="/param"/>
    /// <returns>(..., channels).</returns>
    public static Tensor Composed(Tensor input, Tensor numerator, Tensor denominator, RationalDenominator form = RationalDenominator.AbsoluteOfSum)
    {
        Check(input, numerator, denominator);
        using var scope = NewDisposeScope();
        using Scalar one = 1;
        var groups = Math.Max(numerator.shape[0], denominator.shape[0]);
        var x = input.reshape([.. input.shape[..^1], groups, input.shape[^1] / groups]);
        var p = Polynomial(numerator, x);
        var (u, b) = form == RationalDenominator.AbsoluteOfSum ? (x, denominator) : (AbsoluteOfMinus(-x), AbsoluteOfMinus(-denominator));
        var q = AbsoluteOfMinus(Polynomial(-b, u) * u) + 1;
        return (p / q).flatten(input.dim() - 1, input.dim()).MoveToOuterDisposeScope();

        Tensor Polynomial(Tensor coefficients, Tensor of)
        {
            var last = coefficients.shape[1] - 1;
            var sum = coefficients.narrow(1, last, 1);
            for (var i = last - 1; i >= 0; i--)
                sum = coefficients.narrow(1, i, 1).addcmul(sum, of, one);
            return sum;
        }

        // |v| of −v in one pass, with derivative 1 by v where v is 0: abs has 0 there.
        static Tensor AbsoluteOfMinus(Tensor minus) => nn.functional.leaky_relu(minus, -1);
    }
    // #endregion composed

    private static void Check(Tensor input, Tensor numerator, Tensor denominator)
    {
        ArgumentNullException.ThrowIfNull(numerator);
        ArgumentNullException.ThrowIfNull(denominator);
        TensorShape.Require(numerator, nameof(numerator), TensorShape.Any, TensorShape.Any);
        TensorShape.Require(denominator, nameof(denominator), TensorShape.Any, TensorShape.Any);
        TensorShape.RequireLast(input, nameof(input), TensorShape.Any);
        var (first, second) = (numerator.shape[0], denominator.shape[0]);
        if (first != second && first != 1 && second != 1)
            throw new ArgumentException($"denominator: expected {first} groups or 1, as the numerator has, got {second}", nameof(denominator));
        var groups = Math.Max(first, second);
        if (input.shape[^1] % groups != 0)
            throw new ArgumentException($"input: expected channels in {groups} equal groups, got {input.shape[^1]}", nameof(input));
    }
}
