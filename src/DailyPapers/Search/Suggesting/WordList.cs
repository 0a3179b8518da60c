namespace DailyPapers.Search.Suggesting;

/// <summary>Different words in ordinal order, each without the letters it shares with the one before.</summary>
internal sealed class WordList
{
    /// <summary>Longer words are nobody's to complete.</summary>
    public const int Longest = 60;

    private readonly char[] _letters;
    private readonly int[] _starts;
    private readonly byte[] _shared;

    /// <summary>Keeps words that are in ordinal order already.</summary>
    public WordList(IReadOnlyList<string> sorted)
    {
        _letters = new char[sorted.Sum(word => word.Length)];
        _starts = new int[sorted.Count + 1];
        _shared = new byte[sorted.Count];
        for (var i = 0; i < sorted.Count; i++)
        {
            sorted[i].CopyTo(_letters.AsSpan(_starts[i]));
            _starts[i + 1] = _starts[i] + sorted[i].Length;
            _shared[i] = (byte)(i == 0 ? 0 : sorted[i - 1].AsSpan().CommonPrefixLength(sorted[i]));
        }
    }

    public int Count => _shared.Length;

    /// <summary>What it takes of memory.</summary>
    public long Bytes => (2L * _letters.Length) + (4L * _starts.Length) + _shared.Length;

    public ReadOnlySpan<char> this[int place] => _letters.AsSpan(_starts[place], _starts[place + 1] - _starts[place]);

    /// <summary>The place of a word, or -1.</summary>
    public int PlaceOf(string word)
    {
        var place = LowerBound(word);
        return place < Count && this[place].SequenceEqual(word) ? place : -1;
    }

    /// <summary>The words that begin so.</summary>
    public WordRange BeginningWith(string beginning)
    {
        var first = LowerBound(beginning);
        var end = first;
        if (first < Count && this[first].StartsWith(beginning))
        {
            for (end = first + 1; end < Count && _shared[end] >= beginning.Length;)
                end++;
        }
        return new WordRange(first, end, 0);
    }

    /// <summary>The words whose beginning is at most <paramref name="most"/> edits away, those without any among them.</summary>
    public List<WordRange> BeginningNear(string typed, int most)
    {
        var found = new List<WordRange>();
        var distance = new EditDistance(typed, most);
        // What is known of the first letters of the word before: the nearest beginning up to each.
        var nearest = new int[Longest + 1];
        nearest[0] = distance.At(0);
        var known = 0;
        for (var place = 0; place < Count;)
        {
            var word = this[place];
            var depth = Math.Min(known, _shared[place]);
            var isOver = false;
            while (depth < word.Length && !isOver)
            {
                isOver = distance.Advance(word, ++depth) > most;
                nearest[depth] = Math.Min(nearest[depth - 1], distance.At(depth));
            }
            known = depth;
            var end = place + 1;
            // Whatever follows the letters seen so far, it comes no nearer.
            while (isOver && end < Count && _shared[end] >= depth)
                end++;
            if (nearest[depth] <= most)
                Add(found, new WordRange(place, end, nearest[depth] + (nearest[depth] > 0 && word[0] != typed[0] ? 1 : 0)));
            place = end;
        }
        return found;
    }

    private static void Add(List<WordRange> found, WordRange range)
    {
        if (found.Count > 0 && found[^1].End == range.First && found[^1].Cost == range.Cost)
            found[^1] = found[^1] with { End = range.End };
        else
            found.Add(range);
    }

    private int LowerBound(string word)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (this[middle].SequenceCompareTo(word) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
