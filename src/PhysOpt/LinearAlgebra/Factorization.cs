using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.Statistics;

namespace PhysOpt.LinearAlgebra;

/// <summary>Linear systems through Math.NET's factorisations; nothing else in the project touches Math.NET.</summary>
internal static class Factorization
{
    // Small matrices are the common case, and there Math.NET's threads only cost.
    static Factorization() => Control.UseSingleThread();

    /// <summary>The solution of a symmetric system, or why there is none.</summary>
    /// <param name="Solution">d with H d = b; null when H is singular to working precision.</param>
    /// <param name="SmallestEigenvalue">The smallest eigenvalue of H when H is not positive definite; null when it is.</param>
    internal readonly record struct SymmetricSolution(Vector? Solution, double? SmallestEigenvalue);

    /// <summary>
    /// Solves H d = b for symmetric H: Cholesky where H is safely positive definite, otherwise the spectral
    /// decomposition, which also tells the smallest eigenvalue. H counts as singular when its smallest absolute
    /// eigenvalue is at most n eps times the largest.
    /// </summary>
    internal static SymmetricSolution SolveSymmetric(Matrix h, Vector b)
    {
        var matrix = ToMathNet(h);
        var right = Vector<double>.Build.DenseOfEnumerable(b);
        var negligible = h.RowCount * Precision.MachineEpsilon;

        if (TryCholesky(matrix) is { } cholesky)
        {
            var pivots = cholesky.Factor.Diagonal();
            if (double.Pow(pivots.Minimum() / pivots.Maximum(), 2) > negligible) return new(FromMathNet(cholesky.Solve(right)), null);
        }

        var (eigenvalues, vectors) = Eigen(matrix);
        var smallest = eigenvalues.Minimum();
        if (eigenvalues.AbsoluteMinimum() <= negligible * eigenvalues.AbsoluteMaximum()) return new(null, smallest);
        return new(FromMathNet(vectors * vectors.TransposeThisAndMultiply(right).PointwiseDivide(eigenvalues)), smallest);
    }

    /// <summary>The solution of H d = b for positive definite H; null where H is not, as far as Cholesky's factorisation can tell.</summary>
    internal static Vector? SolvePositiveDefinite(Matrix h, Vector b) =>
        TryCholesky(ToMathNet(h)) is { } cholesky && FromMathNet(cholesky.Solve(Vector<double>.Build.DenseOfEnumerable(b))) is { IsFinite: true } solution ? solution : null;

    /// <summary>The eigenvalues of a symmetric matrix in ascending order, and its orthonormal eigenvectors as the columns of a matrix: H = Q diag(l) Q'.</summary>
    internal readonly record struct Spectrum(Vector Eigenvalues, Matrix Vectors);

    /// <summary>The eigenvalues and eigenvectors of a symmetric matrix.</summary>
    internal static Spectrum SymmetricSpectrum(Matrix h)
    {
        var (eigenvalues, vectors) = Eigen(ToMathNet(h));
        int[] order = [.. Enumerable.Range(0, eigenvalues.Count).OrderBy(i => eigenvalues[i])];
        return new(Vector.Wrap([.. order.Select(i => eigenvalues[i])]), new Matrix(h.RowCount, h.RowCount, (i, j) => vectors[i, order[j]]));
    }

    /// <summary>Eigenvalues and eigenvectors of a symmetric matrix, scaled by a power of two meanwhile: Math.NET squares its entries, and fails where these overflow.</summary>
    static (Vector<double> Values, Matrix<double> Vectors) Eigen(Matrix<double> matrix)
    {
        var largest = matrix.Enumerate().MaximumAbsolute();
        var exponent = largest > 0 ? double.ILogB(largest) : 0;
        var decomposition = matrix.Map(entry => double.ScaleB(entry, -exponent)).Evd(Symmetricity.Symmetric);
        return (decomposition.EigenValues.Map(z => double.ScaleB(z.Real, exponent)), decomposition.EigenVectors);
    }

    /// <summary>
    /// The least-squares solution of J d = r of smallest Euclidean norm, by the singular value decomposition;
    /// singular values up to max(m, n) eps times the largest count as zero.
    /// </summary>
    internal static Vector LeastSquares(Matrix j, Vector r)
    {
        var svd = Svd(j);
        return svd.Right.Multiply(svd.LeftTimes(r).Zip(svd.Values, (c, s) => s > svd.Negligible ? c / s : 0));
    }

    /// <summary>
    /// The thin singular value decomposition J = U S V', with k = min(m, n) singular values. The longer side of J is first
    /// taken off by a QR decomposition, so that the cost is O(max(m, n) k^2) and no factor is larger than J.
    /// </summary>
    internal static SingularValues Svd(Matrix j)
    {
        if (j.RowCount == j.ColumnCount)
        {
            var square = ToMathNet(j).Svd();
            return new(FromMathNet(square.U), FromMathNet(square.S), FromMathNet(square.VT.Transpose()));
        }

        var tall = j.RowCount > j.ColumnCount;
        var qr = ToMathNet(tall ? j : j.Transpose()).QR(QRMethod.Thin);
        var inner = qr.R.Svd(); // R = P S W', so that J = (Q P) S W' where it is tall, and J = W S (Q P)' where it is wide
        var (along, across) = (FromMathNet(qr.Q * inner.U), FromMathNet(inner.VT.Transpose()));
        return new(tall ? along : across, FromMathNet(inner.S), tall ? across : along);
    }

    static Cholesky<double>? TryCholesky(Matrix<double> matrix)
    {
        try
        {
            return matrix.Cholesky();
        }
        catch (ArgumentException)
        {
            return null; // how Math.NET says: not positive definite
        }
    }

    static Matrix<double> ToMathNet(Matrix matrix) => Matrix<double>.Build.DenseOfColumnMajor(matrix.RowCount, matrix.ColumnCount, matrix.ByColumns);

    static Matrix FromMathNet(Matrix<double> matrix) => Matrix.Wrap(matrix.RowCount, matrix.ColumnCount, matrix.ToColumnMajorArray());

    static Vector FromMathNet(Vector<double> vector) => Vector.Wrap(vector.ToArray());
}
