using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.LongTail;

/// <summary>Classification by the nearest training examples, in Euclidean distance. With one neighbour it fits every training example.</summary>
public static class NearestNeighbours
{
    private const int Chunk = 1000;

    /// <summary>The class that most of the k nearest have; of several such classes, that of the nearest example.</summary>
    /// <param name="inputs">Training inputs, (n, d).</param>
    /// <param name="labels">Training classes, (n,), int64.</param>
    /// <param name="queries">(m, d).</param>
    /// <param name="neighbours">k, from 1 to n.</param>
    /// <returns>(m,), int64.</returns>
    public static Tensor Classify(Tensor inputs, Tensor labels, Tensor queries, int neighbours)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(queries);
        if (inputs.dim() != 2 || queries.dim() != 2 || inputs.shape[1] != queries.shape[1] || labels.dim() != 1 || labels.shape[0] != inputs.shape[0])
            throw new ArgumentException($"Expected inputs (n, d), labels (n) and queries (m, d), not [{string.Join(", ", inputs.shape)}], [{string.Join(", ", labels.shape)}] and [{string.Join(", ", queries.shape)}].", nameof(queries));
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(neighbours, inputs.shape[0]);
        using var scope = NewDisposeScope();
        // Votes weigh a little more the nearer they are: less than one vote in all, so that this decides between equals only.
        var votes = arange(neighbours, dtype: float32).mul(-0.5 / neighbours / neighbours).add(1).reshape(1, -1, 1);
        var squares = inputs.square().sum(1);
        var classes = new List<Tensor>();
        for (var from = 0L; from < queries.shape[0]; from += Chunk)
        {
            var part = queries.narrow(0, from, Math.Min(Chunk, queries.shape[0] - from));
            // |a − b|² up to |a|², which is the same for all training examples.
            var nearest = (squares - part.mm(inputs.t()) * 2).topk(neighbours, dim: 1, largest: false, sorted: true).indexes;
            classes.Add((nn.functional.one_hot(labels.index_select(0, nearest.flatten()).reshape(nearest.shape)).to(float32) * votes).sum(1).argmax(1));
        }
        return cat(classes).MoveToOuterDisposeScope();
    }
}
