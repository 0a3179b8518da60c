using System.Numerics.Tensors;
using DailyPapers.Search.Semantic;

namespace DailyPapers.Editions.Publishing;

/// <summary>How alike papers are: the cosine of their vectors.</summary>
internal static class PaperLikeness
{
    /// <summary>Likeness by the papers' places in <paramref name="paperIds"/>; 0 where a paper has no vector.</summary>
    public static Func<int, int, double> Among(IReadOnlyList<long> paperIds, SemanticIndex index)
    {
        using var lease = index.Acquire();
        if (lease is null)
            return (_, _) => 0;
        var vectors = new float[]?[paperIds.Count];
        for (var i = 0; i < paperIds.Count; i++)
        {
            var vector = new float[lease.Vectors.Dimensions];
            vectors[i] = lease.Vectors.TryGetVector(paperIds[i], vector) ? vector : null;
        }
        return (one, other) => vectors[one] is { } left && vectors[other] is { } right ? TensorPrimitives.CosineSimilarity(left, right) : 0;
    }
}
