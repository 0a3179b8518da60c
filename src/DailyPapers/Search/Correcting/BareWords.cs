using System.Buffers;
using DailyPapers.Search.Queries;
using DailyPapers.Search.Text;

namespace DailyPapers.Search.Correcting;

/// <summary>
/// Finds the words of a query that a correction may touch: neither what is quoted, excluded or in a field, nor beginnings with a
/// star, operators, identifiers and anything with a digit.
/// </summary>
internal static class BareWords
{
    private static readonly SearchValues<char> NoWords = SearchValues.Create("0123456789:/\\_@$*" + QueryParser.Quotes);
    private static readonly SearchValues<char> Quotes = SearchValues.Create(QueryParser.Quotes);

    public static List<BareWord> In(string text)
    {
        var words = new List<BareWord>();
        var excludesNext = false;
        for (var position = 0; position < text.Length;)
        {
            if (char.IsWhiteSpace(text[position]))
            {
                position++;
                continue;
            }
            var end = EndOfItem(text, position);
            var item = text.AsSpan(position, end - position);
            if (item is "NOT")
            {
                excludesNext = true;
            }
            else
            {
                if (!excludesNext && item[0] is not ('-' or '\u2212') && item is not ("OR" or "AND" or "|" or "||" or "&" or "&&") && item.IndexOfAny(NoWords) < 0)
                    AddWords(words, text, position, end);
                excludesNext = false;
            }
            position = end;
        }
        return words;
    }

    // A quotation belongs to the item it begins in, spaces and all.
    private static int EndOfItem(string text, int start)
    {
        for (var position = start; position < text.Length; position++)
        {
            if (char.IsWhiteSpace(text[position]))
                return position;
            if (!Quotes.Contains(text[position]))
                continue;
            var closing = text.AsSpan(position + 1).IndexOfAny(Quotes);
            if (closing < 0)
                return text.Length;
            position += closing + 1;
        }
        return text.Length;
    }

    private static void AddWords(List<BareWord> words, string text, int start, int end)
    {
        var item = text.AsSpan(start, end - start);
        int position = 0, previousEnd = -1;
        while (Words.TryNext(item, ref position, previousEnd, out var word))
        {
            previousEnd = word.End;
            if (Words.Normalise(item[word.Start..word.End]) is { Length: > 0 } spelling)
                words.Add(new BareWord(start + word.Start, start + word.End, spelling, word.Joined));
        }
    }

    /// <summary>True for a word that is long enough to be corrected, and no stop word.</summary>
    public static bool CanBeWrong(BareWord word) =>
        Suggesting.EditDistance.Allowed(word.Spelling.Length) > 0 && !StopWords.Contains(word.Spelling) && word.Spelling.All(char.IsLetter);
}
