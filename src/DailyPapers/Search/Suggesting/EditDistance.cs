namespace DailyPapers.Search.Suggesting;

/// <summary>
/// Optimal string alignment: the fewest insertions, deletions, substitutions and transpositions of neighbours that turn one
/// word into another, no part of it edited twice.
/// </summary>
internal sealed class EditDistance
{
    private const int Far = int.MaxValue / 2;

    private readonly string _typed;
    private readonly int _most;
    private int[][] _rows = new int[16][];

    /// <summary>Prepares to compare words with <paramref name="typed"/>, letter by letter.</summary>
    /// <param name="typed">The word.</param>
    /// <param name="most">Distances above need not be told apart: only the cells that can be within it are computed.</param>
    public EditDistance(string typed, int most = Far)
    {
        (_typed, _most) = (typed, most);
        var first = RowAt(0);
        for (var column = 0; column <= typed.Length; column++)
            first[column] = column;
    }

    /// <summary>The edits that a word of this length may need: none up to 3 letters, one up to 7, two above.</summary>
    public static int Allowed(int length) => length switch
    {
        < 4 => 0,
        < 8 => 1,
        _ => 2,
    };

    /// <summary>The distance of two words.</summary>
    public static int Between(string typed, ReadOnlySpan<char> word)
    {
        var distance = new EditDistance(typed);
        for (var depth = 1; depth <= word.Length; depth++)
            distance.Advance(word, depth);
        return distance.At(word.Length);
    }

    /// <summary>The distance of a word to the beginning of another that is nearest to it.</summary>
    public static int ToBeginning(string typed, ReadOnlySpan<char> word)
    {
        var distance = new EditDistance(typed);
        var nearest = distance.At(0);
        for (var depth = 1; depth <= word.Length; depth++)
        {
            distance.Advance(word, depth);
            nearest = Math.Min(nearest, distance.At(depth));
        }
        return nearest;
    }

    /// <summary>The distance to the first <paramref name="depth"/> letters, after <see cref="Advance"/> went so far.</summary>
    public int At(int depth) => Math.Abs(depth - _typed.Length) <= _most ? _rows[depth][_typed.Length] : Far;

    /// <summary>
    /// Takes in the letter at place <paramref name="depth"/> (from 1) of a word whose earlier letters were taken in.
    /// Returns a bound: no continuation of these letters is nearer.
    /// </summary>
    public int Advance(ReadOnlySpan<char> word, int depth)
    {
        var row = RowAt(depth);
        var above = _rows[depth - 1];
        var twoAbove = depth > 1 ? _rows[depth - 2] : null;
        var (letter, before) = (word[depth - 1], depth > 1 ? word[depth - 2] : default);
        var first = Math.Max(1, depth - _most);
        var last = (int)Math.Min(_typed.Length, (long)depth + _most);
        var least = row[first - 1] = first == 1 ? depth : Far;
        for (var column = first; column <= last; column++)
        {
            var cost = Math.Min(Math.Min(above[column], row[column - 1]) + 1, above[column - 1] + (letter == _typed[column - 1] ? 0 : 1));
            if (twoAbove is not null && column > 1 && letter == _typed[column - 2] && before == _typed[column - 1])
                cost = Math.Min(cost, twoAbove[column - 2] + 1);
            row[column] = cost;
            least = Math.Min(least, cost);
        }
        if (last < _typed.Length)
            row[last + 1] = Far;
        return least;
    }

    private int[] RowAt(int depth)
    {
        if (depth >= _rows.Length)
            Array.Resize(ref _rows, _rows.Length * 2);
        return _rows[depth] ??= new int[_typed.Length + 1];
    }
}
