using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Optimization.Fused;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019, algorithm 2), each parameter updated in one pass over its memory instead of a dozen
/// tensor operations. Numbers, options and saved states are those of TorchSharp's <see cref="AdamW"/>.
/// </summary>
/// <remarks>
/// The fused pass serves contiguous parameters of 32- or 64-bit floats on the CPU. If one is not (or AMSGrad or maximisation is
/// asked for), the whole step is TorchSharp's. Without <c>weightDecay</c> it is Adam.
/// </remarks>
public sealed class FusedAdamW : AdamW
{
    /// <summary>An optimizer of one group of parameters.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="beta1">Decay of the mean of gradients.</param>
    /// <param name="beta2">Decay of the mean of squared gradients.</param>
    /// <param name="eps">Added to the denominator.</param>
    /// <param name="weightDecay">Share of a parameter, times the step size, that a step takes off it.</param>
    public FusedAdamW(IEnumerable<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0.01)
        : base(parameters, learningRate, beta1, beta2, eps, weightDecay, false, false)
    {
    }

    /// <summary>An optimizer of groups with options of their own; a group's <c>null</c>s take the values given here.</summary>
    /// <inheritdoc cref="FusedAdamW(IEnumerable{Parameter}, double, double, double, double, double)" path="/param"/>
    public FusedAdamW(IEnumerable<ParamGroup> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0.01)
        : base(parameters, learningRate, beta1, beta2, eps, weightDecay, false, false)
    {
    }

    /// <inheritdoc/>
    public override Tensor step(Func<Tensor>? closure = null)
    {
        if (!_parameter_groups.All(Fits))
            return base.step(closure);
        Tensor? loss = null;
        if (closure is not null)
        {
            using var recording = enable_grad();
            loss = closure();
        }
        foreach (var group in _parameter_groups)
        {
            foreach (var parameter in group.Parameters)
                Update(parameter, (Options)group.Options);
        }
        return loss!;
    }

    private static bool Fits(TorchSharp.Modules.ParamGroup group) =>
        group.Options is Options { amsgrad: not true, maximize: not true }
        && group.Parameters.All(parameter => parameter.device_type == DeviceType.CPU && parameter.dtype is ScalarType.Float32 or ScalarType.Float64 && parameter.is_contiguous());

    private void Update(Parameter parameter, Options options)
    {
        using var gradient = parameter.grad;
        if (gradient is null)
            return;
        using var dense = gradient.is_contiguous() ? null : gradient.contiguous();
        var state = (State)_state[parameter.Handle];
        state.step++;
        if (parameter.dtype == ScalarType.Float32)
            Update<float>(parameter, dense ?? gradient, state, options);
        else
            Update<double>(parameter, dense ?? gradient, state, options);
    }

    private static void Update<T>(Parameter parameter, Tensor gradient, State state, Options options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        AdamWKernel<T>.Update(
            Elements<T>(parameter), Elements<T>(gradient), Elements<T>(state.exp_avg), Elements<T>(state.exp_avg_sq),
            AdamWKernel<T>.Coefficients.At(state.step, options));
    }

    private static Span<T> Elements<T>(Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);
}
