using CsCheck;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Tests;

/// <summary>The QR decomposition with column pivoting, and the damped systems on it, beside Math.NET's singular values.</summary>
public class PivotedQrTests
{
    const double Eps = Precision.MachineEpsilon;

    static double Size(Matrix a) => SpanKernel.Norm(a.ByColumns);

    [Fact]
    public void Q_times_R_is_the_matrix_with_its_columns_exchanged() => Matrices.Any.Sample(a =>
    {
        var qr = PivotedQr.Of(a);
        for (var j = 0; j < a.ColumnCount; j++)
        {
            double[] back = [.. Enumerable.Range(0, a.RowCount).Select(i => qr.R(i, j))];
            qr.MultiplyByQ(back);
            // Higham (2002), theorem 19.4, column by column
            var column = a.Column(qr.Pivot(j));
            Near.Absolute(column, new Vector(back), 10 * int.Max(a.RowCount, a.ColumnCount) * Eps * column.Norm);
        }
    });

    [Fact]
    public void Q_keeps_lengths_and_its_transpose_undoes_it() => Matrices.Any.Sample(a =>
    {
        var qr = PivotedQr.Of(a);
        double[] b = [.. Enumerable.Range(0, a.RowCount).Select(i => double.Sin(i + 1))];
        var there = (double[])b.Clone();
        qr.MultiplyByTransposedQ(there);
        Near.Relative(SpanKernel.Norm(b), SpanKernel.Norm(there), 10 * a.RowCount * Eps);
        qr.MultiplyByQ(there);
        Near.Absolute(new Vector(b), new Vector(there), 10 * a.RowCount * Eps * SpanKernel.Norm(b));
    });

    [Fact]
    public void The_diagonal_falls_and_is_longer_than_what_stands_right_of_it() => Matrices.Any.Sample(a =>
    {
        var qr = PivotedQr.Of(a);
        var k = int.Min(a.RowCount, a.ColumnCount);
        for (var i = 0; i < k; i++)
        {
            for (var j = i + 1; j < a.ColumnCount; j++)
            {
                var length = SpanKernel.Norm([.. Enumerable.Range(i, k - i).Select(row => qr.R(row, j))]);
                // lengths that are taken down are good for half the digits
                Assert.True(length <= (1 + 1e-6) * double.Abs(qr.R(i, i)) + 10 * a.RowCount * Eps * Size(a), $"{length} {qr.R(i, i)}");
            }
        }
    });

    [Fact]
    public void The_rank_and_the_shortest_solution_are_those_of_singular_values() => Matrices.Any.Sample(a =>
    {
        var (qr, svd) = (PivotedQr.Of(a), SingularValues.Of(a));
        var last = svd.Rank > 0 ? svd.Values[svd.Rank - 1] : 0;
        // where a singular value is next to what is negligible either may take it for nothing
        if (last == 0 || last < 1e4 * svd.Negligible || svd.Values.Any(s => s <= svd.Negligible && s > 1e-4 * svd.Negligible)) return;
        Assert.Equal(svd.Rank, qr.Rank);
        double[] b = [.. Enumerable.Range(0, a.RowCount).Select(i => double.Cos(i) * svd.Values[0])];
        var x = svd.Right.Multiply(svd.LeftTimes(new Vector(b)).Zip(svd.Values, (c, s) => s > svd.Negligible ? c / s : 0));
        var condition = svd.Values[0] / last;
        var size = x.Norm + condition * SpanKernel.Norm(b) / svd.Values[0]; // Golub and Van Loan (2013), theorem 5.3.1
        Near.Absolute(x, qr.Solve(b), 100 * int.Max(a.RowCount, a.ColumnCount) * Eps * condition * size);
    });

    [Fact]
    public void Nothing_has_rank_0_and_the_solution_0()
    {
        foreach (var (m, n) in ((int, int)[])[(3, 2), (2, 3), (1, 1)])
        {
            var qr = PivotedQr.Of(new Matrix(m, n, (_, _) => 0));
            Assert.Equal(0, qr.Rank);
            Assert.Equal(Vector.Zero(n), qr.Solve(new double[m]));
        }
    }

    [Fact]
    public void A_damped_step_is_that_of_the_singular_values() => Gen.Select(Matrices.Any, Gen.Double[-6, 1]).Sample((a, part) =>
    {
        var svd = SingularValues.Of(a);
        if (svd.Values[0] is < 1e-140 or > 1e140) return; // lambda, the square of its size, would vanish or overflow
        var residual = new Vector(Enumerable.Range(0, a.RowCount).Select(i => double.Cos(i) * svd.Values[0]));
        var step = new DampedStep(a, residual, new Vector(Enumerable.Repeat(1.0, a.ColumnCount)));
        var radius = double.Pow(10, part);
        var (p, lambda) = step.Within(radius);
        Assert.True(p.Norm <= 1.1 * radius * (1 + 1e-9), $"{p.Norm} beyond {radius}");
        if (lambda == 0) return;
        Assert.True(p.Norm >= 0.9 * radius * (1 - 1e-9), $"{p.Norm} short of {radius}");
        var largest = svd.Values[0];
        var along = svd.LeftTimes(residual).Zip(svd.Values, (c, s) => -s / largest * c / (s / largest * s + lambda / largest));
        var condition = double.Min(svd.Values[0] / double.Sqrt(lambda), 1 / Eps);
        Near.Absolute(svd.Right.Multiply(along), p, 100 * 40 * Eps * condition * (p.Norm + residual.Norm / svd.Values[0] * condition));
    });

    [Fact]
    public void Units_of_columns_change_nothing() => Gen.Select(Matrices.Any, Gen.Int[-40, 40].Array[40]).Sample((a, exponents) =>
    {
        if (PivotedQr.Of(a).Rank < a.ColumnCount) return;
        var units = new Vector(exponents.Take(a.ColumnCount).Select(e => double.ScaleB(1, e)));
        var scaled = new Matrix(a.RowCount, a.ColumnCount, (i, j) => a[i, j] * units[j]);
        var residual = new Vector(Enumerable.Range(0, a.RowCount).Select(i => double.Cos(i) * Size(a)));
        var plain = new DampedStep(a, residual, new Vector(Enumerable.Repeat(1.0, a.ColumnCount))).Within(0.1);
        var other = new DampedStep(scaled, residual, units).Within(0.1);
        Assert.Equal(plain.Lambda, other.Lambda);
        Assert.Equal(plain.Step, other.Step.Zip(units, (p, d) => p * d));
    });
}
