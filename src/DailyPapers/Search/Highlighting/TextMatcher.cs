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
    public List<MatchedWord> Match(string text)
    {
        var matches = new List<MatchedWord>();
        if (_patterns.Count == 0)
            return matches;
        var tokens = TokensOf(text);
        for (var i = 0; i < tokens.Count; i++)
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

    private static List<Token> TokensOf(string text)
    {
        var tokens = new List<Token>(text.Length / 6);
        List<Token>? compounds = null;
        using var words = new WordTokenizer(new StringReader(text));
        words.Reset();
        while (words.IncrementToken())
        {
            var word = Stemmer.Read(words.CurrentSpelling);
            var token = new Token(word.Spelling, word.Stem, words.CurrentPlace.Start, words.CurrentPlace.End, words.IsCompound);
            if (words.IsCompound)
                (compounds ??= []).Add(token);
            else
                tokens.Add(token);
        }
        // Compounds stand behind their parts; a phrase runs over the parts alone.
        if (compounds is not null)
            tokens.AddRange(compounds);
        return tokens;
    }

    private readonly record struct Token(string Word, string Stem, int Start, int End, bool IsCompound);

    private sealed record Pattern(IReadOnlyList<string> Words, IReadOnlyList<string> Stems, string? Compound, bool MatchesBeginning, bool IsPrefix)
    {
        public bool Matches(List<Token> tokens, int at, out int length)
        {
            length = 1;
            if (Compound is not null && tokens[at].Word == Compound)
                return true;
            length = Words.Count;
            if (at + length > tokens.Count || (length > 1 && tokens[at + length - 1].IsCompound))
                return false;
            for (var i = 0; i < length; i++)
            {
                if (!MatchesWord(tokens[at + i], i))
                    return false;
            }
            return true;
        }

        private bool MatchesWord(Token token, int i) =>
            token.Word == Words[i]
            || (MatchesBeginning && token.Word.StartsWith(Words[i], StringComparison.Ordinal))
            || (!IsPrefix && token.Stem == Stems[i]);
    }
}
