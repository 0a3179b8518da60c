using System.Globalization;
using System.Text.RegularExpressions;
using DailyPapers.Papers;
using DailyPapers.Search.Text;

namespace DailyPapers.Search.Queries;

/// <summary>
/// Reads what people type. Every text is a query: what is not understood is read as words, and said.
/// </summary>
/// <remarks>
/// <c>query = { group }</c>, all groups required; <c>group = ["-"] item { "OR" item }</c>;
/// <c>item = [field ":"] ( "phrase" | word | word* )</c>. <c>OR</c>, <c>AND</c> and <c>NOT</c> count in capitals only.
/// </remarks>
internal sealed partial class QueryParser
{
    /// <summary>What opens or closes a phrase.</summary>
    public const string Quotes = "\"\u201C\u201D\u201E\u00AB\u00BB";

    private const int MostWordsWithOpenEnd = 5;
    private const int ShortestOpenWord = 2;

    private readonly string _text;
    private readonly List<QueryGroup> _groups = [];
    private readonly List<string> _problems = [];
    private int _position;
    private bool _joinsPrevious;
    private bool _excludesNext;

    private QueryParser(string text) => _text = text;

    /// <summary>Reads a query; never throws.</summary>
    public static SearchQuery Parse(string text)
    {
        var parser = new QueryParser(Shorten(text, out var problem));
        if (problem is not null)
            parser._problems.Add(problem);
        return parser.Read();
    }

    private SearchQuery Read()
    {
        while (SkipSpace())
            ReadItem();
        OpenLastWord();
        var whole = _text.Trim();
        var wholeId = whole.Length == 0 || whole.Contains(' ', StringComparison.Ordinal) ? null : IdOf(whole);
        if (_groups.Count == 0 && whole.Length > 0)
            _problems.Add(T["There is no word to search for in the query."]);
        else if (_groups.Count == 0 && _problems.Count == 0 && wholeId is null && _text.Length > 0)
            _problems.Add(T["The query is blank."]);
        return new SearchQuery(_groups, wholeId, _problems);
    }

