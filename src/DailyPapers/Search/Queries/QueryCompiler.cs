using DailyPapers.Papers;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Retrieval;
using DailyPapers.Search.Text;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace DailyPapers.Search.Queries;

/// <summary>Turns a query as understood into what Lucene runs.</summary>
internal sealed class QueryCompiler(FieldBoosts boosts)
{
    private const float OpenWorth = 0.2f;
    private const float PartWorth = 0.5f;
    private const int NameSlop = 3;
    private const int TitleSlop = 2;
    private const int FewestForPhrase = 2;
    private const int LongestName = 5;

    /// <summary>
    /// All groups are required; stop words only where nothing else is asked for. With <paramref name="mostOnly"/>, two thirds of the bare words
    /// are enough; phrases, fields and exclusions always hold.
    /// </summary>
    public Query Compile(SearchQuery query, bool mostOnly, IndexReader reader)
    {
        var (wanted, required) = Parts(query, reader);
        var result = new BooleanQuery(disableCoord: true);
        var bare = required.Where(IsBare).ToList();
        foreach (var group in required.Where(g => !IsBare(g)))
            result.Add(Compile(group), Occur.MUST);
        AddBare(result, bare, mostOnly ? Math.Max(1, bare.Count * 2 / 3) : bare.Count);
        foreach (var word in CompletionsIn(required, reader))
            result.Add(Boosted(new TermQuery(new Term(IndexField.Text, word.Term)), word.Weight), Occur.SHOULD);
        foreach (var near in Nearness(wanted, reader))
            result.Add(near, Occur.SHOULD);
        foreach (var group in query.Groups.Where(g => g.IsExcluded))
            result.Add(Compile(group), Occur.MUST_NOT);
        if (required.Count == 0)
            result.Add(new MatchAllDocsQuery(), Occur.MUST);
        return query.WholeId is { } id ? WithId(result, id, isEmpty: query.Groups.Count == 0) : result;
    }

    /// <summary>What finds the same papers as <see cref="Compile(SearchQuery, bool, IndexReader)"/> with all words, to count them: nothing is scored.</summary>
    public Query CompileUnscored(SearchQuery query, IndexReader reader)
    {
        var (_, required) = Parts(query, reader);
        var result = new BooleanQuery(disableCoord: true);
        foreach (var group in required)
            result.Add(Compile(group), Occur.MUST);
        foreach (var group in query.Groups.Where(g => g.IsExcluded))
            result.Add(Compile(group), Occur.MUST_NOT);
        if (required.Count == 0)
            result.Add(new MatchAllDocsQuery(), Occur.MUST);
        return query.WholeId is { } id ? WithId(result, id, isEmpty: query.Groups.Count == 0) : result;
    }

    /// <summary>
    /// Any of the bare words finds a paper; phrases, fields, prefixes, exclusions and, beside other words, what is joined by
    /// <c>OR</c> always hold.
    /// </summary>
    public RankedQuery CompileRanked(SearchQuery query, IndexReader reader)
    {
        var (wanted, required) = Parts(query, reader);
        var words = new Dictionary<string, RankedWord>(StringComparer.Ordinal);
        var others = new List<Query>();
        var always = new BooleanQuery(disableCoord: true);
        foreach (var group in required)
        {
            if (!IsBare(group))
            {
                always.Add(Compile(group), Occur.MUST);
                continue;
            }
            if (group.Alternatives.Count > 1 && required.Count > 1)
                always.Add(Unscored(Compile(group)), Occur.MUST);
            foreach (var clause in group.Alternatives.OfType<WordsClause>())
                AddWishes(clause, words, others);
        }
        var needsMatch = words.Count > 0 || others.Count > 0;
        foreach (var word in CompletionsIn(required, reader))
            words.TryAdd(word.Term, word);
        if (query.WholeId is { } id)
        {
            others.Add(WithKey(id));
            needsMatch = true;
        }
        else if (required.Count == 0)
        {
            always.Add(Unscored(new MatchAllDocsQuery()), Occur.MUST);
        }
        var never = new BooleanQuery(disableCoord: true);
        foreach (var group in query.Groups.Where(g => g.IsExcluded))
            never.Add(Compile(group), Occur.SHOULD);
        return new RankedQuery(
            [.. words.Values], others, [.. Nearness(wanted, reader)], always.Clauses.Count > 0 ? always : null, never.Clauses.Count > 0 ? never : null, needsMatch);
    }

    /// <summary>The papers that the query names, by their identifier or by an author's whole name; null when it can name none.</summary>
    public static Query? CompileNamed(SearchQuery query, IndexReader reader)
    {
        if (query.WholeId is { } id)
            return WithKey(id);
        var groups = query.Groups.Where(g => !g.IsExcluded).ToList();
        if (groups.Count < FewestForPhrase || !groups.TrueForAll(g => g.Alternatives is [WordsClause { IsBare: true, Form: not WordsForm.Joined }]))
            return null;
        var words = groups.SelectMany(g => ((WordsClause)g.Alternatives[0]).Words).ToList();
        return CanBeName(words, reader) ? Name(words) : null;
    }

    /// <summary>True when <see cref="Compile(SearchQuery, bool, IndexReader)"/> with most words only asks for less than with all.</summary>
    public static bool CanAskForLess(SearchQuery query) =>
        query.Groups.Count(g => !g.IsExcluded && IsBare(g) && !IsStopWord(g)) >= FewestForPhrase;

