using System.Numerics.Tensors;

namespace DailyPapers.Lab.Architectures.InfiniteWidth;

/// <summary>How often an embedding's nearest neighbours belong to its own group.</summary>
public static class NeighbourPurity
{
    /// <summary>The mean share of the k nearest neighbours by cosine that are of the same group.</summary>
    /// <param name="embeddings">Vectors of one length, none of them zero.</param>
    /// <param name="groups">The group of each.</param>
    /// <param name="neighbours">k, from 1 to one less than there are embeddings.</param>
    /// <returns>From 0 to 1; for random vectors about the share of the group among the others.</returns>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double Measure(IReadOnlyList<ReadOnlyMemory<float>> embeddings, IReadOnlyList<int> groups, int neighbours)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(groups);
        if (embeddings.Count != groups.Count)
            throw new ArgumentException($"Expected a group for each of {embeddings.Count} embeddings, but got {groups.Count}.", nameof(groups));
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(neighbours, embeddings.Count);
        var alike = 0;
        var similarities = new float[embeddings.Count];
        var others = new int[embeddings.Count];
        for (var i = 0; i < embeddings.Count; i++)
        {
            for (var j = 0; j < embeddings.Count; j++)
                (similarities[j], others[j]) = (j == i ? float.PositiveInfinity : -TensorPrimitives.CosineSimilarity(embeddings[i].Span, embeddings[j].Span), j);
            Array.Sort(similarities, others);
            alike += others.Take(neighbours).Count(j => groups[j] == groups[i]);
        }
        return alike / ((double)embeddings.Count * neighbours);
    }
}
