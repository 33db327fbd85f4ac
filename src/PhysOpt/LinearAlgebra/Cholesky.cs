namespace PhysOpt.LinearAlgebra;

/// <summary>
/// Cholesky's factorisation H = J J' of a symmetric positive definite matrix with a lower triangular J; in place, O(n^3 / 3), without
/// allocation.
/// </summary>
/// <remarks>Golub and Van Loan (2013), algorithm 4.2.1, by rows: each entry takes one dot product of two rows of J.</remarks>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle of H by J.</summary>
    /// <param name="matrix">The lower triangle of H, row by row; rows of <paramref name="n"/> numbers.</param>
    /// <param name="n">The number of rows.</param>
    /// <returns>False where a pivot is not positive and finite: H is not positive definite as far as rounding tells, and the matrix is
    /// spoilt.</returns>
    internal static bool Factorise(Span<double> matrix, int n)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[i * n + j] - SpanKernel.Dot(matrix.Slice(i * n, j), matrix.Slice(j * n, j));
                if (i != j) matrix[i * n + j] = rest / matrix[j * n + j];
                else if (rest > 0 && double.IsFinite(rest)) matrix[i * n + i] = double.Sqrt(rest);
                else return false;
            }
        }

        return true;
    }

    /// <summary>Replaces b by the solution of J x = b.</summary>
    internal static void SolveLower(ReadOnlySpan<double> factor, int n, Span<double> x)
    {
        for (var i = 0; i < n; i++) x[i] = (x[i] - SpanKernel.Dot(factor.Slice(i * n, i), x[..i])) / factor[i * n + i];
    }

    /// <summary>Replaces b by the solution of J'x = b.</summary>
    internal static void SolveUpper(ReadOnlySpan<double> factor, int n, Span<double> x)
    {
        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++) x[i] -= factor[j * n + i] * x[j];
            x[i] /= factor[i * n + i];
        }
    }

    /// <summary>Replaces b by the solution of J J'x = b.</summary>
    internal static void Solve(ReadOnlySpan<double> factor, int n, Span<double> x)
    {
        SolveLower(factor, n, x);
        SolveUpper(factor, n, x);
    }

    /// <summary>
    /// The least part of a diagonal element that elimination has left, in no unit: next to nothing where a row is a combination of others.
    /// </summary>
    /// <param name="factor">J of H = J J'.</param>
    /// <param name="diagonal">The diagonal of H.</param>
    internal static double LeastPart(ReadOnlySpan<double> factor, ReadOnlySpan<double> diagonal)
    {
        var (least, n) = (1.0, diagonal.Length);
        for (var i = 0; i < n; i++) least = double.Min(least, factor[i * n + i] * (factor[i * n + i] / diagonal[i]));
        return least;
    }

    /// <summary>The square of the smallest pivot over the largest: at most about 1 / cond(H).</summary>
    internal static double PivotRatio(ReadOnlySpan<double> factor, int n)
    {
        var (smallest, largest) = (double.PositiveInfinity, 0.0);
        for (var i = 0; i < n; i++)
        {
            smallest = double.Min(smallest, factor[i * n + i]);
            largest = double.Max(largest, factor[i * n + i]);
        }

        return smallest / largest * (smallest / largest);
    }
}
