using System.Numerics.Tensors;
using DailyPapers.Embedding;

namespace DailyPapers.Lab.Retrieval;

/// <summary>Documents as vectors of a model, each compared with the query.</summary>
public sealed class EmbeddingIndex
{
    private readonly StaticEmbeddingModel _model;
    private readonly float[] _vectors;

    /// <summary>Embeds documents.</summary>
    public EmbeddingIndex(StaticEmbeddingModel model, IReadOnlyList<RetrievalDocument> documents, ParallelOptions parallel)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(documents);
        _model = model;
        _vectors = new float[documents.Count * model.Dimensions];
        Parallel.For(0, documents.Count, parallel, i => model.Embed(documents[i].Text(model.TitleCount), _vectors.AsSpan(i * model.Dimensions, model.Dimensions)));
    }

    /// <summary>Writes every document's cosine with a query, of the first <paramref name="dimensions"/> numbers.</summary>
    public void Score(string query, float[] scores, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var whole = new float[_model.Dimensions];
        _model.EmbedQuery(query, whole);
        var vector = whole.AsSpan(0, dimensions);
        for (var i = 0; i < scores.Length; i++)
        {
            var document = _vectors.AsSpan(i * whole.Length, dimensions);
            scores[i] = TensorPrimitives.Dot(vector, document);
            if (dimensions < whole.Length)
                scores[i] /= MathF.Max(TensorPrimitives.Norm(document), 1e-12f);
        }
    }

    /// <summary>The mean share of a query's <paramref name="wanted"/> nearest documents that are among the <paramref name="candidates"/> nearest by the signs of their numbers alone.</summary>
    public double SignRecall(IReadOnlyList<RetrievalQuery> queries, int wanted, int candidates, ParallelOptions parallel)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var dimensions = _model.Dimensions;
        var documents = _vectors.Length / dimensions;
        var signs = Array.ConvertAll(_vectors, value => value > 0 ? 1f : -1f);
        var recalls = new double[queries.Count];
        Parallel.For(0, queries.Count, parallel, at =>
        {
            var scores = new float[documents];
            Score(queries[at].Text, scores, dimensions);
            var vector = new float[dimensions];
            _model.EmbedQuery(queries[at].Text, vector);
            var querySigns = Array.ConvertAll(vector, value => value > 0 ? 1f : -1f);
            var bySign = new float[documents];
            for (var i = 0; i < documents; i++)
                bySign[i] = TensorPrimitives.Dot<float>(querySigns, signs.AsSpan(i * dimensions, dimensions));
            var nearest = Best(bySign, candidates).ToHashSet();
            recalls[at] = Best(scores, wanted).Count(nearest.Contains) / (double)wanted;
        });
        return recalls.Average();
    }

    /// <summary>The documents of the highest scores, best first.</summary>
    internal static int[] Best(float[] scores, int count)
    {
        var numbers = Enumerable.Range(0, scores.Length).ToArray();
        var keys = Array.ConvertAll(scores, score => -score);
        Array.Sort(keys, numbers);
        return numbers[..Math.Min(count, numbers.Length)];
    }
}
