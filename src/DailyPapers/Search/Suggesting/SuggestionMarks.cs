using DailyPapers.Search.Text;

namespace DailyPapers.Search.Suggesting;

/// <summary>Finds in a suggestion what it has of the words that were typed.</summary>
internal static class SuggestionMarks
{
    /// <summary>The text with the beginnings of its words that match marked, each typed word once; whole words where the spelling differs.</summary>
    public static MarkedText Of(string text, IReadOnlyList<string> typed, bool inAnyOrder)
    {
        var words = WordsOf(text);
        var marks = new SortedDictionary<int, int>();
        var from = 0;
        foreach (var word in typed)
        {
            if (Find(words, word, inAnyOrder ? 0 : from, marks) is not { } found)
                continue;
            marks[found.Start] = found.Length;
            from = found.Next;
        }
        return new MarkedText(text, [.. marks.Select(mark => (mark.Key, mark.Value))]);
    }

    private static (int Start, int Length, int Next)? Find(List<(Word Place, string Spelling)> words, string typed, int from, SortedDictionary<int, int> taken)
    {
        // First as typed, then as a compound or inflection, then with typing errors.
        for (var way = 0; way < 3; way++)
        {
            for (var i = from; i < words.Count; i++)
            {
                var (place, spelling) = words[i];
                if (taken.ContainsKey(place.Start))
                    continue;
                switch (way)
                {
                    case 0 when spelling.StartsWith(typed, StringComparison.Ordinal):
                        return (place.Start, spelling.Length == place.End - place.Start ? typed.Length : place.End - place.Start, i + 1);
                    case 1 when i + 1 < words.Count && words[i + 1].Place.Joined && (spelling + words[i + 1].Spelling).StartsWith(typed, StringComparison.Ordinal):
                        return (place.Start, words[i + 1].Place.End - place.Start, i + 2);
                    case 1 when Stemmer.Stem(spelling).StartsWith(typed, StringComparison.Ordinal) || Stemmer.Stem(spelling) == Stemmer.Stem(typed):
                    case 2 when EditDistance.Allowed(typed.Length) is var most and > 0 && EditDistance.ToBeginning(typed, spelling) <= most:
                        return (place.Start, place.End - place.Start, i + 1);
                }
            }
        }
        return null;
    }

    private static List<(Word Place, string Spelling)> WordsOf(string text)
    {
        var words = new List<(Word Place, string Spelling)>();
        int position = 0, end = -1;
        while (Words.TryNext(text, ref position, end, out var word))
        {
            end = word.End;
            if (Words.Normalise(text.AsSpan(word.Start, word.End - word.Start)) is { Length: > 0 } spelling)
                words.Add((word, spelling));
        }
        return words;
    }
}
