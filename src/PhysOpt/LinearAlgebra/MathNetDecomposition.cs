using System.Runtime.CompilerServices;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace PhysOpt.LinearAlgebra;

/// <summary>The decomposition that comes from Math.NET; nothing else in the project touches it. Its first use loads it.</summary>
/// <remarks>What others call is never inlined: to look into it, the just-in-time compiler would load Math.NET before it is used.</remarks>
internal static class MathNetDecomposition
{
    // Small matrices are the common case, and there Math.NET's threads only cost.
    static MathNetDecomposition() => Control.UseSingleThread();

    const double Nothing = 1e-150; // beside the largest entry: its square is none

    /// <inheritdoc cref="Factorization.SymmetricSpectrum"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Factorization.Spectrum SymmetricSpectrum(Matrix h)
    {
        var (eigenvalues, vectors) = Eigen(ToMathNet(h));
        int[] order = [.. Enumerable.Range(0, eigenvalues.Count).OrderBy(i => eigenvalues[i])];
        return new(Vector.Wrap([.. order.Select(i => eigenvalues[i])]), new Matrix(h.RowCount, h.RowCount, (i, j) => vectors[i, order[j]]));
    }

    /// <summary>
    /// Eigenvalues and eigenvectors of a symmetric matrix, scaled by a power of two meanwhile: Math.NET squares its entries, and fails
    /// where these overflow or underflow.
    /// </summary>
    static (Vector<double> Values, Matrix<double> Vectors) Eigen(Matrix<double> matrix)
    {
        var largest = matrix.Enumerate().MaximumAbsolute();
        var exponent = largest > 0 ? double.ILogB(largest) : 0;
        var decomposition = matrix.Map(entry => double.ScaleB(entry, -exponent) is var scaled && double.Abs(scaled) < Nothing ? 0 : scaled)
            .Evd(Symmetricity.Symmetric);
        return (decomposition.EigenValues.Map(z => double.ScaleB(z.Real, exponent)), decomposition.EigenVectors);
    }

    static Matrix<double> ToMathNet(Matrix matrix) =>
        Matrix<double>.Build.DenseOfColumnMajor(matrix.RowCount, matrix.ColumnCount, matrix.ByColumns);
}
