using DailyPapers.Search.Indexing;
using DailyPapers.Search.Queries;
using DailyPapers.Search.Retrieval;
using DailyPapers.Search.Vectors;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace DailyPapers.Search.Ranking;

/// <summary>
/// Finds papers by words and by meaning, and orders them by both. What a query requires or excludes (phrases, fields,
/// years) and the filters hold for what meaning finds too.
/// </summary>
internal sealed class HybridSearch(QueryCompiler compiler, RankingWeights weights, TimeProvider time)
{
    // Deep enough that what only one side ranks high is still there when both are put together.
    private const int Depth = 200;

    // Farther papers have nothing to do with the query; without this every query would find something.
    private const float LeastCosine = 0.3f;

    private readonly HybridRanking _ranking = new(weights);

    /// <summary>What the query asks the model, or null when it names only fields, identifiers and what it excludes.</summary>
    public static string? MeaningOf(SearchQuery query)
    {
        var words = query.Groups.Where(g => !g.IsExcluded)
            .SelectMany(g => g.Alternatives)
            .OfType<WordsClause>()
            .Where(c => c.Scope is QueryScope.Anywhere or QueryScope.Title or QueryScope.Abstract or QueryScope.Keywords)
            .SelectMany(c => c.Words);
        var text = string.Join(' ', words);
        return query.WholeId is null && text.Length > 0 ? text : null;
    }

    /// <summary>The best candidates, best first.</summary>
    public HybridHits Rank(
        IndexSearcher searcher, SearchQuery query, Filter? filter, VectorSnapshot vectors, ReadOnlySpan<float> question, SearchMode mode, bool explain)
    {
        var named = NamedDocuments(searcher, query, filter);
        var compiled = compiler.CompileRanked(query, searcher.IndexReader);
        var documents = new Dictionary<long, int>();
        var words = new Dictionary<long, float>();
        var attainable = 0f;
        // To compare the places of a phrase is dear: where all that is required decides, the walk over the words finds it on its way.
        var allowed = mode is SearchMode.Hybrid && !compiled.NeedsMatch ? new DocumentSet(searcher.IndexReader.MaxDoc) : null;
        if (mode is not SearchMode.Semantic)
        {
            var found = LexicalRetrieval.Best(searcher, compiled, filter, Depth, allowed);
            attainable = found.Attainable;
            for (var i = 0; i < found.PaperIds.Length; i++)
            {
                documents[found.PaperIds[i]] = found.Documents[i];
                words[found.PaperIds[i]] = found.Scores[i];
            }
        }
        allowed ??= Allowed(searcher, compiled.Constraint(), filter);
        var rows = allowed is null ? null : RowsOf(searcher.IndexReader, allowed, vectors);
        var near = vectors.Search(question, Depth, rows).Where(hit => hit.Score >= LeastCosine).ToList();
        foreach (var hit in near)
        {
            // A paper that has a vector but no document is not in the index yet, or no longer: it is left out.
            if (!documents.ContainsKey(hit.PaperId) && PaperTable.Find(searcher.IndexReader, hit.PaperId) is >= 0 and var document)
                documents[hit.PaperId] = document;
        }

        var ids = documents.Keys.ToArray();
        var cosines = new float[ids.Length];
        vectors.Score(question, ids, cosines);
        var candidates = CandidatesOf(searcher.IndexReader, ids, cosines, words, documents, named);
        var hits = _ranking.Order(candidates, attainable, explain)
            .Select(ranked => new RankedHit(ranked.Candidate.PaperId, documents[ranked.Candidate.PaperId], (float)ranked.Score, ranked.Parts));
        return new HybridHits([.. hits], compiled.NeedsMatch ? null : allowed);
    }

    private List<Candidate> CandidatesOf(
        IndexReader reader, long[] ids, float[] cosines, Dictionary<long, float> words, Dictionary<long, int> documents, DocumentSet? named)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber;
        var days = new NumericDocValues?[reader.Leaves.Count];
        var upvotes = new NumericDocValues?[reader.Leaves.Count];
        var candidates = new List<Candidate>(ids.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            var document = documents[ids[i]];
            var leaf = ReaderUtil.SubIndex(document, reader.Leaves);
            var segment = reader.Leaves[leaf];
            days[leaf] ??= segment.AtomicReader.GetNumericDocValues(IndexField.Published);
            upvotes[leaf] ??= segment.AtomicReader.GetNumericDocValues(IndexField.Upvotes);
            candidates.Add(new Candidate(ids[i], words.TryGetValue(ids[i], out var score) ? score : null, float.IsNaN(cosines[i]) ? null : cosines[i])
            {
                AgeInDays = today - (int)days[leaf]!.Get(document - segment.DocBase),
                Upvotes = upvotes[leaf]!.Get(document - segment.DocBase),
                IsNamed = named?.Contains(document) is true,
            });
        }
        return candidates;
    }

    private static DocumentSet? NamedDocuments(IndexSearcher searcher, SearchQuery query, Filter? filter)
    {
        if (QueryCompiler.CompileNamed(query, searcher.IndexReader) is not { } named)
            return null;
        var documents = new DocumentSet(searcher.IndexReader.MaxDoc);
        searcher.Search(named, filter, documents);
        return documents;
    }

    private static DocumentSet? Allowed(IndexSearcher searcher, Query? constraint, Filter? filter)
    {
        if (constraint is null && filter is null)
            return null;
        var documents = new DocumentSet(searcher.IndexReader.MaxDoc);
        searcher.Search(constraint ?? new MatchAllDocsQuery(), filter, documents);
        return documents;
    }

    private static RowSet RowsOf(IndexReader reader, DocumentSet documents, VectorSnapshot vectors)
    {
        var rows = new RowSet(vectors);
        foreach (var segment in reader.Leaves)
        {
            if (segment.AtomicReader.GetNumericDocValues(IndexField.Id) is not { } ids)
                continue;
            foreach (var document in documents.In(segment))
            {
                if (vectors.TryGetRow(ids.Get(document), out var row))
                    rows.Add(row);
            }
        }
        return rows;
    }
}
