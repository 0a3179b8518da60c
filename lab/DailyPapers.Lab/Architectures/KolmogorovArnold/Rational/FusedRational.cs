using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary><see cref="RationalKernel{T}"/> in the autograd graph.</summary>
internal sealed class FusedRational : autograd.SingleTensorFunction<FusedRational>
{
    // libtorch reads the gradients after Backward has returned, when nothing else may refer to them any more.
    [ThreadStatic]
    private static List<Tensor>? _returned;

    /// <inheritdoc/>
    public override string Name => nameof(FusedRational);

    internal static Tensor Apply(Tensor input, Tensor numerator, Tensor denominator, RationalDenominator form)
    {
        using var scope = NewDisposeScope();
        var made = is_grad_enabled() && (input.requires_grad || numerator.requires_grad || denominator.requires_grad)
            ? apply(input, numerator, denominator, form)
            : Forward(input, numerator, denominator, form);
        return made.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(vars);
        var (input, numerator, denominator, form) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (RationalDenominator)vars[3]);
        ctx.save_for_backward([input, numerator, denominator]);
        ctx.save_data(nameof(form), form);
        return Forward(input, numerator, denominator, form);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(grad_output);
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var form = (RationalDenominator)ctx.get_data("form");
        // libtorch records within a backward pass only for gradients that are to be differentiated again.
        var gradients = is_grad_enabled() ? Differentiable(saved, form, grad_output) : Once(saved, form, grad_output.contiguous());
        _returned = [.. gradients.Select(gradient => gradient?.MoveToOuterDisposeScope()!), null!];
        return _returned;
    }

    private static Tensor[] Once(List<Tensor> saved, RationalDenominator form, Tensor gradient) => saved[0].dtype == ScalarType.Float32
        ? Backward<float>(saved[0], saved[1], saved[2], form, gradient)
        : Backward<double>(saved[0], saved[1], saved[2], form, gradient);

    private static Tensor?[] Differentiable(List<Tensor> saved, RationalDenominator form, Tensor gradient)
    {
        var wanted = saved.Where(each => each.requires_grad).ToList();
        var made = RationalFunction.Composed(saved[0], saved[1], saved[2], form);
        var gradients = autograd.grad([made], wanted, [gradient], retain_graph: true, create_graph: true);
        return [.. saved.Select(each => wanted.IndexOf(each) is var place and >= 0 ? gradients[place] : null)];
    }

    private static Tensor Forward(Tensor input, Tensor numerator, Tensor denominator, RationalDenominator form) => input.dtype == ScalarType.Float32
        ? Forward<float>(input, numerator, denominator, form)
        : Forward<double>(input, numerator, denominator, form);

    private static unsafe Tensor Forward<T>(Tensor input, Tensor numerator, Tensor denominator, RationalDenominator form)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var columns = (int)input.shape[^1];
        var output = empty(input.shape, dtype: input.dtype);
        var coefficients = Spread<T>(numerator, denominator, form, columns);
        fixed (T* ofColumns = coefficients)
            RationalKernel<T>.Forward(Start<T>(input), Start<T>(output), input.numel() / columns, columns, ofColumns, form == RationalDenominator.SumOfAbsolutes, get_num_threads());
        // An input that the caller holds no longer must not be finalised, and its memory freed, while the kernel reads it.
        GC.KeepAlive(input);
        return output;
    }

    // By x, by a and by b.
    private static unsafe Tensor[] Backward<T>(Tensor input, Tensor numerator, Tensor denominator, RationalDenominator form, Tensor gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var columns = (int)input.shape[^1];
        var byInput = empty(input.shape, dtype: input.dtype);
        var coefficients = Spread<T>(numerator, denominator, form, columns);
        double[] byColumn;
        fixed (T* ofColumns = coefficients)
        {
            byColumn = RationalKernel<T>.Backward(
                Start<T>(input), Start<T>(gradient), Start<T>(byInput), input.numel() / columns, columns, ofColumns, form == RationalDenominator.SumOfAbsolutes, get_num_threads());
        }
        GC.KeepAlive(input);
        GC.KeepAlive(gradient);
        var byDenominator = Gather<T>(byColumn, RationalKernel<T>.NumeratorDegree + 1, denominator.shape, columns);
        if (form == RationalDenominator.SumOfAbsolutes)
        {
            var (signs, values) = (Values<T>(denominator), byDenominator);
            for (var i = 0; i < values.Length; i++)
                values[i] = signs[i] >= T.Zero ? values[i] : -values[i];
        }
        return [byInput, ToTensor(Gather<T>(byColumn, 0, numerator.shape, columns), numerator), ToTensor(byDenominator, denominator)];
    }

    // Coefficients of every column, (10, columns); those of higher degree than the function has are 0.
    private static T[] Spread<T>(Tensor numerator, Tensor denominator, RationalDenominator form, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var spread = new T[RationalKernel<T>.Coefficients * columns];
        Fill(numerator, 0, absolute: false);
        Fill(denominator, RationalKernel<T>.NumeratorDegree + 1, form == RationalDenominator.SumOfAbsolutes);
        return spread;

        void Fill(Tensor from, int first, bool absolute)
        {
            var (groups, count) = ((int)from.shape[0], (int)from.shape[1]);
            var values = Values<T>(from);
            for (var k = 0; k < count; k++)
                for (var group = 0; group < groups; group++)
                {
                    var value = values[group * count + k];
                    spread.AsSpan((first + k) * columns + group * (columns / groups), columns / groups).Fill(absolute ? T.Abs(value) : value);
                }
        }
    }

    // The gradients of a coefficient's columns, summed by group.
    private static T[] Gather<T>(double[] byColumn, int first, long[] shape, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (groups, count) = ((int)shape[0], (int)shape[1]);
        var width = columns / groups;
        var gathered = new T[groups * count];
        for (var group = 0; group < groups; group++)
            for (var k = 0; k < count; k++)
            {
                var sum = 0.0;
                foreach (var value in byColumn.AsSpan((first + k) * columns + group * width, width))
                    sum += value;
                gathered[group * count + k] = T.CreateTruncating(sum);
            }
        return gathered;
    }

    private static T[] Values<T>(Tensor of)
        where T : unmanaged
    {
        using var free = of.detach();
        using var dense = free.contiguous();
        return MemoryMarshal.Cast<byte, T>(dense.bytes).ToArray();
    }

    private static Tensor ToTensor<T>(T[] values, Tensor like)
        where T : unmanaged
    {
        var made = empty(like.shape, dtype: like.dtype);
        MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(made.bytes);
        return made;
    }

    private static unsafe T* Start<T>(Tensor of)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(of.bytes));
}
