using System.Numerics.Tensors;

namespace DailyPapers.Lab.Retrieval;

/// <summary>
/// Symmetric InfoNCE of pairs of unit vectors: mean over pairs of −log softmax(q·d/τ) at the pair's own place, over the batch's
/// documents for each query and over its queries for each document (van den Oord et al. 2018, eq. 4; both ways as in Radford et al. 2021).
/// </summary>
internal sealed class ContrastiveLoss
{
    private readonly int _batch;
    private readonly int _dimensions;
    private readonly float _temperature;
    private readonly ParallelOptions _parallel;
    private readonly float[] _scores;
    private readonly float[] _byColumn;
    private readonly float[] _transposed;

    public ContrastiveLoss(int batch, int dimensions, float temperature, ParallelOptions parallel)
    {
        (_batch, _dimensions, _temperature, _parallel) = (batch, dimensions, temperature, parallel);
        _scores = new float[batch * batch];
        _byColumn = new float[batch * batch];
        _transposed = new float[batch * dimensions];
    }

    /// <summary>Normalises the sums in place, and replaces the gradients by those of the loss with respect to the sums.</summary>
    /// <returns>The loss.</returns>
    public double Backward(float[] queries, float[] documents, float[] queryGradients, float[] documentGradients)
    {
        var queryNorms = NormalizeRows(queries);
        var documentNorms = NormalizeRows(documents);
        DenseAlgebra.Transpose(documents, _transposed, _batch, _dimensions);
        DenseAlgebra.Multiply(queries, _transposed, _scores, _batch, _dimensions, _batch, _parallel);
        DenseAlgebra.Transpose(_scores, _byColumn, _batch, _batch);
        // Both become probabilities less one at the pair's own place.
        var loss = SoftmaxRows(_scores) + SoftmaxRows(_byColumn);
        Combine();
        DenseAlgebra.Multiply(_scores, documents, queryGradients, _batch, _batch, _dimensions, _parallel);
        DenseAlgebra.Transpose(_scores, _byColumn, _batch, _batch);
        DenseAlgebra.Multiply(_byColumn, queries, documentGradients, _batch, _batch, _dimensions, _parallel);
        ThroughNormalization(queries, queryNorms, queryGradients);
        ThroughNormalization(documents, documentNorms, documentGradients);
        return loss / (2 * _batch);
    }

    private float[] NormalizeRows(float[] rows)
    {
        var norms = new float[_batch];
        for (var i = 0; i < _batch; i++)
        {
            var row = rows.AsSpan(i * _dimensions, _dimensions);
            norms[i] = MathF.Max(TensorPrimitives.Norm(row), 1e-12f);
            TensorPrimitives.Divide(row, norms[i], row);
        }
        return norms;
    }

    private double SoftmaxRows(float[] scores)
    {
        var losses = new double[_batch];
        Parallel.For(0, _batch, _parallel, i =>
        {
            var row = scores.AsSpan(i * _batch, _batch);
            TensorPrimitives.Divide(row, _temperature, row);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max(row), row);
            var own = row[i];
            TensorPrimitives.Exp(row, row);
            var sum = TensorPrimitives.Sum(row);
            losses[i] = Math.Log(sum) - own;
            TensorPrimitives.Divide(row, sum, row);
            row[i] -= 1;
        });
        return losses.Sum();
    }

    // d loss / d score, from both directions.
    private void Combine()
    {
        var factor = 1 / (2 * _batch * _temperature);
        const int tile = 32;
        Parallel.For(0, (_batch + tile - 1) / tile, _parallel, block =>
        {
            var i0 = block * tile;
            for (var j0 = 0; j0 < _batch; j0 += tile)
            {
                for (var i = i0; i < Math.Min(_batch, i0 + tile); i++)
                {
                    for (var j = j0; j < Math.Min(_batch, j0 + tile); j++)
                        _scores[(i * _batch) + j] = (_scores[(i * _batch) + j] + _byColumn[(j * _batch) + i]) * factor;
                }
            }
        });
    }

    // u = x / |x|: dL/dx = (dL/du − (dL/du · u) u) / |x|.
    private void ThroughNormalization(float[] units, float[] norms, float[] gradients) => Parallel.For(0, _batch, _parallel, i =>
    {
        var unit = units.AsSpan(i * _dimensions, _dimensions);
        var gradient = gradients.AsSpan(i * _dimensions, _dimensions);
        DenseAlgebra.AddScaled(unit, -TensorPrimitives.Dot(unit, gradient), gradient);
        TensorPrimitives.Divide(gradient, norms[i], gradient);
    });
}
