using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// The rows nearest by their codes, among those seen so far: at least as many as wanted, and every row that is as near as
/// one of them, so that what is kept does not depend on the order in which rows come.
/// </summary>
internal sealed unsafe class Candidates : IDisposable
{
    private readonly int _wanted;
    private readonly int[] _histogram;
    private int[] _rows;
    private ushort[] _distances;
    private int _count;
    private int _limit;
    private int _furthest;

    public Candidates(int wanted, int largestDistance)
    {
        _wanted = wanted;
        _histogram = new int[largestDistance + 1];
        _limit = 2 * wanted;
        _rows = ArrayPool<int>.Shared.Rent(_limit + 64);
        _distances = ArrayPool<ushort>.Shared.Rent(_limit + 64);
        _furthest = largestDistance;
    }

    /// <summary>The distance that the nearest of all parts, as many as wanted, lie within.</summary>
    public static int FurthestOf(Candidates[] parts, int wanted)
    {
        var (distance, within) = (0, 0);
        for (; distance < parts[0]._histogram.Length - 1; distance++)
        {
            foreach (var part in parts)
                within += part._histogram[distance];
            if (within >= wanted)
                break;
        }
        return distance;
    }

    /// <summary>Takes in sixty-four rows.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="distances">Their distances (64).</param>
    /// <param name="findable">A bit for each row that counts.</param>
    public void Add(int firstRow, ushort* distances, ulong findable)
    {
        var near = findable & Within(distances, (ushort)_furthest);
        for (; near != 0; near &= near - 1)
        {
            var i = BitOperations.TrailingZeroCount(near);
            var distance = distances[i];
            _rows[_count] = firstRow + i;
            _distances[_count++] = distance;
            _histogram[distance]++;
        }
        if (_count >= _limit)
            Tighten();
    }

    /// <summary>The rows kept that lie within a distance, in their order.</summary>
    public ReadOnlySpan<int> Within(int furthest)
    {
        Keep(furthest);
        return _rows.AsSpan(0, _count);
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_rows);
        ArrayPool<ushort>.Shared.Return(_distances);
        (_rows, _distances) = ([], []);
    }

    private void Tighten()
    {
        var within = 0;
        for (_furthest = 0; (within += _histogram[_furthest]) < _wanted; _furthest++)
        {
        }
        Keep(_furthest);
        Array.Clear(_histogram, _furthest + 1, _histogram.Length - _furthest - 1);

        // Many rows may be equally near; then there must be room for as many again.
        _limit = Math.Max(2 * _wanted, _count + _wanted);
        Grow(ref _rows);
        Grow(ref _distances);
    }

    private void Keep(int furthest)
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            var distance = _distances[i];
            (_rows[kept], _distances[kept]) = (_rows[i], distance);
            kept += distance <= furthest ? 1 : 0;
        }
        _count = kept;
    }

    private void Grow<T>(ref T[] array)
    {
        if (array.Length >= _limit + 64)
            return;
        var larger = ArrayPool<T>.Shared.Rent(2 * _limit);
        array.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }

    private static ulong Within(ushort* distances, ushort furthest)
    {
        var bits = 0UL;
        if (Vector512.IsHardwareAccelerated)
        {
            var limit = Vector512.Create(furthest);
            bits = Vector512.LessThanOrEqual(Vector512.Load(distances), limit).ExtractMostSignificantBits()
                | (Vector512.LessThanOrEqual(Vector512.Load(distances + 32), limit).ExtractMostSignificantBits() << 32);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var limit = Vector256.Create(furthest);
            for (var i = 0; i < 64; i += 16)
                bits |= (ulong)Vector256.LessThanOrEqual(Vector256.Load(distances + i), limit).ExtractMostSignificantBits() << i;
        }
        else
        {
            var limit = Vector128.Create(furthest);
            for (var i = 0; i < 64; i += 8)
            {
                var near = Vector128.LessThanOrEqual(Vector128.Load(distances + i), limit);
                if (near != Vector128<ushort>.Zero)
                    bits |= (ulong)near.ExtractMostSignificantBits() << i;
            }
        }
        return bits;
    }
}
