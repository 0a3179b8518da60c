using System.Globalization;
using DailyPapers.Papers;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Queries;
using DailyPapers.Storage;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.Extensions.Logging.Abstractions;

namespace DailyPapers.Search.Evaluation;

/// <summary>
/// Our index and query language without the database. Papers with all words come first, as the search shows them; then, to the
/// depth asked for, those with most of them.
/// </summary>
internal sealed class LexicalRetriever : IRetriever
{
    private const string Lineage = "evaluation";
    private const int BatchSize = 2_000;

    private readonly PaperIndex _index;
    private readonly IReadOnlyList<JudgedDocument> _documents;
    private readonly QueryCompiler _compiler = new(new FieldBoosts());

    private LexicalRetriever(PaperIndex index, IReadOnlyList<JudgedDocument> documents)
    {
        _index = index;
        _documents = documents;
    }

    public static IRetriever Open(IReadOnlyList<JudgedDocument> documents, string folder, CancellationToken cancellationToken)
    {
        var index = new PaperIndex(new DataDirectory(folder), NullLogger<PaperIndex>.Instance);
        try
        {
            if (!index.TryOpenToWrite(Lineage))
                throw new IOException($"Another process writes the search index in '{folder}'.");
            foreach (var batch in documents.Select(PaperOf).Chunk(BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                index.Write(batch, new ContentVersion(Lineage, batch[^1].Id));
            }
            index.Commit();
            index.Refresh();
            return new LexicalRetriever(index, documents);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    public IReadOnlyList<RankedDocument> Retrieve(string query, int depth)
    {
        using var lease = _index.Acquire() ?? throw new InvalidOperationException("The search index was closed.");
        var parsed = QueryParser.Parse(query);
        var ranking = Run(lease.Searcher, _compiler.Compile(parsed, mostOnly: false), depth);
        if (ranking.Count == depth || !QueryCompiler.CanAskForLess(parsed))
            return ranking;
        var found = ranking.Select(hit => hit.Id).ToHashSet(StringComparer.Ordinal);
        // Every paper with all words is also one with most of them, so the depth suffices to fill the ranking.
        ranking.AddRange(Run(lease.Searcher, _compiler.Compile(parsed, mostOnly: true), depth).Where(hit => !found.Contains(hit.Id)).Take(depth - ranking.Count));
        return ranking;
    }

    public void Dispose() => _index.Dispose();

    private List<RankedDocument> Run(IndexSearcher searcher, Query query, int depth)
    {
        var ranking = new List<RankedDocument>();
        var leaves = searcher.IndexReader.Leaves;
        foreach (var hit in searcher.Search(query, depth).ScoreDocs)
        {
            var leaf = leaves[ReaderUtil.SubIndex(hit.Doc, leaves)];
            var id = leaf.AtomicReader.GetNumericDocValues(IndexField.Id).Get(hit.Doc - leaf.DocBase);
            ranking.Add(new RankedDocument(_documents[(int)id - 1].Id, hit.Score));
        }
        return ranking;
    }

    private static IndexedPaper PaperOf(JudgedDocument document, int position) => new(
        position + 1,
        position + 1,
        "d" + (position + 1).ToString(CultureInfo.InvariantCulture),
        ArxivId: null,
        Doi: null,
        document.Title,
        [.. document.Authors.Select(name => new Author { Name = name })],
        Summary: null,
        document.Text,
        [.. document.Keywords],
        Categories: [],
        Venue: null,
        Topic: null,
        new DateOnly(document.Year is > 0 and < 9999 ? document.Year.Value : 2000, 1, 1),
        Upvotes: 0,
        HasCode: false,
        LabSlug: null);
}
