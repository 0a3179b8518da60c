using static TorchSharp.torch;

namespace DailyPapers.Lab.Data.Sequences;

/// <summary>Remember and repeat: random symbols, a mark, then as many blanks, at which the symbols are to be said again in their order.</summary>
/// <param name="symbols">Number of symbols that occur; the blank and the mark come beside them.</param>
/// <param name="length">Symbols to remember.</param>
public sealed class CopyTask(int symbols, int length)
{
    /// <summary>The blank, symbol 0.</summary>
    public const long Blank = 0;

    /// <summary>The mark, symbol 1.</summary>
    public const long Mark = 1;

    /// <summary>All symbols: blank, mark, and those to remember.</summary>
    public int Alphabet { get; } = symbols >= 1 ? symbols + 2 : throw new ArgumentOutOfRangeException(nameof(symbols), symbols, "At least one symbol.");

    /// <summary>Symbols to remember.</summary>
    public int Length { get; } = length >= 1 ? length : throw new ArgumentOutOfRangeException(nameof(length), length, "At least one.");

    /// <summary>Symbols of a sequence: 2 length + 1.</summary>
    public int Tokens => 2 * Length + 1;

    /// <summary>Draws sequences.</summary>
    /// <param name="count">Number of sequences.</param>
    /// <param name="random">The generator of the symbols.</param>
    /// <returns>Inputs, (count, tokens), and the symbols to be said at the last <see cref="Length"/> tokens, (count, length), 64-bit integers.</returns>
    public (Tensor Inputs, Tensor Answers) Draw(int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var (inputs, answers) = (new long[count * Tokens], new long[count * Length]);
        for (var row = 0; row < count; row++)
        {
            for (var place = 0; place < Length; place++)
                inputs[row * Tokens + place] = answers[row * Length + place] = 2 + random.Next(Alphabet - 2);
            inputs[row * Tokens + Length] = Mark;
        }
        return (tensor(inputs, [count, Tokens]), tensor(answers, [count, Length]));
    }
}