    private bool SkipSpace()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
            _position++;
        return _position < _text.Length;
    }

    private void ReadItem()
    {
        var excluded = false;
        if (_text[_position] is '-' or '\u2212' && IsItemStart(_position + 1))
        {
            excluded = true;
            _position++;
        }
        if (IsQuote(_text[_position]))
        {
            Add(WordsOf(ReadQuoted(), QueryScope.Anywhere), excluded);
            return;
        }
        if (FieldAt(_position, out var name, out var valueAt) && ReadField(name, valueAt, excluded))
            return;
        ReadBare(ReadUntilSpace(), excluded);
    }

    private bool IsItemStart(int position) => position < _text.Length && !char.IsWhiteSpace(_text[position]) && _text[position] != '-';

    private void ReadBare(string raw, bool excluded)
    {
        if (!excluded && ReadOperator(raw))
            return;
        if (raw.EndsWith('*') && Words.In(raw) is { Count: > 0 } beginnings)
        {
            AddWords(beginnings[..^1], excluded);
            Add([new WordsClause(QueryScope.Anywhere, [beginnings[^1]], WordsForm.Prefix)], excluded);
            return;
        }
        foreach (var group in JoinedWordsOf(raw))
            Add([new WordsClause(QueryScope.Anywhere, group, group.Count > 1 ? WordsForm.Joined : WordsForm.Plain)], excluded);
    }

    private bool ReadOperator(string raw)
    {
        switch (raw)
        {
            case "OR" or "|" or "||":
                _joinsPrevious = _groups.Count > 0;
                return true;
            case "AND" or "&" or "&&":
                return true;
            case "NOT" when IsFollowedByItem():
                _excludesNext = true;
                return true;
            default:
                return false;
        }
    }

    private bool IsFollowedByItem() => _text.AsSpan(_position).Trim().Length > 0;

    private bool ReadField(string name, int valueAt, bool excluded)
    {
        if (ScopeOf(name) is null && name is not ("year" or "cat" or "category" or "id" or "arxiv" or "doi"))
            return false;
        _position = valueAt;
        var quoted = IsQuote(_text[valueAt]);
        var value = quoted ? ReadQuoted() : ReadUntilSpace();
        switch (name)
        {
            case "year":
                AddYears(value, excluded);
                break;
            case "cat" or "category":
                Add([new CategoryClause(value.Trim().TrimEnd('.', ',').ToLowerInvariant())], excluded);
                break;
            case "id" or "arxiv" or "doi":
                Add([new IdClause(IdOf(value.Trim()) ?? value.Trim().ToLowerInvariant())], excluded);
                break;
            default:
                var scope = ScopeOf(name)!.Value;
                var words = Words.In(value);
                if (words.Count == 0)
                    _problems.Add(T["“{0}:” has no word after it; it was left out.", name]);
                else if (!quoted && value.EndsWith('*'))
                    Add([new WordsClause(scope, [words[^1]], WordsForm.Prefix)], excluded);
                else
                    Add([new WordsClause(scope, words, words.Count == 1 && !quoted ? WordsForm.Plain : WordsForm.Phrase)], excluded);
                break;
        }
        return true;
    }

    private void AddYears(string value, bool excluded)
    {
        var match = Years().Match(value.Trim());
        if (!match.Success)
        {
            _problems.Add(T["“year:{0}” is not a year; expected year:2023, year:2020-2023 or year:>=2020. It was left out.", Brief(value)]);
            return;
        }
        var first = Number(match.Groups["first"]);
        var last = Number(match.Groups["last"]);
        var (from, to) = match.Groups["sign"].Value switch
        {
            ">" => (first + 1, null),
            ">=" => (first, null),
            "<" => (null, first - 1),
            "<=" => (null, first),
            _ when match.Groups["range"].Success => (first, last),
            _ => (first, first),
        };
        if (from > to)
            (from, to) = (to, from);
        Add([new YearsClause(from ?? 0, to ?? 9999)], excluded);
    }

    private static int? Number(Group digits) => digits.Success ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : null;

    private void AddWords(IEnumerable<string> words, bool excluded)
    {
        foreach (var word in words)
            Add([new WordsClause(QueryScope.Anywhere, [word], WordsForm.Plain)], excluded);
    }

    private void Add(IReadOnlyList<QueryClause> clauses, bool excluded)
    {
        if (clauses.Count == 0)
            return;
        excluded |= _excludesNext;
        if (_joinsPrevious && _groups[^1].IsExcluded == excluded)
            _groups[^1] = _groups[^1] with { Alternatives = [.. _groups[^1].Alternatives, .. clauses] };
        else
            _groups.Add(new QueryGroup(clauses, excluded));
        _joinsPrevious = false;
        _excludesNext = false;
    }

    private static IReadOnlyList<QueryClause> WordsOf(string quoted, QueryScope scope) =>
        Words.In(quoted) is { Count: > 0 } words ? [new WordsClause(scope, words, WordsForm.Phrase)] : [];

    private string ReadQuoted()
    {
        var start = ++_position;
        while (_position < _text.Length && !IsQuote(_text[_position]))
            _position++;
        var value = _text[start.._position];
        if (_position < _text.Length)
            _position++;
        else
            _problems.Add(T["A quotation mark is never closed; everything after it was searched as one phrase."]);
        return value;
    }

    private string ReadUntilSpace()
    {
        var start = _position;
        while (_position < _text.Length && !char.IsWhiteSpace(_text[_position]) && (_position == start || !IsQuote(_text[_position])))
            _position++;
        return _text[start.._position];
    }

    private bool FieldAt(int start, out string name, out int valueAt)
    {
        var colon = start;
        while (colon < _text.Length && char.IsAsciiLetter(_text[colon]))
            colon++;
        valueAt = colon + 1;
        var isField = colon > start && valueAt < _text.Length && _text[colon] is ':' && !char.IsWhiteSpace(_text[valueAt]);
        name = isField ? _text[start..colon].ToLowerInvariant() : "";
        return isField;
    }

    private static QueryScope? ScopeOf(string name) => name switch
    {
        "author" or "authors" or "au" => QueryScope.Authors,
        "title" or "ti" => QueryScope.Title,
        "abstract" or "abs" => QueryScope.Abstract,
        "keyword" or "keywords" or "kw" => QueryScope.Keywords,
        "venue" => QueryScope.Venue,
        _ => null,
    };

    private static List<List<string>> JoinedWordsOf(string raw)
    {
        var groups = new List<List<string>>();
        int position = 0, end = -1;
        while (Words.TryNext(raw, ref position, end, out var word))
        {
            end = word.End;
            var spelling = Words.Normalise(raw.AsSpan(word.Start, word.End - word.Start));
            if (spelling.Length == 0)
                continue;
            if (word.Joined && groups.Count > 0)
                groups[^1].Add(spelling);
            else
                groups.Add([spelling]);
        }
        return groups;
    }

    // Whoever has just typed the last word of a few may not have finished it; a space after it says it is finished.
    private void OpenLastWord()
    {
        if (_text.Length == 0 || !char.IsLetterOrDigit(_text[^1]) || _groups.Count is 0 or > MostWordsWithOpenEnd || _groups[^1].IsExcluded)
            return;
        var last = _groups[^1];
        if (last.Alternatives[^1] is WordsClause { Scope: QueryScope.Anywhere, Form: WordsForm.Plain } clause && clause.Words[0].Length >= ShortestOpenWord)
            _groups[^1] = last with { Alternatives = [.. last.Alternatives.SkipLast(1), clause with { Form = WordsForm.Open }] };
    }

    private static string? IdOf(string text)
    {
        if (ArxivId.TryParse(text, out var arxiv))
            return arxiv.Id;
        var lower = text.ToLowerInvariant();
        if (Doi().Match(lower) is { Success: true } doi)
            return doi.Groups["doi"].Value;
        return lower.StartsWith("d-", StringComparison.Ordinal) || lower.StartsWith("t-", StringComparison.Ordinal) ? lower : null;
    }

    private static string Shorten(string text, out string? problem)
    {
        problem = null;
        if (text.Length <= SearchRequest.LongestText)
            return text;
        var cut = text.LastIndexOf(' ', SearchRequest.LongestText);
        if (cut < SearchRequest.LongestText / 2)
            cut = SearchRequest.LongestText;
        problem = T["The query has {0:N0} characters; the first {1} were searched.", text.Length, cut];
        return text[..cut];
    }

    private static string Brief(string value) => value.Length <= 30 ? value : value[..30] + "…";

    private static bool IsQuote(char character) => Quotes.Contains(character);

    [GeneratedRegex(@"^(?:(?<sign>>=|<=|>|<)(?<first>[0-9]{4})|(?<first>[0-9]{4})?(?<range>-|–|\.\.)(?<last>[0-9]{4})?|(?<first>[0-9]{4}))$")]
    private static partial Regex Years();

    [GeneratedRegex(@"^(?:https?://(?:dx\.)?doi\.org/|doi:)?(?<doi>10\.[0-9]{4,9}/\S+)$")]
    private static partial Regex Doi();
}
