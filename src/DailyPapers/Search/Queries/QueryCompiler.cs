using DailyPapers.Papers;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Text;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace DailyPapers.Search.Queries;

/// <summary>Turns a query as understood into what Lucene runs.</summary>
internal sealed class QueryCompiler(FieldBoosts boosts)
{
    private const float PrefixWorth = 0.2f;
    private const int NameSlop = 3;
    private const int TitleSlop = 2;
    private const int FewestForPhrase = 2;

    /// <summary>
    /// All groups are required; stop words only where nothing else is asked for. With <paramref name="mostOnly"/>, two thirds of the bare words
    /// are enough; phrases, fields and exclusions always hold.
    /// </summary>
    public Query Compile(SearchQuery query, bool mostOnly)
    {
        var result = new BooleanQuery(disableCoord: true);
        var wanted = query.Groups.Where(g => !g.IsExcluded).ToList();
        var meaningful = wanted.Where(g => !IsStopWord(g)).ToList();
        var required = meaningful.Count > 0 ? meaningful : wanted;

        var bare = required.Where(IsBare).ToList();
        foreach (var group in required.Except(bare))
            result.Add(Compile(group), Occur.MUST);
        AddBare(result, bare, mostOnly ? Math.Max(1, bare.Count * 2 / 3) : bare.Count);
        AddNearness(result, wanted);
        foreach (var group in query.Groups.Where(g => g.IsExcluded))
            result.Add(Compile(group), Occur.MUST_NOT);
        if (required.Count == 0)
            result.Add(new MatchAllDocsQuery(), Occur.MUST);
        return query.WholeId is { } id ? WithId(result, id, isEmpty: query.Groups.Count == 0) : result;
    }

    /// <summary>True when <see cref="Compile(SearchQuery, bool)"/> with most words only asks for less than with all.</summary>
    public static bool CanAskForLess(SearchQuery query) =>
        query.Groups.Count(g => !g.IsExcluded && IsBare(g) && !IsStopWord(g)) >= FewestForPhrase;

    private void AddBare(BooleanQuery result, List<QueryGroup> bare, int enough)
    {
        if (bare.Count == 0)
            return;
        if (enough == bare.Count)
        {
            foreach (var group in bare)
                result.Add(Compile(group), Occur.MUST);
            return;
        }
        var words = new BooleanQuery(disableCoord: true) { MinimumNumberShouldMatch = enough };
        foreach (var group in bare)
            words.Add(Compile(group), Occur.SHOULD);
        result.Add(words, Occur.MUST);
    }

    // Whoever types a title or a name means these words together, quotes or not.
    private void AddNearness(BooleanQuery result, List<QueryGroup> wanted)
    {
        var words = wanted
            .Where(g => g.Alternatives.Count == 1)
            .Select(g => g.Alternatives[0])
            .OfType<WordsClause>()
            .Where(c => c.IsBare)
            .SelectMany(c => c.Words)
            .ToList();
        if (words.Count < FewestForPhrase)
            return;
        result.Add(Boosted(Phrase(IndexField.Title, words.Select(Stemmer.Stem), TitleSlop), boosts.TitlePhrase), Occur.SHOULD);
        result.Add(Boosted(Name(words), boosts.NamePhrase), Occur.SHOULD);
    }

    private Query Compile(QueryGroup group)
    {
        if (group.Alternatives.Count == 1)
            return Compile(group.Alternatives[0]);
        var any = new BooleanQuery(disableCoord: true);
        foreach (var clause in group.Alternatives)
            any.Add(Compile(clause), Occur.SHOULD);
        return any;
    }

    private Query Compile(QueryClause clause) => clause switch
    {
        WordsClause words => BestOf(FieldsOf(words)),
        YearsClause years => new ConstantScoreQuery(NumericRangeQuery.NewInt32Range(IndexField.Year, years.From, years.To, true, true)),
        CategoryClause category => new ConstantScoreQuery(new TermQuery(new Term(IndexField.Category, category.Category))),
        IdClause id => new ConstantScoreQuery(new TermQuery(new Term(IndexField.Key, id.Id))),
        _ => throw new InvalidOperationException($"A clause of type {clause.GetType().Name} has no compilation."),
    };