    private static (List<QueryGroup> Wanted, List<QueryGroup> Required) Parts(SearchQuery query, IndexReader reader)
    {
        var wanted = query.Groups.Where(g => !g.IsExcluded).Select(g => OpenWords.Settle(g, reader)).ToList();
        var meaningful = wanted.Where(g => !IsStopWord(g)).ToList();
        return (wanted, meaningful.Count > 0 ? meaningful : wanted);
    }

    private static void AddWishes(WordsClause clause, Dictionary<string, RankedWord> words, List<Query> others)
    {
        void Add(string term, float weight) =>
            words[term] = new RankedWord(term, weight + (words.TryGetValue(term, out var known) ? known.Weight : 0));

        if (clause.Form is not WordsForm.Joined)
        {
            Add(TermOf(clause.Words[0]), 1);
        }
        else if (clause.Words.All(Words.IsIdeograph))
        {
            // Nothing separates the words of these scripts: single characters say little.
            others.Add(Phrase(IndexField.Title, clause.Words, slop: 0));
            others.Add(Phrase(IndexField.Abstract, clause.Words, slop: 0));
        }
        else
        {
            Add(Stemmer.Stem(string.Concat(clause.Words)), 1);
            foreach (var word in clause.Words.Where(w => !StopWords.Contains(w)))
                Add(Stemmer.Stem(word), PartWorth);
        }
    }

    private static IEnumerable<RankedWord> CompletionsIn(List<QueryGroup> required, IndexReader reader) =>
        from clause in required.SelectMany(g => g.Alternatives).OfType<WordsClause>()
        where clause is { Scope: QueryScope.Anywhere, Form: WordsForm.Open or WordsForm.Prefix }
        from word in OpenWords.Complete(clause.Words[0], clause.Form is WordsForm.Open ? OpenWorth : 1, reader)
        select word;

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
    private IEnumerable<Query> Nearness(List<QueryGroup> wanted, IndexReader reader)
    {
        var words = wanted
            .Where(g => g.Alternatives.Count == 1)
            .Select(g => g.Alternatives[0])
            .OfType<WordsClause>()
            .Where(c => c.IsBare)
            .SelectMany(c => c.Words)
            .ToList();
        if (words.Count < FewestForPhrase)
            yield break;
        yield return Boosted(Phrase(IndexField.Title, words.Select(Stemmer.Stem), TitleSlop), boosts.TitlePhrase);
        if (CanBeName(words, reader))
            yield return Boosted(Name(words), boosts.NamePhrase);
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
        WordsForm.Open => Word(clause.Scope, clause.Words[0]).Concat(Prefix(clause.Scope, clause.Words[0])),
        WordsForm.Prefix => Prefix(clause.Scope, clause.Words[0]),
        WordsForm.Joined => Adjacent(clause.Scope, clause.Words).Concat(Word(clause.Scope, string.Concat(clause.Words))),
        _ when clause.Words.Count == 1 => Word(clause.Scope, clause.Words[0]),
        _ => Adjacent(clause.Scope, clause.Words),
    };

    private IEnumerable<Query> Word(QueryScope scope, string word)
    {
        if (scope is QueryScope.Anywhere)
            return [new TermQuery(new Term(IndexField.Text, TermOf(word)))];
        var stem = Stemmer.Stem(word);
        return FieldsIn(scope).Select(f => Boosted(new TermQuery(new Term(f.Field, f.Field is IndexField.Authors ? word : stem)), f.Boost));
    }

    // The text has the identifier without version.
    private static string TermOf(string word) =>
        char.IsAsciiDigit(word[0]) && ArxivId.TryParse(word, out var arxiv) ? arxiv.Id : Stemmer.Stem(word);

    private IEnumerable<Query> Adjacent(QueryScope scope, IReadOnlyList<string> words)
    {
        var stems = words.Select(Stemmer.Stem).ToList();
        foreach (var (field, boost) in FieldsIn(scope))
            yield return Boosted<Query>(field is IndexField.Authors ? Name(words) : Phrase(field, stems, slop: 0), boost);
    }

    // Anywhere, the completions are scored as words of their own.
    private IEnumerable<Query> Prefix(QueryScope scope, string beginning) => scope is QueryScope.Anywhere
        ? [Boosted(Beginning(IndexField.Text, beginning), 0), Boosted(Beginning(IndexField.Spelling, beginning), 0)]
        : FieldsIn(scope).Select(f => Boosted(Beginning(f.Field, beginning), f.Boost));

    private static PrefixQuery Beginning(string field, string beginning) =>
        new(new Term(field, beginning)) { MultiTermRewriteMethod = MultiTermQuery.CONSTANT_SCORE_FILTER_REWRITE };

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

    // Most words are nobody's name: a look into the dictionary is much cheaper than a phrase that finds nothing.
    private static bool CanBeName(List<string> words, IndexReader reader) =>
        words.Count <= LongestName && words.TrueForAll(word => reader.DocFreq(new Term(IndexField.Authors, word)) > 0);

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
        var result = new BooleanQuery(disableCoord: true) { { WithKey(id), Occur.SHOULD } };
        if (!isEmpty)
            result.Add(words, Occur.SHOULD);
        return result;
    }

    private static ConstantScoreQuery WithKey(string id) => new(new TermQuery(new Term(IndexField.Key, id))) { Boost = 1_000 };

    private static ConstantScoreQuery Unscored(Query query) => new(query) { Boost = 0 };

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
