using System.Globalization;
using DailyPapers.Embedding;
using DailyPapers.Papers;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Queries;
using DailyPapers.Search.Ranking;
using DailyPapers.Search.Retrieval;
using DailyPapers.Search.Vectors;
using DailyPapers.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace DailyPapers.Search.Evaluation;

/// <summary>Our own search over a collection's documents, without the database: by words, by meaning or by both.</summary>
internal sealed class OwnRetriever : IRetriever
{
    private const string Lineage = "evaluation";
    private const int BatchSize = 2_000;

    private readonly IReadOnlyList<JudgedDocument> _documents;
    private readonly SearchMode _mode;
    private readonly StaticEmbeddingModel _model;
    private readonly PaperIndex _index;
    private readonly VectorIndex? _vectors;
    private readonly LexicalRetrieval _lexical;
    private readonly HybridSearch _hybrid;

    private OwnRetriever(IReadOnlyList<JudgedDocument> documents, SearchMode mode, StaticEmbeddingModel model, PaperIndex index, VectorIndex? vectors)
    {
        _documents = documents;
        _mode = mode;
        _model = model;
        _index = index;
        _vectors = vectors;
        var compiler = new QueryCompiler(new FieldBoosts());
        _lexical = new LexicalRetrieval(compiler);
        _hybrid = new HybridSearch(compiler, new RankingWeights(), TimeProvider.System);
    }

    public static IRetriever Open(SearchMode mode, StaticEmbeddingModel model, IReadOnlyList<JudgedDocument> documents, string folder, CancellationToken cancellationToken)
    {
        var index = new PaperIndex(new DataDirectory(folder), NullLogger<PaperIndex>.Instance);
        VectorIndex? vectors = null;
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
            if (mode is not SearchMode.Lexical)
                vectors = Embed(model, documents, Path.Combine(folder, "vectors"), cancellationToken);
            return new OwnRetriever(documents, mode, model, index, vectors);
        }
        catch
        {
            vectors?.Dispose();
            index.Dispose();
            throw;
        }
    }

    public IReadOnlyList<RankedDocument> Retrieve(string query, int depth)
    {
        using var lease = _index.Acquire() ?? throw new InvalidOperationException("The search index was closed.");
        var parsed = QueryParser.Parse(query);
        if (_vectors is null || HybridSearch.MeaningOf(parsed) is not { } meaning)
        {
            var found = _lexical.Best(lease.Searcher, parsed, filter: null, depth);
            return [.. found.PaperIds.Zip(found.Scores, (id, score) => new RankedDocument(IdOf(id), score))];
        }
        Span<float> question = new float[_vectors.Dimensions];
        _model.EmbedQuery(meaning, question);
        using var vectors = _vectors.Acquire();
        return [.. _hybrid.Rank(lease.Searcher, parsed, filter: null, vectors, question, _mode, explain: false).Best
            .Take(depth)
            .Select(hit => new RankedDocument(IdOf(hit.PaperId), hit.Score))];
    }

    public void Dispose()
    {
        _vectors?.Dispose();
        _index.Dispose();
    }

    private string IdOf(long paperId) => _documents[(int)paperId - 1].Id;

    private static VectorIndex Embed(StaticEmbeddingModel model, IReadOnlyList<JudgedDocument> documents, string folder, CancellationToken cancellationToken)
    {
        var vectors = VectorIndex.OpenToWrite(folder, model.Id, model.Dimensions, Lineage, NullLogger.Instance)
            ?? throw new IOException($"Another process writes the vectors in '{folder}'.");
        foreach (var batch in documents.Select((document, position) => (Document: document, Id: position + 1L)).Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = batch.Select(entry =>
            {
                var vector = new float[model.Dimensions];
                model.Embed(PaperText.Compose(entry.Document.Title, entry.Document.Keywords, entry.Document.Text, model.TitleCount), vector);
                return (entry.Id, (ReadOnlyMemory<float>)vector);
            });
            vectors.Write([.. rows], new ContentVersion(Lineage, batch[^1].Id));
        }
        vectors.Commit();
        return vectors;
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
