namespace PhysOpt.LinearAlgebra;

/// <summary>Eigenvectors of a symmetric matrix whose eigenvalues are slight, without its spectrum.</summary>
/// <remarks>
/// Inverse iteration with one factor of the matrix, shifted so that it can be factorised, each vector beside those before. Golub and Van
/// Loan (2013), "Matrix computations", section 7.6.1.
/// </remarks>
internal static class InverseIteration
{
    const double Shift = 0.1; // of what is slight
    const int Powers = 5;

    /// <summary>Eigenvectors of length 1, the slightest first; none where an eigenvalue lies further below 0.</summary>
    /// <param name="h">The matrix, n x n.</param>
    /// <param name="slight">What an eigenvalue may be at most, in either direction.</param>
    /// <param name="most">How many are looked for.</param>
    internal static IEnumerable<Vector> SlightEigenvectors(Matrix h, double slight, int most)
    {
        var n = h.RowCount;
        double[] factor = [.. h.ByColumns];
        for (var i = 0; i < n; i++) factor[i * n + i] += Shift * slight;
        if (!double.IsFinite(slight) || !Cholesky.Factorise(factor, n)) yield break;
        List<Vector> found = [];
        while (found.Count < int.Min(n, most))
        {
            var v = Beside([.. Enumerable.Range(1, n).Select(i => 1.0 / i)]); // which no symmetry singles out
            for (var k = 0; k < Powers; k++)
            {
                double[] next = [.. v];
                Cholesky.Solve(factor, n, next);
                v = Beside(next);
            }

            if (!v.IsFinite || double.Abs(v.Dot(h.Multiply(v))) > slight) yield break;
            found.Add(v);
            yield return v;
        }

        Vector Beside(double[] values)
        {
            var v = Vector.Wrap(values);
            foreach (var each in found) v = v.AddScaled(-v.Dot(each), each);
            return 1 / v.Norm * v;
        }
    }
}
