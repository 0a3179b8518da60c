using System.Globalization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures;

/// <summary>Checks of tensor shapes whose errors say what was expected and what came.</summary>
public static class TensorShape
{
    /// <summary>An axis of any length.</summary>
    public const long Any = -1;

    /// <summary>Demands a shape.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">Its name in the message.</param>
    /// <param name="shape">The lengths; <see cref="Any"/> stands for any.</param>
    /// <exception cref="ArgumentException">"x: expected (*, 3, 28, 28), got (2, 1, 28, 28)".</exception>
    public static void Require(Tensor tensor, string name, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        var actual = tensor.shape;
        if (actual.Length != shape.Length || !Fits(actual, shape))
            throw new ArgumentException($"{name}: expected ({Written(shape)}), got ({Written(actual)})", name);
    }

    /// <summary>Demands the lengths of the last axes; before them there may be any number of others.</summary>
    /// <inheritdoc cref="Require" path="/param"/>
    /// <exception cref="ArgumentException">"x: expected (..., 64), got (2, 32)".</exception>
    public static void RequireLast(Tensor tensor, string name, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        var actual = tensor.shape;
        if (actual.Length < shape.Length || !Fits(actual.AsSpan()[^shape.Length..], shape))
            throw new ArgumentException($"{name}: expected (..., {Written(shape)}), got ({Written(actual)})", name);
    }

    private static bool Fits(ReadOnlySpan<long> actual, ReadOnlySpan<long> expected)
    {
        for (var axis = 0; axis < expected.Length; axis++)
        {
            if (expected[axis] != Any && expected[axis] != actual[axis])
                return false;
        }
        return true;
    }

    private static string Written(ReadOnlySpan<long> shape)
    {
        var axes = new string[shape.Length];
        for (var axis = 0; axis < axes.Length; axis++)
            axes[axis] = shape[axis] == Any ? "*" : shape[axis].ToString(CultureInfo.InvariantCulture);
        return string.Join(", ", axes);
    }
}
