using System.Numerics;
using TorchSharp.Modules;

namespace DailyPapers.Lab.Optimization.Fused;

/// <summary>One step of AdamW over a parameter's elements, in vectors of the processor's width.</summary>
internal static class AdamWKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // #region adamw
    internal static void Update(Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> mean, Span<T> square, Coefficients by)
    {
        var i = 0;
        for (var width = Vector<T>.Count; i <= parameter.Length - width; i += width)
        {
            var g = new Vector<T>(gradient[i..]);
            var m = new Vector<T>(mean[i..]) * by.Beta1 + g * by.Rest1;
            var v = new Vector<T>(square[i..]) * by.Beta2 + g * g * by.Rest2;
            var denominator = Vector.SquareRoot(v) * by.SquareScale + new Vector<T>(by.Eps);
            (new Vector<T>(parameter[i..]) * by.Kept - m / denominator * by.StepSize).CopyTo(parameter[i..]);
            m.CopyTo(mean[i..]);
            v.CopyTo(square[i..]);
        }
        for (; i < parameter.Length; i++)
        {
            var g = gradient[i];
            mean[i] = mean[i] * by.Beta1 + g * by.Rest1;
            square[i] = square[i] * by.Beta2 + g * g * by.Rest2;
            parameter[i] = parameter[i] * by.Kept - mean[i] / (T.Sqrt(square[i]) * by.SquareScale + by.Eps) * by.StepSize;
        }
    }
    // #endregion adamw

    /// <summary>What a step multiplies by: decays, corrections of the means' bias, step size.</summary>
    internal readonly record struct Coefficients(T Beta1, T Rest1, T Beta2, T Rest2, T Kept, T StepSize, T SquareScale, T Eps)
    {
        /// <summary>The coefficients of a step, from 1.</summary>
        internal static Coefficients At(long step, AdamW.Options options)
        {
            var (beta1, beta2, rate) = (options.beta1!.Value, options.beta2!.Value, options.LearningRate!.Value);
            return new(
                T.CreateChecked(beta1), T.CreateChecked(1 - beta1), T.CreateChecked(beta2), T.CreateChecked(1 - beta2),
                T.CreateChecked(1 - rate * options.weight_decay!.Value), T.CreateChecked(rate / (1 - Math.Pow(beta1, step))),
                T.CreateChecked(1 / Math.Sqrt(1 - Math.Pow(beta2, step))), T.CreateChecked(options.eps!.Value));
        }
    }
}
