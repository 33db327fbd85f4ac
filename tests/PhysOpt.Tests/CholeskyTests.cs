using CsCheck;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Tests;

public class CholeskyTests
{
    /// <summary>H = D (B B' + n I) D with graded scales D: positive definite, condition up to about 1e12 by its scales alone.</summary>
    static readonly Gen<Matrix> PositiveDefinite =
        from n in Gen.Int[1, 24]
        from entries in Gen.Double[-1, 1].Array[n * n]
        from scales in Gen.Int[-3, 3].Array[n]
        select Graded(n, entries, scales);

    static Matrix Graded(int n, double[] b, int[] scales) => new(n, n, (i, j) =>
    {
        var sum = i == j ? (double)n : 0;
        for (var k = 0; k < n; k++) sum += b[i * n + k] * b[j * n + k];
        return sum * double.Pow(10, scales[i] + scales[j]);
    });

    [Fact]
    public void The_factor_times_its_transpose_is_the_matrix() => PositiveDefinite.Sample(h =>
    {
        var n = h.RowCount;
        double[] factor = [.. h.ByColumns];
        Assert.True(Cholesky.Factorise(factor, n));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var product = 0.0;
                for (var k = 0; k <= j; k++) product += factor[i * n + k] * factor[j * n + k];

                // Higham (2002), theorem 10.3: |H - J J'| <= (n + 1) eps |J| |J'|, here bounded by the diagonal; the sum above rounds as
                // much again
                var bound = 2 * (n + 1) * Precision.MachineEpsilon * double.Sqrt(h[i, i] * h[j, j]);
                Assert.True(double.Abs(product - h[i, j]) <= bound, $"{product} and {h[i, j]} at {i}, {j} of {n}");
            }
        }
    });

    [Fact]
    public void The_solution_gives_the_right_side_back() => PositiveDefinite.Sample(h =>
    {
        var n = h.RowCount;
        var b = new Vector(Enumerable.Range(0, n).Select(i => double.Sqrt(h[i, i])));
        var x = Factorization.SolvePositiveDefinite(h, b)!;
        var back = h.Multiply(x);
        for (var i = 0; i < n; i++)
        {
            var size = 0.0; // |H| |x|: Higham (2002), theorem 10.4, scaled by the diagonal
            for (var j = 0; j < n; j++) size += double.Sqrt(h[i, i] * h[j, j]) * double.Abs(x[j]);
            Assert.True(double.Abs(back[i] - b[i]) <= 4 * (n + 1) * Precision.MachineEpsilon * size, $"{back[i]} and {b[i]} at {i} of {n}");
        }
    });

    [Fact]
    public void A_matrix_that_is_not_positive_definite_has_no_factor()
    {
        Assert.False(Cholesky.Factorise([1, 2, 2, 1], 2));
        Assert.False(Cholesky.Factorise([0], 1));
        Assert.False(Cholesky.Factorise([-1], 1));
        Assert.False(Cholesky.Factorise([double.NaN], 1));
        Assert.False(Cholesky.Factorise([double.PositiveInfinity], 1));
        Assert.True(Cholesky.Factorise([], 0));
    }

    [Fact]
    public void Pivots_tell_how_near_to_singular_a_matrix_is()
    {
        double[] factor = [4, 0, 0, 1e-8];
        Assert.True(Cholesky.Factorise(factor, 2));
        Near.Relative(2.5e-9, Cholesky.PivotRatio(factor, 2), 1e-15);
    }
}
