using DailyPapers.Papers;
using DailyPapers.Search.Correcting;
using DailyPapers.Search.Embedding;
using DailyPapers.Search.Highlighting;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Loading;
using DailyPapers.Search.Queries;
using DailyPapers.Search.Ranking;
using DailyPapers.Search.Retrieval;
using DailyPapers.Search.Semantic;
using DailyPapers.Search.Text;
using DailyPapers.Search.Vectors;
using DailyPapers.Storage;
using Lucene.Net.Index;
using Lucene.Net.Queries;
using Lucene.Net.Queries.Mlt;
using Lucene.Net.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Search;

/// <summary>Answers searches: Lucene finds, the database says what the papers are.</summary>
public sealed class PaperSearch
{
    /// <summary>Hits beyond this place cannot be paged to; a narrower query finds them sooner.</summary>
    public const int DeepestHit = 10_000;

    private const int LargestPage = 100;
    private const int SimilarTerms = 30;

    private readonly PaperIndex _index;
    private readonly IDbContextFactory<PapersDb> _contexts;
    private readonly TimeProvider _time;
    private readonly SemanticIndex _semantic;
    private readonly ILogger<PaperSearch> _log;
    private readonly QueryCompiler _compiler = new(new FieldBoosts());
    private readonly HybridSearch _hybrid;
    private readonly QueryCorrection _correction;
    private readonly PaperCache _papers;
    private readonly AnswerCache<AnswerKey, Answer> _answers = new();

    internal PaperSearch(PaperIndex index, SemanticIndex semantic, PaperCache papers, IDbContextFactory<PapersDb> contexts, TimeProvider time, ILogger<PaperSearch> log)
    {
        _semantic = semantic;
        _log = log;
        _correction = new QueryCorrection(_compiler);
        _hybrid = new HybridSearch(_compiler, new RankingWeights(), time);
        _index = index;
        _papers = papers;
        _contexts = contexts;
        _time = time;
    }

    /// <summary>
    /// Finds papers. When no paper has all the words, papers with most of them are found instead, and
    /// <see cref="SearchResults.Problem"/> says so. Equal hits are ordered by date, then by identity, so pages never overlap.
    /// </summary>
    public async Task<SearchResults> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        using var lease = _index.Acquire();
        if (lease is null || await AnswerAsync(request, lease, db, cancellationToken) is not { } answer)
            return new SearchResults([], 0, _time.GetElapsedTime(started), null, await NotBuiltAsync(db, cancellationToken));

