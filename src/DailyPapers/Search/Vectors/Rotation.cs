using System.Numerics;
using System.Runtime.InteropServices;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// A fixed random rotation. An embedding's axes differ in how much they say; turned at random they say about equally much,
/// so that one bit an axis and one step width for all of them lose little.
/// </summary>
/// <remarks>
/// Three rounds of random signs and a Hadamard transform, D log D additions in place of the D² products of a dense matrix.
/// A D that is no power of two is covered by two overlapping transforms. The result is the same bits on every machine.
/// </remarks>
internal sealed class Rotation
{
    private const int Rounds = 3;
    private const ulong Seed = 0x5DEECE66D1CE4E5B;

    private readonly float[][] _signs = new float[Rounds][];
    private readonly int _window;
    private readonly float _scale;

    public Rotation(int dimensions)
    {
        _window = (int)BitOperations.RoundUpToPowerOf2((uint)dimensions);
        if (_window > dimensions)
            _window /= 2;
        _scale = 1 / MathF.Sqrt(_window);
        var state = Seed;
        for (var round = 0; round < Rounds; round++)
        {
            _signs[round] = new float[dimensions];
            for (var i = 0; i < dimensions; i++)
                _signs[round][i] = (SplitMix64(ref state) & 1) == 0 ? 1 : -1;
        }
    }

    /// <summary>Rotates in place.</summary>
    public void Apply(Span<float> vector)
    {
        foreach (var signs in _signs)
        {
            Multiply(vector, signs);
            Hadamard(vector[.._window]);
            if (_window < vector.Length)
                Hadamard(vector[^_window..]);
        }
    }

    /// <summary>Turns back in place what <see cref="Apply"/> rotated.</summary>
    public void Invert(Span<float> vector)
    {
        for (var round = Rounds - 1; round >= 0; round--)
        {
            if (_window < vector.Length)
                Hadamard(vector[^_window..]);
            Hadamard(vector[.._window]);
            Multiply(vector, _signs[round]);
        }
    }

    // The transform divided by √n, which makes it its own inverse.
    private void Hadamard(Span<float> x)
    {
        for (var half = 1; half < x.Length; half *= 2)
        {
            for (var start = 0; start < x.Length; start += 2 * half)
                Butterfly(x.Slice(start, half), x.Slice(start + half, half));
        }
        for (var i = 0; i < x.Length; i++)
            x[i] *= _scale;
    }

    private static void Butterfly(Span<float> a, Span<float> b)
    {
        var i = 0;
        if (a.Length >= Vector<float>.Count)
        {
            var va = MemoryMarshal.Cast<float, Vector<float>>(a);
            var vb = MemoryMarshal.Cast<float, Vector<float>>(b);
            for (var j = 0; j < va.Length; j++)
                (va[j], vb[j]) = (va[j] + vb[j], va[j] - vb[j]);
            i = va.Length * Vector<float>.Count;
        }
        for (; i < a.Length; i++)
            (a[i], b[i]) = (a[i] + b[i], a[i] - b[i]);
    }

    private static void Multiply(Span<float> vector, float[] signs)
    {
        for (var i = 0; i < vector.Length; i++)
            vector[i] *= signs[i];
    }

    private static ulong SplitMix64(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
