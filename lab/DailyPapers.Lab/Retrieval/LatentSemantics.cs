using System.Numerics.Tensors;
using DailyPapers.Lab.Numerics;

namespace DailyPapers.Lab.Retrieval;

/// <summary>
/// Latent semantic analysis: the leading right singular vectors of the papers-by-tokens matrix of tf^½ · idf, by randomised
/// subspace iteration (Halko, Martinsson and Tropp 2011, algorithm 4.4).
/// </summary>
internal static class LatentSemantics
{
    private const int Oversampling = 64;
    private const int Iterations = 2;

    /// <summary>Token vectors (tokens, d): idf times the token's row of V.</summary>
    public static float[] TokenVectors(IReadOnlyList<TokenizedPaper> papers, float[] idf, int dimensions, Random random, ParallelOptions parallel)
    {
        var matrix = SparseMatrix.TfIdf(papers, idf);
        var transposed = matrix.Transpose();
        var width = dimensions + Oversampling;
        var basis = Gaussian(idf.Length * width, random);
        for (var i = 0; i <= Iterations; i++)
        {
            var left = matrix.Multiply(basis, width, parallel);
            left = Orthonormalize(left, width, parallel);
            basis = transposed.Multiply(left, width, parallel);
            if (i < Iterations)
                basis = Orthonormalize(basis, width, parallel);
        }
        return Project(basis, idf, width, dimensions, parallel);
    }

    // basis = Xᵀ Q = W Σ Zᵀ: the eigenvectors of basisᵀ basis are Z, and basis Z Σ⁻¹ = V.
    private static float[] Project(float[] basis, float[] idf, int width, int dimensions, ParallelOptions parallel)
    {
        var (values, vectors) = SymmetricEigen.Decompose(Gram(basis, width, parallel), width);
        var map = new float[width * dimensions];
        for (var k = 0; k < width; k++)
        {
            for (var d = 0; d < dimensions; d++)
                map[(k * dimensions) + d] = (float)(vectors[(k * width) + d] / Math.Sqrt(Math.Max(values[d], 1e-12)));
        }
        var result = new float[idf.Length * dimensions];
        DenseAlgebra.Multiply(basis, map, result, idf.Length, width, dimensions, parallel);
        for (var token = 0; token < idf.Length; token++)
        {
            var row = result.AsSpan(token * dimensions, dimensions);
            TensorPrimitives.Multiply(row, idf[token], row);
        }
        return result;
    }

    private static double[] Gram(float[] rows, int width, ParallelOptions parallel)
    {
        const int rowsAtOnce = 4096;
        var gram = new double[width * width];
        var product = new float[width * width];
        for (var start = 0; start < rows.Length; start += rowsAtOnce * width)
        {
            var part = rows[start..Math.Min(rows.Length, start + (rowsAtOnce * width))];
            var transposed = new float[part.Length];
            DenseAlgebra.Transpose(part, transposed, part.Length / width, width);
            DenseAlgebra.Multiply(transposed, part, product, width, part.Length / width, width, parallel);
            for (var i = 0; i < gram.Length; i++)
                gram[i] += product[i];
        }
        return gram;
    }

    // Cholesky QR: columns become orthonormal up to rounding, which is all that subspace iteration needs.
    private static float[] Orthonormalize(float[] rows, int width, ParallelOptions parallel)
    {
        var inverse = InverseTransposedCholesky(Gram(rows, width, parallel), width);
        var result = new float[rows.Length];
        DenseAlgebra.Multiply(rows, inverse, result, rows.Length / width, width, width, parallel);
        return result;
    }

    // L⁻ᵀ for G = L Lᵀ.
    private static float[] InverseTransposedCholesky(double[] l, int width)
    {
        var ridge = 1e-10 * Enumerable.Range(0, width).Max(i => l[(i * width) + i]);
        for (var j = 0; j < width; j++)
        {
            for (var i = j; i < width; i++)
            {
                var sum = l[(i * width) + j] + (i == j ? ridge : 0);
                for (var k = 0; k < j; k++)
                    sum -= l[(i * width) + k] * l[(j * width) + k];
                l[(i * width) + j] = i == j ? Math.Sqrt(Math.Max(sum, ridge)) : sum / l[(j * width) + j];
            }
        }
        var inverse = new double[width * width];
        for (var column = 0; column < width; column++)
        {
            for (var i = column; i < width; i++)
            {
                var sum = i == column ? 1.0 : 0.0;
                for (var k = column; k < i; k++)
                    sum -= l[(i * width) + k] * inverse[(column * width) + k];
                inverse[(column * width) + i] = sum / l[(i * width) + i];
            }
        }
        return Array.ConvertAll(inverse, value => (float)value);
    }

    private static float[] Gaussian(int length, Random random)
    {
        var values = new float[length];
        for (var i = 0; i < length; i++)
            values[i] = (float)random.NextNormal();
        return values;
    }

    private sealed class SparseMatrix(int[] starts, int[] columns, float[] values, int width)
    {
        public static SparseMatrix TfIdf(IReadOnlyList<TokenizedPaper> papers, float[] idf)
        {
            var starts = new int[papers.Count + 1];
            var columns = new List<int>();
            var values = new List<float>();
            for (var i = 0; i < papers.Count; i++)
            {
                var counts = papers[i].Sentences.Append(papers[i].Title).Concat(papers[i].Keywords).SelectMany(part => part).CountBy(token => token).OrderBy(pair => pair.Key);
                foreach (var (token, count) in counts)
                {
                    columns.Add(token);
                    values.Add(MathF.Sqrt(count) * idf[token]);
                }
                starts[i + 1] = columns.Count;
            }
            var flat = values.ToArray();
            for (var i = 0; i < papers.Count; i++)
            {
                var row = flat.AsSpan(starts[i]..starts[i + 1]);
                TensorPrimitives.Divide(row, MathF.Max(TensorPrimitives.Norm(row), 1e-12f), row);
            }
            return new SparseMatrix(starts, [.. columns], flat, idf.Length);
        }

        public SparseMatrix Transpose()
        {
            var newStarts = new int[width + 1];
            foreach (var column in columns)
                newStarts[column + 1]++;
            for (var i = 0; i < width; i++)
                newStarts[i + 1] += newStarts[i];
            var next = newStarts[..^1];
            var (newColumns, newValues) = (new int[columns.Length], new float[columns.Length]);
            for (var row = 0; row + 1 < starts.Length; row++)
            {
                for (var i = starts[row]; i < starts[row + 1]; i++)
                {
                    var place = next[columns[i]]++;
                    (newColumns[place], newValues[place]) = (row, values[i]);
                }
            }
            return new SparseMatrix(newStarts, newColumns, newValues, starts.Length - 1);
        }

        public float[] Multiply(float[] dense, int denseWidth, ParallelOptions parallel)
        {
            var result = new float[(starts.Length - 1) * denseWidth];
            Parallel.For(0, starts.Length - 1, parallel, row =>
            {
                var sum = result.AsSpan(row * denseWidth, denseWidth);
                for (var i = starts[row]; i < starts[row + 1]; i++)
                    DenseAlgebra.AddScaled(dense.AsSpan(columns[i] * denseWidth, denseWidth), values[i], sum);
            });
            return result;
        }
    }
}