        var papers = await LoadAsync(db, answer.Hits.Select(f => f.PaperId).ToArray(), cancellationToken);
        var highlighter = new Highlighter(answer.Query);
        var hits = answer.Hits
            .Where(f => papers.ContainsKey(f.PaperId))
            .Select(f => new SearchHit(papers[f.PaperId].Paper, f.Score, highlighter.Title(papers[f.PaperId]), highlighter.Excerpt(papers[f.PaperId])) { Explanation = f.Parts })
            .ToList();
        var total = answer.Total - (answer.Hits.Count - hits.Count);
        return new SearchResults(hits, total, _time.GetElapsedTime(started), answer.Problem, _index.Building)
        {
            Mode = answer.Mode,
            Correction = answer.Correction,
            Facets = answer.Facets,
        };
    }

    // Null when the index turned out to be damaged.
    private async Task<Answer?> AnswerAsync(SearchRequest request, SearcherLease lease, PapersDb db, CancellationToken cancellationToken)
    {
        var slugs = request.HasReproduction || request.WithFacets ? await LabSlugsAsync(db, cancellationToken) : [];
        using var meaning = request is { Sort: SearchSort.Relevance, Mode: not SearchMode.Lexical } ? _semantic.Acquire() : null;
        var reader = lease.Searcher.IndexReader;
        var key = new AnswerKey(
            request, meaning?.Vectors.Build, meaning?.Vectors.Version, string.Join(' ', slugs), DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime), T.Language);
        if (_answers.TryGet(reader, key, out var known))
            return known;
        try
        {
            var (answer, holds) = await FindAsync(request, slugs, lease.Searcher, meaning, db, cancellationToken);
            if (holds)
                _answers.Add(reader, key, answer);
            return answer;
        }
        catch (Exception) when (_index.IsDamaged(lease))
        {
            return null;
        }
    }

    // An answer holds when nothing but its key decides about it.
    private async Task<(Answer Answer, bool Holds)> FindAsync(
        SearchRequest request, List<string> slugs, IndexSearcher searcher, MeaningLease? meaning, PapersDb db, CancellationToken cancellationToken)
    {
        var query = QueryParser.Parse(request.Text);
        var problems = query.Problems.ToList();
        var page = PageOf(request, problems);
        if (AsksForNothing(query, request))
            return (new Answer([], 0, SearchMode.Lexical, null) { Query = query, Problem = Join(problems) }, true);

        var filter = await FilterOf(request, slugs, db, cancellationToken);
        var correction = request.Exact ? null : _correction.Find(searcher, query, request.Text, filter);
        if (correction is { IsShown: true })
            query = QueryParser.Parse(correction.Text);
        var (question, answered) = meaning is null ? (null, true) : await QuestionAsync(meaning, query, problems, cancellationToken);
        var answer = question is null
            ? FindByWords(searcher, query, filter, request, page, slugs, problems)
            : FindByBoth(searcher, query, filter, request, page, slugs, meaning!.Vectors, question);
        return (answer with { Correction = correction, Problem = Join(problems) }, answered && request.Edition is null);
    }

    /// <summary>The papers whose title, keywords and abstract are most like a paper's, most alike first; never the paper itself.</summary>
    /// <returns>An empty list when the paper is unknown or nothing is like it.</returns>
    public async Task<IReadOnlyList<Paper>> SimilarAsync(long paperId, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, LargestPage);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var paper = await db.Papers.AsNoTracking().SingleOrDefaultAsync(p => p.Id == paperId, cancellationToken);
        if (paper is null)
            return [];
        var found = SimilarInMeaning(paperId, count) ?? SimilarInWords(paper, count);
        var papers = await LoadAsync(db, [.. found], cancellationToken);
        return found.Where(papers.ContainsKey).Select(id => papers[id].Paper).ToList();
    }

    private List<long>? SimilarInMeaning(long paperId, int count)
    {
        using var meaning = _semantic.Acquire();
        if (meaning is null)
            return null;
        var vector = new float[meaning.Vectors.Dimensions];
        return meaning.Vectors.TryGetVector(paperId, vector)
            ? meaning.Vectors.Search(vector, count + 1).Select(hit => hit.PaperId).Where(id => id != paperId).Take(count).ToList()
            : null;
    }

    private List<long> SimilarInWords(Paper paper, int count)
    {
        using var lease = _index.Acquire();
        if (lease is null)
            return [];
        try
        {
            return FindSimilar(lease.Searcher, paper, count).ConvertAll(found => found.Id);
        }
        catch (Exception) when (_index.IsDamaged(lease))
        {
            return [];
        }
    }

    /// <summary>Where the index stands, for the health endpoint and the pages.</summary>
    public async Task<SearchStatus> StatusAsync(CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var now = await db.ReadContentVersionAsync(cancellationToken);
        // What is shown is asked for before the searcher is: the searcher can only be newer.
        var indexed = _index.Shown;
        using var lease = _index.Acquire();
        var isUpToDate = lease is not null && indexed.Lineage == now.Lineage && indexed.Number >= now.Number;
        var building = lease is null ? await NotBuiltAsync(db, cancellationToken) : _index.Building;
        return new SearchStatus(lease?.Searcher.IndexReader.NumDocs ?? 0, indexed, isUpToDate, building, _index.CanWrite) { Meaning = _semantic.StatusAt(now) };
    }

    private static (int Offset, int Size) PageOf(SearchRequest request, List<string> problems)
    {
        var size = Math.Clamp(request.PageSize, 1, LargestPage);
        if (size != request.PageSize)
            problems.Add(T["A page has 1 to {0} hits; {1} are shown.", LargestPage, size]);
        if (request.Page < 1)
            problems.Add(T["Pages are numbered from 1; the first is shown."]);
        var offset = (Math.Max(request.Page, 1) - 1L) * size;
        if (offset + size <= DeepestHit)
            return ((int)offset, size);
        problems.Add(T["Only the first {0:N0} hits can be paged through; narrow the search or change the order.", DeepestHit]);
        return (0, 0);
    }

    private static bool AsksForNothing(SearchQuery query, SearchRequest request) =>
        query.Groups.Count == 0 && query.WholeId is null && !string.IsNullOrWhiteSpace(request.Text);

    // The embedding of what the query asks, and false when the model did not answer.
    private async Task<(float[]? Question, bool Answered)> QuestionAsync(MeaningLease meaning, SearchQuery query, List<string> problems, CancellationToken cancellationToken)
    {
        if (HybridSearch.MeaningOf(query) is not { } text)
            return (null, true);
        try
        {
            return (await meaning.Model.EmbedQueryAsync(text, cancellationToken), true);
        }
        catch (EmbeddingException exception)
        {
            _log.LogWarning("A query could not be embedded: {Reason}", exception.Message);
            problems.Add(T["The embedding model does not answer; papers were found by words alone."]);
            return (null, false);
        }
    }

    private Answer FindByWords(
        IndexSearcher searcher, SearchQuery query, Filter? filter, SearchRequest request, (int Offset, int Size) page, IReadOnlyCollection<string> slugs, List<string> problems)
    {
        var compiled = _compiler.Compile(query, mostOnly: false, searcher.IndexReader);
        var (found, total) = Run(searcher, compiled, filter, request.Sort, page);
        if (total == 0 && QueryCompiler.CanAskForLess(query))
        {
            compiled = _compiler.Compile(query, mostOnly: true, searcher.IndexReader);
            (found, total) = Run(searcher, compiled, filter, request.Sort, page);
            if (total > 0)
                problems.Add(T["No paper has all of these words; papers with most of them are shown."]);
        }
        SearchFacets? facets = null;
        if (request.WithFacets)
        {
            var documents = new DocumentSet(searcher.IndexReader.MaxDoc);
            searcher.Search(compiled, filter, documents);
            facets = FacetCounting.Count(searcher.IndexReader, documents, slugs);
        }
        var hits = found.Select(f => new RankedHit(f.Id, -1, f.Score, request.WithExplanations ? WordsAlone(f.Score) : null)).ToList();
        return new Answer(hits, total, SearchMode.Lexical, facets) { Query = query };
    }

    private static List<ScorePart> WordsAlone(float score) => [new ScorePart("words", score, 1, T["every word, by BM25"])];

    // First what words and meaning rank together, then the papers with all the words that are not among them.
    private Answer FindByBoth(
        IndexSearcher searcher, SearchQuery query, Filter? filter, SearchRequest request, (int Offset, int Size) page, IReadOnlyCollection<string> slugs,
        VectorSnapshot vectors, float[] question)
    {
        var found = _hybrid.Rank(searcher, query, filter, vectors, question, request.Mode, request.WithExplanations);
        var ranked = found.Best;
        var hits = ranked.Skip(page.Offset).Take(page.Size).ToList();
        var matching = request.Mode is SearchMode.Hybrid ? found.Matching : null;
        if (matching is null)
        {
            matching = new DocumentSet(searcher.IndexReader.MaxDoc);
            if (request.Mode is SearchMode.Hybrid)
                searcher.Search(_compiler.CompileUnscored(query, searcher.IndexReader), filter, matching);
        }
        if (request.Mode is SearchMode.Hybrid)
        {
            if (hits.Count < page.Size && matching.Count > 0)
            {
                var known = ranked.Select(hit => hit.PaperId).ToHashSet();
                var skipped = Math.Max(0, page.Offset - ranked.Count);
                var (rest, _) = Run(searcher, _compiler.Compile(query, mostOnly: false, searcher.IndexReader), filter, SearchSort.Relevance, (0, page.Offset + page.Size + ranked.Count));
                hits.AddRange(rest.Where(f => !known.Contains(f.Id)).Skip(skipped).Take(page.Size - hits.Count)
                    .Select(f => new RankedHit(f.Id, -1, 0, request.WithExplanations ? [] : null)));
            }
        }
        foreach (var hit in ranked)
            matching.Add(hit.Document);
        return new Answer(hits, matching.Count, request.Mode, request.WithFacets ? FacetCounting.Count(searcher.IndexReader, matching, slugs) : null) { Query = query };
    }

    private static (IReadOnlyList<(long Id, float Score)> Found, int Total) Run(
        IndexSearcher searcher, Query query, Filter? filter, SearchSort sort, (int Offset, int Size) page)
    {
        var top = searcher.Search(query, filter, Math.Max(page.Offset + page.Size, 1), SortOf(sort), doDocScores: true, doMaxScore: false);
        return (IdsOf(searcher, top.ScoreDocs.Skip(page.Offset).Take(page.Size)), top.TotalHits);
    }

    private static Sort SortOf(SearchSort sort)
    {
        var newest = new SortField(IndexField.Published, SortFieldType.INT64, reverse: true);
        var oldest = new SortField(IndexField.Published, SortFieldType.INT64);
        var latest = new SortField(IndexField.Id, SortFieldType.INT64, reverse: true);
        return sort switch
        {
            SearchSort.Newest => new Sort(newest, latest),
            SearchSort.Oldest => new Sort(oldest, new SortField(IndexField.Id, SortFieldType.INT64)),
            SearchSort.Upvotes => new Sort(new SortField(IndexField.Upvotes, SortFieldType.INT64, reverse: true), newest, latest),
            _ => new Sort(SortField.FIELD_SCORE, newest, latest),
        };
    }

    private static List<(long Id, float Score)> IdsOf(IndexSearcher searcher, IEnumerable<ScoreDoc> docs)
    {
        var leaves = searcher.IndexReader.Leaves;
        var values = new NumericDocValues?[leaves.Count];
        var ids = new List<(long Id, float Score)>();
        foreach (var doc in docs)
        {
            var leaf = ReaderUtil.SubIndex(doc.Doc, leaves);
            values[leaf] ??= leaves[leaf].AtomicReader.GetNumericDocValues(IndexField.Id);
            ids.Add((values[leaf]!.Get(doc.Doc - leaves[leaf].DocBase), doc.Score));
        }
        return ids;
    }

    private static async Task<Filter?> FilterOf(
        SearchRequest request, IReadOnlyCollection<string> slugs, PapersDb db, CancellationToken cancellationToken)
    {
        var filter = new BooleanFilter();
        if (request.Category?.Trim() is { Length: > 0 } category)
            filter.Add(new TermFilter(new Term(IndexField.Category, category.ToLowerInvariant())), Occur.MUST);
        if (request.Keyword?.Trim() is { Length: > 0 } keyword)
            filter.Add(new TermFilter(new Term(IndexField.Keyword, PaperDocument.KeywordTerm(keyword))), Occur.MUST);
        if (request.From is not null || request.To is not null)
            filter.Add(FieldCacheRangeFilter.NewInt64Range(IndexField.Published, request.From?.DayNumber, request.To?.DayNumber, true, true), Occur.MUST);
        if (request.HasCode)
            filter.Add(new TermFilter(new Term(IndexField.HasCode, "1")), Occur.MUST);
        if (request.Venue?.Trim() is { Length: > 0 } venue)
            filter.Add(new TermFilter(new Term(IndexField.VenueName, PaperDocument.VenueTerm(venue))), Occur.MUST);
        if (request.Edition is { } edition)
        {
            // Putting a paper into an edition makes no change to the paper, so the database is asked.
            var ids = await db.EditionEntries.AsNoTracking()
                .Where(entry => db.Editions.Any(e => e.Id == entry.EditionId && e.Date >= edition.First && e.Date <= edition.Last))
                .Select(entry => entry.PaperId)
                .Distinct()
                .ToListAsync(cancellationToken);
            // The identity zero, which no paper has, stands for none.
            filter.Add(new TermsFilter([.. ids.DefaultIfEmpty(0).Select(PaperDocument.TermOf)]), Occur.MUST);
        }
        if (request.HasReproduction)
        {
            // The empty name, which no paper has, stands for none.
            filter.Add(new TermsFilter([.. slugs.DefaultIfEmpty("").Select(slug => new Term(IndexField.LabSlug, slug))]), Occur.MUST);
        }
        return filter.Clauses.Count > 0 ? filter : null;
    }

    // A run makes no change to its paper; the few lab names with runs are asked from the database, so they are never stale.
    private static Task<List<string>> LabSlugsAsync(PapersDb db, CancellationToken cancellationToken) =>
        db.ReproductionRuns.AsNoTracking().Select(r => r.LabSlug).Distinct().ToListAsync(cancellationToken);

    private static List<(long Id, float Score)> FindSimilar(IndexSearcher searcher, Paper paper, int count)
    {
        using var analyzer = new PaperAnalyzer();
        var like = new MoreLikeThis(searcher.IndexReader)
        {
            Analyzer = analyzer,
            FieldNames = [IndexField.Abstract],
            MinTermFreq = 1,
            MinDocFreq = 2,
            MinWordLen = 3,
            MaxQueryTerms = SimilarTerms,
            ApplyBoost = true,
            StopWords = null,
        };
        like.SetMaxDocFreqPct(20);
        // The title and the keywords say in a few words what the abstract says in many: each of theirs counts three times.
        var few = PlainText.OfTitle(paper.Title) + ". " + string.Join(". ", paper.Keywords) + ". ";
        var text = string.Concat(Enumerable.Repeat(few, 3)) + PlainText.OfProse(paper.Abstract ?? paper.Summary ?? "");
        var query = new BooleanQuery
        {
            { like.Like(new StringReader(text), IndexField.Abstract), Occur.MUST },
            { new TermQuery(PaperDocument.TermOf(paper.Id)), Occur.MUST_NOT },
        };
        return IdsOf(searcher, searcher.Search(query, count).ScoreDocs);
    }

    private async Task<IReadOnlyDictionary<long, ReadablePaper>> LoadAsync(PapersDb db, long[] ids, CancellationToken cancellationToken)
    {
        var papers = await _papers.LoadAsync(db, ids, cancellationToken);
        if (papers.Count < ids.Length)
            _index.Forget(ids.Where(id => !papers.ContainsKey(id)).ToList());
        return papers;
    }

    private static async Task<IndexBuild> NotBuiltAsync(PapersDb db, CancellationToken cancellationToken) =>
        new(0, await db.Papers.CountAsync(cancellationToken));

    private sealed record Answer(IReadOnlyList<RankedHit> Hits, int Total, SearchMode Mode, SearchFacets? Facets)
    {
        /// <summary>What was searched for, after any correction.</summary>
        public required SearchQuery Query { get; init; }

        public Correction? Correction { get; init; }

        public string? Problem { get; init; }
    }

    // What an answer hangs on beside the index: recency counts days, and whether a paper has a run is not in the index.
    private sealed record AnswerKey(SearchRequest Request, string? VectorsBuild, ContentVersion? Vectors, string LabSlugs, DateOnly Today, string Language);

    private static string? Join(List<string> problems) => problems.Count > 0 ? string.Join(' ', problems) : null;
}
