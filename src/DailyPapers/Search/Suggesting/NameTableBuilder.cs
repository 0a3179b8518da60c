namespace DailyPapers.Search.Suggesting;

/// <summary>Gathers the words of names, in any order, into a <see cref="NameTable"/>.</summary>
internal sealed class NameTableBuilder
{
    /// <summary>Names beyond are left out: their number shares 32 bits with a place.</summary>
    public const int MostNames = 1 << 24;

    private const int MostPlaces = 255;

    private readonly Dictionary<string, List<uint>> _words = new(StringComparer.Ordinal);

    /// <summary>Notes that a name has a word at a place (from 0).</summary>
    public void Add(string word, int name, int place)
    {
        if (word.Length is 0 or > WordList.Longest || name >= MostNames || place >= MostPlaces)
            return;
        if (!_words.TryGetValue(word, out var places))
            _words.Add(word, places = []);
        places.Add(NameTable.Pack(name, place));
    }

    /// <summary>Makes the table.</summary>
    /// <param name="weights">The weight of each name, all different.</param>
    /// <param name="isWritten">Which words stand in a name as they are, rather than as the stem of another word; only these complete what is typed.</param>
    public NameTable Build(long[] weights, Predicate<string> isWritten)
    {
        var words = _words.Keys.Order(StringComparer.Ordinal).ToList();
        var starts = new int[words.Count + 1];
        var written = new bool[words.Count];
        for (var i = 0; i < words.Count; i++)
        {
            starts[i + 1] = starts[i] + _words[words[i]].Count;
            written[i] = isWritten(words[i]);
        }
        var places = new uint[starts[^1]];
        for (var i = 0; i < words.Count; i++)
        {
            var own = places.AsSpan(starts[i], starts[i + 1] - starts[i]);
            _words[words[i]].CopyTo(own);
            own.Sort();
        }
        return new NameTable(new WordList(words), starts, places, weights, written);
    }
}
