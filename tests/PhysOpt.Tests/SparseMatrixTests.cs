using CsCheck;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Tests;

/// <summary>Sparse Jacobians: their products, columns and steps are those of the same matrix with all its zeros.</summary>
public class SparseMatrixTests
{
    const double Eps = Precision.MachineEpsilon;

    /// <summary>Random patterns, empty rows and columns, lower rank, columns graded and scaled.</summary>
    static readonly Gen<(SparseMatrix Sparse, Matrix Dense)> Any =
        from m in Gen.Int[1, 30]
        from n in Gen.Int[1, 30]
        from share in Gen.Double[0.02, 0.5]
        from entries in Gen.Double[-1, 1].Array[m * n]
        from chosen in Gen.Double[0, 1].Array[m * n]
        from exponent in Gen.Int[-1, 1]
        from grade in Gen.Int[0, 1]
        select Of(m, n, (i, j) => chosen[i * n + j] < share,
            (i, j) => entries[i * n + j] * double.Pow(10, 100 * exponent - 0.3 * grade * j));

    /// <summary>Many rows for each column, so that none is a combination of others.</summary>
    static readonly Gen<(SparseMatrix Sparse, Matrix Dense)> FullRank =
        from n in Gen.Int[1, 20]
        from m in Gen.Int[0, 20]
        from entries in Gen.Double[-1, 1].Array[(n + m) * n]
        from chosen in Gen.Double[0, 1].Array[(n + m) * n]
        select Of(n + m, n, (i, j) => i == j || chosen[i * n + j] < 0.15, (i, j) => i == j ? 4 + entries[i * n + j] : entries[i * n + j]);

    static (SparseMatrix, Matrix) Of(int m, int n, Func<int, int, bool> isEntry, Func<int, int, double> value)
    {
        int[][] rows = [.. Enumerable.Range(0, m).Select(i => Enumerable.Range(0, n).Where(j => isEntry(i, j)).ToArray())];
        double[] values = [.. rows.SelectMany((row, i) => row.Select(j => value(i, j)))];
        return (new(new(rows, n), values), new(m, n, (i, j) => isEntry(i, j) ? value(i, j) : 0));
    }

    static Vector Numbers(int count) => new(Enumerable.Range(0, count).Select(i => double.Sin(i + 1)));

    static Vector Lengths(IJacobian a) =>
        new(Enumerable.Range(0, a.ColumnCount).Select(j => a.ColumnNorm(j) is var norm and > 0 ? norm : 1));

    static int[] All(IJacobian a) => [.. Enumerable.Range(0, a.ColumnCount)];

    [Fact]
    public void Products_and_lengths_are_those_of_the_dense_matrix() => Any.Sample((sparse, dense) =>
    {
        var (v, w) = (Numbers(dense.ColumnCount), Numbers(dense.RowCount));
        var size = SpanKernel.Norm(dense.ByColumns);
        Near.Absolute(dense.Multiply(v), sparse.Multiply(v), 10 * dense.ColumnCount * Eps * size);
        Near.Absolute(dense.TransposeMultiply(w), sparse.TransposeMultiply(w), 10 * dense.RowCount * Eps * size);
        for (var j = 0; j < dense.ColumnCount; j++) Near.Relative(dense.ColumnNorm(j), sparse.ColumnNorm(j), 100 * Eps);
    });

    [Fact]
    public void J_and_its_transpose_are_adjoint() => Any.Sample((sparse, dense) =>
    {
        var (v, w) = (Numbers(dense.ColumnCount), Numbers(dense.RowCount));
        var size = SpanKernel.Norm(dense.ByColumns) * v.Norm * w.Norm;
        Assert.True(double.Abs(sparse.Multiply(v).Dot(w) - v.Dot(sparse.TransposeMultiply(w))) <= 100 * Eps * size);
    });

    [Fact]
    public void Every_column_is_eliminated_once_and_R_has_the_pattern_of_the_factor() => Any.Sample((sparse, dense) =>
    {
        var order = Elimination.Of(sparse.Pattern)!;
        Assert.Equal(All(sparse), order.Columns.Order());
        // the pattern of R is that of Cholesky's factor of a matrix with the pattern of A'A: no entry is missing
        var n = dense.ColumnCount;
        var filled = new bool[n, n];
        for (var i = 0; i < dense.RowCount; i++)
        {
            foreach (var a in sparse.Pattern.Row(i))
            {
                foreach (var b in sparse.Pattern.Row(i)) filled[order.Position(a), order.Position(b)] = true;
            }
        }

        for (var k = 0; k < n; k++)
        {
            var entries = order.Entries[order.Starts[k]..order.Starts[k + 1]];
            int[] wanted = [.. Enumerable.Range(k, n - k).Where(j => j == k || filled[k, j])];
            Assert.Equal(wanted, entries);
            foreach (var a in wanted)
            {
                foreach (var b in wanted) filled[a, b] = true;
            }
        }
    });

