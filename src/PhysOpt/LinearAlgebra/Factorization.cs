namespace PhysOpt.LinearAlgebra;

/// <summary>
/// Linear systems: positive definite ones by <see cref="Cholesky"/>, least squares by <see cref="PivotedQr"/>, and symmetric ones that are
/// not positive definite through <see cref="MathNetDecomposition"/>.
/// </summary>
/// <remarks>Math.NET is loaded by the first of the last: the usual first answer of a process does without it.</remarks>
internal static class Factorization
{
    const int Sweeps = 10; // each halves the exponents that are left

    /// <summary>The solution of a symmetric system, or why there is none.</summary>
    /// <param name="Solution">d with H d = b; null when H is singular to working precision.</param>
    /// <param name="SmallestEigenvalue">The smallest eigenvalue of H when H is not positive definite; null when it is.</param>
    internal readonly record struct SymmetricSolution(Vector? Solution, double? SmallestEigenvalue);

    /// <summary>
    /// The eigenvalues of a symmetric matrix in ascending order, and its orthonormal eigenvectors as the columns of a matrix: H = Q diag(l)
    /// Q'.
    /// </summary>
    internal readonly record struct Spectrum(Vector Eigenvalues, Matrix Vectors);

    /// <summary>
    /// Solves H d = b for symmetric H: Cholesky where H is safely positive definite, otherwise the spectral
    /// decomposition, which also tells the smallest eigenvalue. H counts as singular when its smallest absolute
    /// eigenvalue is at most n eps times the largest.
    /// </summary>
    internal static SymmetricSolution SolveSymmetric(Matrix h, Vector b)
    {
        var negligible = h.RowCount * Precision.MachineEpsilon;
        if (TryCholesky(h) is { } factor && Cholesky.PivotRatio(factor, h.RowCount) > negligible) return new(Solve(factor, b), null);

        var unit = Equilibrated(h);
        if (unit.IsFinite && unit.All(each => each > 0)) return SolveScaled(h, b, unit, negligible);
        var (eigenvalues, vectors) = SymmetricSpectrum(h);
        var isSingular = eigenvalues.Min(double.Abs) <= negligible * eigenvalues.InfinityNorm;
        return new(isSingular ? null : vectors.Multiply(vectors.TransposeMultiply(b).Zip(eigenvalues, (c, l) => c / l)), eigenvalues[0]);
    }

    /// <summary>
    /// Units in which the diagonal is about 1 or -1, since units are no singularity: van der Sluis (1969), "Condition numbers and
    /// equilibration". Where a diagonal is small beside its row, as at a saddle x y, those in which the largest entry of each
    /// row is about 1: Ruiz (2001), "A scaling algorithm to equilibrate both rows and columns norms in matrices". Powers of
    /// two, which round nothing.
    /// </summary>
    static Vector Equilibrated(Matrix h)
    {
        var n = h.RowCount;
        double[] unit = [.. Enumerable.Range(0, n).Select(i => h[i, i] == 0 ? 1 : double.ScaleB(1, -(double.ILogB(h[i, i]) >> 1)))];
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            double[] largest = [.. Enumerable.Range(0, n).Select(i =>
                Enumerable.Range(0, n).Max(j => double.Abs(h[i, j]) * unit[i] * unit[j]))];
            if (sweep == 0 && largest.All(each => each is >= 1 and < 4)) break;
            for (var i = 0; i < n; i++) unit[i] = largest[i] > 0 ? double.ScaleB(unit[i], -(double.ILogB(largest[i]) >> 1)) : 0;
        }

        return Vector.Wrap(unit);
    }

    static SymmetricSolution SolveScaled(Matrix h, Vector b, Vector unit, double negligible)
    {
        var scaled = new Matrix(h.RowCount, h.RowCount, (i, j) => h[i, j] * unit[i] * unit[j]);
        if (TryCholesky(scaled) is { } factor && Cholesky.PivotRatio(factor, h.RowCount) > negligible)
            return new(Solve(factor, b.Zip(unit, (value, u) => value * u)).Zip(unit, (value, u) => value * u), null);
        var (eigenvalues, vectors) = SymmetricSpectrum(scaled);
        var isSingular = eigenvalues.Min(double.Abs) <= negligible * eigenvalues.InfinityNorm;
        var along = vectors.TransposeMultiply(b.Zip(unit, (value, u) => value * u)).Zip(eigenvalues, (c, l) => c / l);
        return new(isSingular ? null : vectors.Multiply(along).Zip(unit, (value, u) => value * u), SymmetricSpectrum(h).Eigenvalues[0]);
    }

    /// <summary>
    /// The solution of H d = b for positive definite H; null where H is not, as far as Cholesky's factorisation can tell.
    /// </summary>
    /// <param name="h">H, symmetric.</param>
    /// <param name="b">The right side.</param>
    /// <param name="least">Null too where elimination leaves no more than this part of a diagonal element.</param>
    internal static Vector? SolvePositiveDefinite(Matrix h, Vector b, double least = 0)
    {
        if (TryCholesky(h) is not { } factor) return null;
        if (Cholesky.LeastPart(factor, [.. Enumerable.Range(0, h.RowCount).Select(i => h[i, i])]) <= least) return null;
        return Solve(factor, b) is { IsFinite: true } solution ? solution : null;
    }

    /// <summary>The eigenvalues and eigenvectors of a symmetric matrix.</summary>
    internal static Spectrum SymmetricSpectrum(Matrix h) => MathNetDecomposition.SymmetricSpectrum(h);

    /// <summary>
    /// The least-squares solution of J d = r by <see cref="PivotedQr"/>. Columns that are combinations of others count as such only if they
    /// still do with all columns scaled to one length: units are no dependence. Where some are, the solution is that of smallest Euclidean
    /// norm. Van der Sluis (1969), "Condition numbers and equilibration".
    /// </summary>
    internal static Vector LeastSquares(Matrix j, Vector r)
    {
        var qr = PivotedQr.Of(j);
        if (qr.Rank < j.ColumnCount && j.RowCount >= j.ColumnCount)
        {
            var lengths = new Vector(Enumerable.Range(0, j.ColumnCount).Select(k => j.ColumnNorm(k)));
            if (lengths.All(length => length > 0 && double.IsFinite(1 / length)))
            {
                var scaled = PivotedQr.Of(j, lengths);
                if (scaled.Rank == j.ColumnCount) return scaled.Solve(r.ToArray()).Zip(lengths, (d, length) => d / length);
            }
        }

        return qr.Solve(r.ToArray());
    }

    /// <summary>J of H = J J', row by row; null where H is not positive definite.</summary>
    static double[]? TryCholesky(Matrix h)
    {
        double[] factor = [.. h.ByColumns]; // columns of a symmetric matrix are its rows
        return Cholesky.Factorise(factor, h.RowCount) ? factor : null;
    }

    static Vector Solve(double[] factor, Vector b)
    {
        double[] x = [.. b.AsSpan()];
        Cholesky.Solve(factor, x.Length, x);
        return Vector.Wrap(x);
    }
}