    private IEnumerable<Query> FieldsOf(WordsClause clause) => clause.Form switch
    {
        WordsForm.Plain => Word(clause.Scope, clause.Words[0]),
        WordsForm.Open => Word(clause.Scope, clause.Words[0]).Concat(Prefix(clause.Scope, clause.Words[0], PrefixWorth)),
        WordsForm.Prefix => Prefix(clause.Scope, clause.Words[0], 1),
        WordsForm.Joined => Adjacent(clause.Scope, clause.Words).Concat(Word(clause.Scope, string.Concat(clause.Words))),
        _ when clause.Words.Count == 1 => Word(clause.Scope, clause.Words[0]),
        _ => Adjacent(clause.Scope, clause.Words),
    };

    private IEnumerable<Query> Word(QueryScope scope, string word)
    {
        var stem = Stemmer.Stem(word);
        foreach (var (field, boost) in FieldsIn(scope))
            yield return Boosted(new TermQuery(new Term(field, field is IndexField.Authors ? word : stem)), boost);
        if (scope is not QueryScope.Anywhere)
            yield break;
        if (ArxivId.TryParse(word, out var arxiv))
            yield return new TermQuery(new Term(IndexField.Key, arxiv.Id));
        if (word.Length == 4 && int.TryParse(word, out var year))
            yield return Boosted(new ConstantScoreQuery(NumericRangeQuery.NewInt32Range(IndexField.Year, year, year, true, true)), boosts.Venue);
    }

    private IEnumerable<Query> Adjacent(QueryScope scope, IReadOnlyList<string> words)
    {
        var stems = words.Select(Stemmer.Stem).ToList();
        foreach (var (field, boost) in FieldsIn(scope))
            yield return Boosted<Query>(field is IndexField.Authors ? Name(words) : Phrase(field, stems, slop: 0), boost);
    }

    private IEnumerable<Query> Prefix(QueryScope scope, string beginning, float worth)
    {
        foreach (var (field, boost) in FieldsIn(scope))
        {
            yield return Boosted(
                new PrefixQuery(new Term(field, beginning)) { MultiTermRewriteMethod = MultiTermQuery.CONSTANT_SCORE_FILTER_REWRITE },
                boost * worth);
        }
    }

    private IEnumerable<(string Field, float Boost)> FieldsIn(QueryScope scope) => scope switch
    {
        QueryScope.Title => [(IndexField.Title, boosts.Title)],
        QueryScope.Authors => [(IndexField.Authors, boosts.Authors)],
        QueryScope.Abstract => [(IndexField.Abstract, boosts.Abstract), (IndexField.Summary, boosts.Summary)],
        QueryScope.Keywords => [(IndexField.Keywords, boosts.Keywords)],
        QueryScope.Venue => [(IndexField.Venue, boosts.Venue)],
        _ =>
        [
            (IndexField.Title, boosts.Title), (IndexField.Keywords, boosts.Keywords), (IndexField.Summary, boosts.Summary),
            (IndexField.Abstract, boosts.Abstract), (IndexField.Authors, boosts.Authors), (IndexField.Venue, boosts.Venue),
        ],
    };

    // A given name also matches the initial that some papers print for it; an initial matches every given name it begins.
    private static MultiPhraseQuery Name(IReadOnlyList<string> words)
    {
        var name = new MultiPhraseQuery { Slop = NameSlop };
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            Term[] spellings = word.Length > 1 && i < words.Count - 1
                ? [new Term(IndexField.Authors, word), new Term(IndexField.Authors, $"{word[0]}{AuthorNameFilter.PrintedInitial}")]
                : [new Term(IndexField.Authors, word)];
            name.Add(spellings);
        }
        return name;
    }

    private static PhraseQuery Phrase(string field, IEnumerable<string> terms, int slop)
    {
        var phrase = new PhraseQuery { Slop = slop };
        foreach (var term in terms)
            phrase.Add(new Term(field, term));
        return phrase;
    }

    private static BooleanQuery WithId(BooleanQuery words, string id, bool isEmpty)
    {
        var result = new BooleanQuery(disableCoord: true)
        {
            { new ConstantScoreQuery(new TermQuery(new Term(IndexField.Key, id))) { Boost = 1_000 }, Occur.SHOULD },
        };
        if (!isEmpty)
            result.Add(words, Occur.SHOULD);
        return result;
    }

    private DisjunctionMaxQuery BestOf(IEnumerable<Query> queries) => new([.. queries], boosts.TieBreaker);

    private static T Boosted<T>(T query, float boost) where T : Query
    {
        query.Boost = boost;
        return query;
    }

    private static bool IsBare(QueryGroup group) => group.Alternatives.All(c => c is WordsClause { IsBare: true });

    private static bool IsStopWord(QueryGroup group) =>
        group.Alternatives is [WordsClause { IsBare: true, Words: [var word] }] && StopWords.Contains(word);
}
