using DailyPapers.Search.Queries;
using DailyPapers.Search.Text;

namespace DailyPapers.Search.Highlighting;

/// <summary>Finds in a text the words that a query asks for, by the rules the index has them under.</summary>
internal sealed class TextMatcher
{
    private readonly List<Pattern> _patterns;

    public TextMatcher(SearchQuery query, params ReadOnlySpan<QueryScope> scopes)
    {
        var here = scopes.ToArray();
        var wanted = query.Wanted.Where(c => here.Contains(c.Scope)).ToList();
        var meaningful = wanted.Where(c => !(c is { IsBare: true, Words: [var word] } && StopWords.Contains(word))).ToList();
        _patterns = (meaningful.Count > 0 ? meaningful : wanted).Select(PatternOf).ToList();
    }

    /// <summary>The matching words in the order of the text; words of one phrase singly.</summary>
    public List<MatchedWord> Match(TokenizedText text)
    {
        var matches = new List<MatchedWord>();
        if (_patterns.Count == 0)
            return matches;
        var tokens = text.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            for (var p = 0; p < _patterns.Count; p++)
            {
                if (!_patterns[p].Matches(tokens, i, out var length))
                    continue;
                for (var j = i; j < i + length; j++)
                    matches.Add(new MatchedWord(tokens[j].Start, tokens[j].End, p));
            }
        }
        matches.Sort((left, right) => (left.Start, left.End).CompareTo((right.Start, right.End)));
        return matches;
    }

    private static Pattern PatternOf(WordsClause clause) => new(
        clause.Words,
        clause.Words.Select(Stemmer.Stem).ToList(),
        clause.Form is WordsForm.Joined ? string.Concat(clause.Words) : null,
        clause.Form is WordsForm.Open or WordsForm.Prefix,
        clause.Form is WordsForm.Prefix);

    private sealed record Pattern(IReadOnlyList<string> Words, IReadOnlyList<string> Stems, string? Compound, bool MatchesBeginning, bool IsPrefix)
    {
        public bool Matches(TextToken[] tokens, int at, out int length)
        {
            length = 1;
            if (Compound is not null && tokens[at].Word.Spelling == Compound)
                return true;
            length = Words.Count;
            if (at + length > tokens.Length || (length > 1 && tokens[at + length - 1].IsCompound))
                return false;
            for (var i = 0; i < length; i++)
            {
                if (!MatchesWord(tokens[at + i], i))
                    return false;
            }
            return true;
        }

        private bool MatchesWord(TextToken token, int i) =>
            token.Word.Spelling == Words[i]
            || (MatchesBeginning && token.Word.Spelling.StartsWith(Words[i], StringComparison.Ordinal))
            || (!IsPrefix && token.Word.Stem == Stems[i]);
    }
}
