namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>Dual functions on [0, 1] that step through all 2^m patterns of 0 and 1 while α moves: shattered, with few jumps each.</summary>
public static class CountingFamilies
{
    /// <summary>Function i is the bit i of the cell's number. The last one jumps in every cell, 2^m − 1 times.</summary>
    /// <param name="functions">m, from 1 to 20.</param>
    public static IReadOnlyList<PiecewiseConstant> BinaryCounter(int functions) => Bits(functions, cell => cell);

    /// <summary>Function i is the bit i of the cell's Gray code, in which one function jumps at a time, none more than 2^(m − 1) times.</summary>
    /// <param name="functions">m, from 1 to 20.</param>
    public static IReadOnlyList<PiecewiseConstant> GrayCode(int functions) => Bits(functions, cell => cell ^ (cell >> 1));

    private static IReadOnlyList<PiecewiseConstant> Bits(int functions, Func<int, int> code)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(functions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(functions, 20);
        var cells = 1 << functions;
        double[] breakPoints = [.. Enumerable.Range(1, cells - 1).Select(cell => (double)cell / cells)];
        return [.. Enumerable.Range(0, functions).Reverse().Select(bit =>
            new PiecewiseConstant(0, 1, breakPoints, [.. Enumerable.Range(0, cells).Select(cell => (double)(code(cell) >> bit & 1))]))];
    }
}
