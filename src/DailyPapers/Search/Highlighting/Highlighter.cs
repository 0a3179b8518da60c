using DailyPapers.Search.Loading;
using DailyPapers.Search.Queries;

namespace DailyPapers.Search.Highlighting;

/// <summary>Marks in a paper's texts what a query found, and picks the passage that shows it best.</summary>
internal sealed class Highlighter(SearchQuery query)
{
    private const int PassageLength = 240;
    private const string Ellipsis = "…";

    private readonly TextMatcher _inTitle = new(query, QueryScope.Anywhere, QueryScope.Title);
    private readonly TextMatcher _inProse = new(query, QueryScope.Anywhere, QueryScope.Abstract);

    /// <summary>The title with the matching words marked.</summary>
    public MarkedText Title(ReadablePaper paper) => new(paper.Title.Text, MarksOf(_inTitle.Match(paper.Title), 0, paper.Title.Text.Length, 0));

    /// <summary>The passage of summary or abstract that answers most of the query, or null when none answers any.</summary>
    public MarkedText? Excerpt(ReadablePaper paper) => paper.Prose.Select(BestPassage).DefaultIfEmpty().MaxBy(passage => passage.Worth).Text;

    private (int Worth, MarkedText? Text) BestPassage(TokenizedText prose)
    {
        var matches = _inProse.Match(prose);
        var text = prose.Text;
        if (matches.Count == 0)
            return (0, null);
        var (first, last, worth) = RichestRun(matches);
        var (start, end) = PassageAround(text, matches[first].Start, matches[last].End);
        var before = start > 0 ? Ellipsis : "";
        var after = end < text.Length ? Ellipsis : "";
        var marks = MarksOf(matches, start, end, before.Length - start);
        return (worth, new MarkedText(before + text[start..end] + after, marks));
    }

    // The run of matches, no longer than a passage, with the most different wishes answered, then the most matches.
    private static (int First, int Last, int Worth) RichestRun(List<MatchedWord> matches)
    {
        var best = (First: 0, Last: 0, Worth: -1);
        var counts = new Dictionary<int, int>();
        var last = -1;
        for (var first = 0; first < matches.Count; first++)
        {
            last = Math.Max(last, first - 1);
            while (last + 1 < matches.Count && (last + 1 == first || matches[last + 1].End - matches[first].Start <= PassageLength))
            {
                last++;
                counts[matches[last].Pattern] = counts.GetValueOrDefault(matches[last].Pattern) + 1;
            }
            var worth = (counts.Count * 1_000) + Math.Min(last - first, 999);
            if (worth > best.Worth)
                best = (first, last, worth);
            if (--counts[matches[first].Pattern] == 0)
                counts.Remove(matches[first].Pattern);
        }
        return best;
    }

    private static (int Start, int End) PassageAround(string text, int firstMatch, int lastMatch)
    {
        if (text.Length <= PassageLength)
            return (0, text.Length);
        var room = Math.Max(0, PassageLength - (lastMatch - firstMatch));
        var start = StartBefore(text, firstMatch, Math.Min(room, firstMatch));
        var end = Math.Min(text.Length, Math.Max(lastMatch, start + PassageLength));
        if (end == text.Length)
            start = Math.Min(firstMatch, WordStartAtOrAfter(text, Math.Max(start - PassageLength, end - PassageLength), firstMatch));
        return (start, EndOfWordAtOrBefore(text, end, lastMatch));
    }

    // A passage begins with its sentence when that fits into the room; else a third of the room stands before the first match.
    private static int StartBefore(string text, int firstMatch, int room)
    {
        for (var i = firstMatch; i > Math.Max(1, firstMatch - room); i--)
        {
            if (text[i - 1] == ' ' && text[i - 2 < 0 ? 0 : i - 2] is '.' or '!' or '?')
                return i;
        }
        return firstMatch <= room ? 0 : WordStartAtOrAfter(text, firstMatch - (room / 3), firstMatch);
    }

    private static int WordStartAtOrAfter(string text, int position, int limit)
    {
        if (position <= 0)
            return 0;
        var space = text.IndexOf(' ', position - 1, Math.Max(0, limit - position + 1));
        return space >= 0 ? space + 1 : limit;
    }

    private static int EndOfWordAtOrBefore(string text, int position, int limit)
    {
        if (position >= text.Length)
            return text.Length;
        var space = text.LastIndexOf(' ', position, position - limit + 1);
        return space >= limit ? space : limit;
    }

    private static List<(int Start, int Length)> MarksOf(List<MatchedWord> matches, int from, int to, int shift)
    {
        var marks = new List<(int Start, int Length)>();
        foreach (var match in matches.Where(m => m.Start >= from && m.End <= to))
        {
            var (start, end) = (match.Start + shift, match.End + shift);
            if (marks.Count > 0 && start <= marks[^1].Start + marks[^1].Length)
                marks[^1] = (marks[^1].Start, Math.Max(marks[^1].Length, end - marks[^1].Start));
            else
                marks.Add((start, end - start));
        }
        return marks;
    }
}
