using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>What the public methods demand of their arguments.</summary>
internal static class Arguments
{
    internal static void CheckRow<T>(ReadOnlySpan<T> input, Span<T> output)
    {
        if (output.Length < input.Length)
            throw new ArgumentException($"The output holds {output.Length} elements, the input {input.Length}; give an output at least as long.", nameof(output));
        if (input.Overlaps(output, out var offset) && offset != 0)
            throw new ArgumentException($"The output overlaps the input, shifted by {offset} elements; give the same memory (in place) or separate memory.", nameof(output));
    }

    /// <summary>Checks a contiguous matrix and returns its count of rows.</summary>
    internal static int CheckRows<T>(ReadOnlySpan<T> input, Span<T> output, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (input.Length % columns != 0)
            throw new ArgumentException($"The input holds {input.Length} elements, which are not whole rows of {columns}.", nameof(input));
        CheckRow(input, output);
        return input.Length / columns;
    }

    internal static void CheckRows<T>(ReadOnlySpan<T> input, int inputStride, Span<T> output, int outputStride, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputStride, columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputStride, columns);
        CheckLength(input.Length, inputStride, rows, columns, nameof(input));
        CheckLength(output.Length, outputStride, rows, columns, nameof(output));
        if (input.Overlaps(output, out var offset) && (offset != 0 || inputStride != outputStride))
            throw new ArgumentException(
                $"The output overlaps the input, shifted by {offset} elements, with strides {inputStride} and {outputStride}; give the same memory with the same stride (in place) or separate memory.",
                nameof(output));
    }

    internal static void CheckThreads(int maxThreads, [CallerArgumentExpression(nameof(maxThreads))] string? name = null) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(maxThreads, 1, name);

    private static void CheckLength(int length, int stride, int rows, int columns, string name)
    {
        var needed = rows == 0 ? 0 : (rows - 1L) * stride + columns;
        if (length < needed)
            throw new ArgumentException($"{rows} rows of {columns} elements with a stride of {stride} need {needed} elements; the {name} holds {length}.", name);
    }
}
