using System.Runtime.InteropServices;
using DailyPapers.Lab.Timing;
using DailyPapers.Numerics;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace DailyPapers.Lab.Runner.Papers.TwoPassSoftmax;

/// <summary>A row of logits, memory for its softmax, and the kernels that compute it, named for tables and figures.</summary>
internal sealed class SoftmaxKernels : IDisposable
{
    internal const string TensorPrimitivesName = "TensorPrimitives";
    internal const string LibtorchName = "libtorch";

    private readonly NativeBuffer<float> _logits;
    private readonly NativeBuffer<float> _result;
    private readonly Tensor? _tensor;

    /// <summary>Draws <paramref name="count"/> standard normal logits; with <paramref name="libtorch"/>, also as a tensor.</summary>
    internal SoftmaxKernels(int count, Seed seed, bool libtorch)
    {
        _logits = new(count);
        _result = new(count);
        Draw(_logits.Span, seed.ToRandom());
        if (!libtorch)
            return;
        _tensor = empty(count, float32);
        MemoryMarshal.AsBytes(_logits.Span).CopyTo(_tensor.bytes);
    }

    /// <summary>The instruction sets that the paper compares, as far as this processor has them.</summary>
    internal static IReadOnlyList<SoftmaxInstructionSet> Sets { get; } =
        [.. new[] { SoftmaxInstructionSet.Avx512, SoftmaxInstructionSet.Avx2 }.Where(Softmax.IsSupported)];

    internal static string TwoPassName(SoftmaxInstructionSet set) => $"two-pass {set}";

    internal static string RecomputeName(SoftmaxInstructionSet set) => $"recompute {set}";

    internal static string ReloadName(SoftmaxInstructionSet set) => $"reload {set}";

    // #region kernels
    /// <summary>Every kernel by name; one call is one softmax of the whole row.</summary>
    internal IReadOnlyList<(string Name, Action Run)> All()
    {
        var kernels = new List<(string, Action)>();
        foreach (var set in Sets)
        {
            kernels.Add((TwoPassName(set), () => Softmax.TwoPass(_logits.Span, _result.Span, set)));
            kernels.Add((RecomputeName(set), () => Softmax.ThreePassRecompute(_logits.Span, _result.Span, set)));
            kernels.Add((ReloadName(set), () => Softmax.ThreePassReload(_logits.Span, _result.Span, set)));
        }
        kernels.Add((TensorPrimitivesName, () => TensorPrimitives.SoftMax(_logits.Span, _result.Span)));
        if (_tensor is { } tensor)
            kernels.Add((LibtorchName, () => nn.functional.softmax(tensor, 0).Dispose()));
        return kernels;
    }
    // #endregion kernels

    public void Dispose()
    {
        _tensor?.Dispose();
        _result.Dispose();
        _logits.Dispose();
    }

    // A stretch of 2^20 draws, repeated: softmax takes the same time whatever the values, and drawing 2^29 would take minutes.
    private static void Draw(Span<float> logits, Random random)
    {
        var drawn = logits[..Math.Min(logits.Length, 1 << 20)];
        foreach (ref var logit in drawn)
            logit = (float)random.NextNormal();
        for (var filled = drawn.Length; filled < logits.Length; filled += drawn.Length)
            drawn[..Math.Min(drawn.Length, logits.Length - filled)].CopyTo(logits[filled..]);
    }
}
