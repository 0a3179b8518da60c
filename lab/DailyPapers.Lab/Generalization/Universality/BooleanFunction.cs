using System.Numerics;

namespace DailyPapers.Lab.Generalization.Universality;

/// <summary>A boolean function of up to seven bits, as its truth table.</summary>
/// <param name="Table">Bit x is the value at the input whose binary digits are x.</param>
/// <param name="Inputs">Number of inputs, from 1 to 7.</param>
public readonly record struct BooleanFunction(UInt128 Table, int Inputs)
{
    /// <summary>2^Inputs, the length of the table.</summary>
    public int Length => 1 << Inputs;

    /// <summary>The number of inputs on which two functions differ.</summary>
    public int Distance(BooleanFunction other) => (int)UInt128.PopCount(Table ^ other.Table);

    // #region complexity
    /// <summary>
    /// Lempel–Ziv complexity of the table in bits: log₂(N) times the mean number of words of the table read forwards and backwards
    /// (Dingle, Camargo and Louis 2018); log₂ N for a constant.
    /// </summary>
    public double Complexity()
    {
        var length = Length;
        var bits = new bool[length];
        for (var i = 0; i < length; i++)
            bits[i] = (Table >> i & UInt128.One) != UInt128.Zero;
        if (Array.TrueForAll(bits, bit => bit == bits[0]))
            return BitOperations.Log2((uint)length);
        var forwards = Words(bits);
        Array.Reverse(bits);
        return BitOperations.Log2((uint)length) * (forwards + Words(bits)) / 2.0;
    }

    /// <summary>Number of words of the exhaustive history of Lempel and Ziv (1976): each word is the shortest not seen before.</summary>
    public static int Words(ReadOnlySpan<bool> bits)
    {
        int words = 0, start = 0;
        while (start < bits.Length)
        {
            var length = 1;
            // A word grows while it also occurs earlier, overlap with itself allowed but for its last bit.
            while (start + length <= bits.Length && bits[..(start + length - 1)].IndexOf(bits.Slice(start, length)) >= 0)
                length++;
            words++;
            start += length;
        }
        return words;
    }
    // #endregion complexity
}
