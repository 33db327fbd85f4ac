namespace PhysOpt.LinearAlgebra;

/// <summary>The spectrum of a small symmetric matrix by Jacobi's rotations, for where Math.NET is not to be loaded.</summary>
/// <remarks>
/// Each rotation makes the largest entry beside the diagonal nothing; the entries converge quadratically. Golub and Van Loan
/// (2013), "Matrix computations", section 8.5.
/// </remarks>
internal static class JacobiRotations
{
    /// <summary>The lowest eigenvalue and its eigenvector, of length 1.</summary>
    /// <param name="matrix">A finite symmetric matrix, n x n, of a few rows: each rotation costs O(n^2).</param>
    internal static (double Value, Vector Vector) Lowest(Matrix matrix)
    {
        var n = matrix.RowCount;
        var a = new double[n, n];
        var v = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            v[i, i] = 1;
            for (var j = 0; j < n; j++) a[i, j] = matrix[i, j];
        }

        for (var k = 0; k < 10 * n * n && Largest(a) is var (p, q) && IsSeen(a, p, q); k++) Rotate(a, v, p, q);
        var lowest = Enumerable.Range(0, n).MinBy(i => a[i, i]);
        return (a[lowest, lowest], new(Enumerable.Range(0, n).Select(i => v[i, lowest])));
    }

    static (int P, int Q) Largest(double[,] a)
    {
        var (p, q) = (0, 0);
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (p == q || double.Abs(a[i, j]) > double.Abs(a[p, q])) (p, q) = (i, j);
            }
        }

        return (p, q);
    }

    static bool IsSeen(double[,] a, int p, int q) => p != q
        && double.Abs(a[p, q]) > Precision.MachineEpsilon * (double.Abs(a[p, p]) + double.Abs(a[q, q]));

    /// <summary>Tangent and cosine of the smaller angle that makes [a c; c b] diagonal, for c other than 0. Algorithm 8.5.1 there.
    /// </summary>
    internal static (double Tangent, double Cosine) Angle(double a, double b, double c)
    {
        var tau = (b - a) / (2 * c);
        var tangent = (tau >= 0 ? 1 : -1) / (double.Abs(tau) + double.Sqrt(1 + tau * tau));
        return (tangent, 1 / double.Sqrt(1 + tangent * tangent));
    }

    static void Rotate(double[,] a, double[,] v, int p, int q)
    {
        var (t, c) = Angle(a[p, p], a[q, q], a[p, q]);
        var s = t * c;
        for (var i = 0; i < a.GetLength(0); i++) Turn(ref a[i, p], ref a[i, q]);
        for (var i = 0; i < a.GetLength(0); i++) Turn(ref a[p, i], ref a[q, i]);
        for (var i = 0; i < a.GetLength(0); i++) Turn(ref v[i, p], ref v[i, q]);

        void Turn(ref double x, ref double y) => (x, y) = (c * x - s * y, s * x + c * y);
    }
}
