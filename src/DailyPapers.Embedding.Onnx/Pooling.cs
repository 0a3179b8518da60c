using System.Numerics.Tensors;

namespace DailyPapers.Embedding.Onnx;

/// <summary>Makes one vector of a text's token vectors (L, D), of which padding is no part.</summary>
internal static class Pooling
{
    /// <summary>Writes the pooled vector to <paramref name="vector"/>.</summary>
    /// <param name="mode">How.</param>
    /// <param name="tokens">The vectors of the text's <paramref name="count"/> tokens, one after the other; what follows is padding.</param>
    /// <param name="count">L, at least 1.</param>
    /// <param name="vector">Receives D numbers.</param>
    public static void Pool(PoolingMode mode, ReadOnlySpan<float> tokens, int count, Span<float> vector)
    {
        var width = vector.Length;
        switch (mode)
        {
            case PoolingMode.Cls:
                tokens[..width].CopyTo(vector);
                break;
            case PoolingMode.LastToken:
                tokens.Slice((count - 1) * width, width).CopyTo(vector);
                break;
            case PoolingMode.Max:
                tokens[..width].CopyTo(vector);
                for (var t = 1; t < count; t++)
                    TensorPrimitives.Max(vector, tokens.Slice(t * width, width), vector);
                break;
            case PoolingMode.Mean:
            case PoolingMode.MeanSqrtLen:
                vector.Clear();
                for (var t = 0; t < count; t++)
                    TensorPrimitives.Add(vector, tokens.Slice(t * width, width), vector);
                TensorPrimitives.Divide(vector, mode == PoolingMode.Mean ? count : MathF.Sqrt(count), vector);
                break;
            case PoolingMode.WeightedMean:
                vector.Clear();
                for (var t = 0; t < count; t++)
                    TensorPrimitives.MultiplyAdd(tokens.Slice(t * width, width), t + 1f, vector, vector);
                TensorPrimitives.Divide(vector, count * (count + 1f) / 2, vector);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mode), mode, null);
        }
    }
}
