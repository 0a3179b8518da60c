namespace DailyPapers.Search.Suggesting;

/// <summary>
/// Optimal string alignment: the fewest insertions, deletions, substitutions and transpositions of neighbours that turn one
/// word into another, no part of it edited twice.
/// </summary>
internal sealed class EditDistance
{
    private readonly string _typed;
    private readonly List<int[]> _rows = [];

    /// <summary>Prepares to compare words with <paramref name="typed"/>, letter by letter.</summary>
    public EditDistance(string typed)
    {
        _typed = typed;
        RowAt(0);
        for (var column = 0; column <= typed.Length; column++)
            _rows[0][column] = column;
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
    public int At(int depth) => _rows[depth][_typed.Length];

    /// <summary>
    /// Takes in the letter at place <paramref name="depth"/> (from 1) of a word whose earlier letters were taken in.
    /// Returns a bound: no continuation of these letters is nearer.
    /// </summary>
    public int Advance(ReadOnlySpan<char> word, int depth)
    {
        var row = RowAt(depth);
        var above = _rows[depth - 1];
        row[0] = depth;
        var least = depth;
        var letter = word[depth - 1];
        for (var column = 1; column <= _typed.Length; column++)
        {
            var cost = Math.Min(Math.Min(above[column], row[column - 1]) + 1, above[column - 1] + (letter == _typed[column - 1] ? 0 : 1));
            if (depth > 1 && column > 1 && letter == _typed[column - 2] && word[depth - 2] == _typed[column - 1])
                cost = Math.Min(cost, _rows[depth - 2][column - 2] + 1);
            row[column] = cost;
            least = Math.Min(least, cost);
        }
        return least;
    }

    private int[] RowAt(int depth)
    {
        while (_rows.Count <= depth)
            _rows.Add(new int[_typed.Length + 1]);
        return _rows[depth];
    }
}
