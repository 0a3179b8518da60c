namespace DailyPapers.Lab.Numerics;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, section 8.5).</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 12;

    /// <summary>Values in falling order, and vectors as the columns of a row-major matrix in the same order.</summary>
    public static (double[] Values, double[] Vectors) Decompose(double[] matrix, int n)
    {
        var a = (double[])matrix.Clone();
        // Kept as rows while rotating, so that a rotation touches two contiguous rows.
        var v = new double[n * n];
        for (var i = 0; i < n; i++)
            v[(i * n) + i] = 1;
        for (var sweep = 0; sweep < MostSweeps && OffDiagonal(a, n) > 1e-20 * Diagonal(a, n); sweep++)
        {
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                    Rotate(a, v, n, p, q);
            }
        }
        var order = Enumerable.Range(0, n).OrderByDescending(i => a[(i * n) + i]).ToArray();
        var vectors = new double[n * n];
        for (var column = 0; column < n; column++)
        {
            for (var row = 0; row < n; row++)
                vectors[(row * n) + column] = v[(order[column] * n) + row];
        }
        return ([.. order.Select(i => a[(i * n) + i])], vectors);
    }

    private static void Rotate(double[] a, double[] v, int n, int p, int q)
    {
        var apq = a[(p * n) + q];
        if (apq * apq <= 1e-26 * Math.Abs(a[(p * n) + p] * a[(q * n) + q]))
            return;
        var theta = (a[(q * n) + q] - a[(p * n) + p]) / (2 * apq);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < n; k++)
            (a[(k * n) + p], a[(k * n) + q]) = ((c * a[(k * n) + p]) - (s * a[(k * n) + q]), (s * a[(k * n) + p]) + (c * a[(k * n) + q]));
        RotateRows(a, n, p, q, c, s);
        RotateRows(v, n, p, q, c, s);
    }

    private static void RotateRows(double[] rows, int n, int p, int q, double c, double s)
    {
        var x = rows.AsSpan(p * n, n);
        var y = rows.AsSpan(q * n, n);
        for (var k = 0; k < n; k++)
            (x[k], y[k]) = ((c * x[k]) - (s * y[k]), (s * x[k]) + (c * y[k]));
    }

    private static double OffDiagonal(double[] a, int n)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                sum += i == j ? 0 : a[(i * n) + j] * a[(i * n) + j];
        }
        return sum;
    }

    private static double Diagonal(double[] a, int n) => Enumerable.Range(0, n).Sum(i => a[(i * n) + i] * a[(i * n) + i]);
}
