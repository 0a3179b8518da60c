using System.Numerics.Tensors;

namespace DailyPapers.Lab.Retrieval;

/// <summary>
/// Composes an epoch's batches such that a share of each comes from a few topics: papers near each other are the negatives that
/// are hard to tell apart. Topics are spherical k-means clusters of the papers' vectors so far.
/// </summary>
internal static class TopicBatches
{
    private const int PapersPerTopic = 100;
    private const int Rounds = 6;
    private const int Multiple = 64;

    /// <summary>Numbers each paper's topic.</summary>
    /// <param name="vectors">The papers' unit vectors, one after the other.</param>
    /// <param name="dimensions">Numbers of a vector.</param>
    /// <param name="random">Chooses the first centres.</param>
    /// <param name="parallel">How many threads compute.</param>
    public static int[] Topics(float[] vectors, int dimensions, Random random, ParallelOptions parallel)
    {
        var papers = vectors.Length / dimensions;
        var count = (Math.Max(1, papers / PapersPerTopic) + Multiple - 1) / Multiple * Multiple;
        var centres = new float[count * dimensions];
        for (var i = 0; i < count; i++)
            vectors.AsSpan(random.Next(papers) * dimensions, dimensions).CopyTo(centres.AsSpan(i * dimensions));
        var topics = new int[papers];
        var transposed = new float[centres.Length];
        for (var round = 0; round < Rounds; round++)
        {
            DenseAlgebra.Transpose(centres, transposed, count, dimensions);
            Assign(vectors, transposed, topics, dimensions, count, parallel);
            Recentre(vectors, centres, topics, dimensions);
        }
        return topics;
    }

    /// <summary>Orders papers so that each consecutive batch holds the share of papers by topic, the others at random.</summary>
    public static int[] Order(int[]? topics, int papers, int batchSize, float share, Random random)
    {
        var order = Enumerable.Range(0, papers).ToArray();
        random.Shuffle(order);
        if (topics is null)
            return order;
        var byTopic = (int)(papers * share);
        var topicOrder = Enumerable.Range(0, topics.Max() + 1).ToArray();
        random.Shuffle(topicOrder);
        var near = new Queue<int>(order[..byTopic].OrderBy(paper => topicOrder[topics[paper]]));
        var far = new Queue<int>(order[byTopic..]);
        var nearPerBatch = (int)(batchSize * share);
        for (var i = 0; i < papers; i++)
        {
            var wantsNear = i % batchSize < nearPerBatch;
            order[i] = (wantsNear && near.Count > 0) || far.Count == 0 ? near.Dequeue() : far.Dequeue();
        }
        return order;
    }

    private static void Assign(float[] vectors, float[] transposed, int[] topics, int dimensions, int count, ParallelOptions parallel)
    {
        const int papersAtOnce = 4096;
        for (var start = 0; start < topics.Length; start += papersAtOnce)
        {
            var part = vectors[(start * dimensions)..(Math.Min(topics.Length, start + papersAtOnce) * dimensions)];
            var rows = part.Length / dimensions;
            var scores = new float[rows * count];
            DenseAlgebra.Multiply(part, transposed, scores, rows, dimensions, count, parallel);
            for (var i = 0; i < rows; i++)
                topics[start + i] = TensorPrimitives.IndexOfMax<float>(scores.AsSpan(i * count, count));
        }
    }

    private static void Recentre(float[] vectors, float[] centres, int[] topics, int dimensions)
    {
        Array.Clear(centres);
        for (var paper = 0; paper < topics.Length; paper++)
            DenseAlgebra.AddScaled(vectors.AsSpan(paper * dimensions, dimensions), 1, centres.AsSpan(topics[paper] * dimensions, dimensions));
        for (var i = 0; i < centres.Length; i += dimensions)
        {
            var centre = centres.AsSpan(i, dimensions);
            TensorPrimitives.Divide(centre, MathF.Max(TensorPrimitives.Norm(centre), 1e-12f), centre);
        }
    }
}