    [Fact]
    public void Steps_are_those_of_the_dense_matrix_at_every_radius() => FullRank.Sample((sparse, dense) =>
    {
        var (residual, scale) = (Numbers(dense.RowCount), Lengths(dense));
        var whole = ((IJacobian)dense).Steps(All(dense), residual, scale);
        var steps = sparse.Steps(All(sparse), residual, scale);
        var longest = whole.Within(double.PositiveInfinity).Step.Zip(scale, (p, d) => p * d).Norm;
        foreach (var part in (double[])[double.PositiveInfinity, 0.5, 1e-3, 1])
        {
            var (expected, actual) = (whole.Within(part * longest), steps.Within(part * longest));
            Near.Absolute(expected.Step, actual.Step, 1e-9 * (1 + expected.Step.Norm));
            Near.Relative(1 + expected.Lambda, 1 + actual.Lambda, 1e-6);
        }
    });

    [Fact]
    public void What_is_left_of_the_residual_is_orthogonal_to_the_columns_whatever_the_rank() => Any.Sample((sparse, dense) =>
    {
        var (residual, scale) = (Numbers(dense.RowCount), Lengths(dense));
        var step = sparse.Steps(All(sparse), residual, scale).Within(double.PositiveInfinity).Step;
        var left = residual + dense.Multiply(step);
        var slope = dense.TransposeMultiply(left).Zip(scale, (each, d) => each / d);
        Assert.True(slope.InfinityNorm <= 1e-4 * residual.Norm, $"{slope.InfinityNorm}"); // pivots down to 1e-11 are used
    });

    [Fact]
    public void Variables_that_stay_are_as_if_their_columns_were_not_there() => FullRank.Sample((sparse, dense) =>
    {
        var (residual, scale) = (Numbers(dense.RowCount), Lengths(dense));
        int[] moving = [.. All(dense).Where(j => j % 3 != 1)];
        if (moving.Length == 0) return;
        foreach (var radius in (double[])[double.PositiveInfinity, 0.01])
        {
            var expected = ((IJacobian)dense).Steps(moving, residual, scale).Within(radius).Step;
            Near.Absolute(expected, sparse.Steps(moving, residual, scale).Within(radius).Step, 1e-9 * (1 + expected.Norm));
        }
    });

    [Fact]
    public void Conjugate_gradients_reach_the_same_step_and_keep_within_the_radius() => FullRank.Sample((sparse, dense) =>
    {
        var (residual, scale) = (Numbers(dense.RowCount), Lengths(dense));
        var krylov = new KrylovStep(sparse, All(sparse), residual, scale);
        var expected = sparse.Steps(All(sparse), residual, scale).Within(double.PositiveInfinity).Step;
        var whole = krylov.Within(double.PositiveInfinity);
        Near.Absolute(expected, whole.Step, 1e-5 * (1 + expected.Norm));
        Assert.Equal(0, whole.Lambda);
        var longest = whole.Step.Zip(scale, (p, d) => p * d).Norm;
        if (longest == 0) return;
        var before = residual.Norm;
        foreach (var part in (double[])[1e-3, 0.1, 0.5, 0.9])
        {
            var (step, lambda) = krylov.Within(part * longest);
            Near.Relative(part * longest, step.Zip(scale, (p, d) => p * d).Norm, 1e-9);
            Assert.True(lambda > 0);
            var after = (residual + dense.Multiply(step)).Norm;
            Assert.True(after <= before * (1 + 1e-12)); // the longer, the lower
            before = after;
        }
    });

    [Theory]
    [InlineData(1), InlineData(2), InlineData(5)]
    public void A_band_fills_in_no_more_than_its_width(int half)
    {
        const int N = 2000;
        int[][] rows = [.. Enumerable.Range(0, N).Select(i =>
            Enumerable.Range(i - half, 2 * half + 1).Where(j => j is >= 0 and < N).ToArray())];
        Assert.True(new SparsePattern(rows, N).Elimination!.Entries.Length <= N * (2 * half + 1));
    }

    [Fact]
    public void What_all_share_is_eliminated_last()
    {
        // many groups with two variables each, and three that all residuals depend on
        int[][] rows = [.. Enumerable.Range(0, 4000).Select(i => (int[])[0, 1, 2, 3 + i / 4 * 2, 4 + i / 4 * 2])];
        var order = new SparsePattern(rows, 2003).Elimination!;
        Assert.True(order.Entries.Length <= 2003 * 5);
        Assert.True(order.Position(0) >= 1998 && order.Position(1) >= 1998 && order.Position(2) >= 1998);
    }

    [Fact]
    public void What_would_fill_in_too_much_is_not_factorised()
    {
        int[][] rows = [.. Enumerable.Range(0, 5000).Select(i => (int[])[i]), [.. Enumerable.Range(0, 5000)]];
        var pattern = new SparsePattern(rows, 5000);
        Assert.Null(pattern.Elimination);
        var a = new SparseMatrix(pattern, [.. Enumerable.Repeat(1.0, pattern.Count)]);
        var residual = Numbers(5001);
        var step = a.LeastSquares(residual);
        Assert.True(a.TransposeMultiply(residual - a.Multiply(step)).Norm <= 1e-7 * a.TransposeMultiply(residual).Norm);
    }

    [Fact]
    public void A_number_that_is_none_is_found_where_it_stands()
    {
        var a = new SparseMatrix(new([[0], [], [1, 2]], 3), [1, 2, double.NaN]);
        Assert.Equal((2, 2, double.NaN), a.FirstNotFinite());
        Assert.Equal([2], a.ColumnsWithNaN());
        Assert.Null(a.With(_ => new Vector(0, 0, 7), [2]).FirstNotFinite());
    }
}
