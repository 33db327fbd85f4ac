using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Tests;

public class SingularValuesTests
{
    const double Eps = Precision.MachineEpsilon;

    [Fact]
    public void The_factors_make_the_matrix_again() => Matrices.Any.Sample(a =>
    {
        var svd = SingularValues.Of(a);
        var scaled = new Matrix(a.RowCount, svd.Values.Count, (i, k) => svd.Left[i, k] * svd.Values[k]);
        var back = scaled.Multiply(svd.Right.Transpose());
        Near.Absolute(new Vector(a.ByColumns), new Vector(back.ByColumns), Rounding(a) * SpanKernel.Norm(a.ByColumns));
    });

    [Fact]
    public void Values_fall_and_vectors_are_orthonormal() => Matrices.Any.Sample(a =>
    {
        var svd = SingularValues.Of(a);
        for (var k = 0; k < svd.Values.Count; k++)
        {
            Assert.True(svd.Values[k] >= 0 && (k == 0 || svd.Values[k] <= svd.Values[k - 1]));
            for (var l = 0; l <= k; l++)
            {
                // the direction of a value that is nothing but rounding is not determined on the shorter side
                if (svd.Values[k] <= 1e3 * svd.Negligible) continue;
                var exact = k == l ? 1 : 0;
                Near.Absolute(exact, svd.Left.Column(k).Dot(svd.Left.Column(l)), Rounding(a));
                Near.Absolute(exact, svd.Right.Column(k).Dot(svd.Right.Column(l)), Rounding(a));
            }
        }
    });

    [Fact]
    public void A_power_of_two_only_scales_the_values() => Gen.Select(Matrices.Any, Gen.Int[-100, 100]).Sample((a, exponent) =>
    {
        var (one, other) = (SingularValues.Of(a),
            SingularValues.Of(new(a.RowCount, a.ColumnCount, (i, j) => double.ScaleB(a[i, j], exponent))));
        double[] sizes = [one.Values[0], other.Values[0]];
        if (sizes.Any(size => size is < 1e-100 or > 1e140)) return; // squares of small entries vanish
        for (var k = 0; k < one.Values.Count && one.Values[k] > 1e-20 * one.Values[0]; k++)
        {
            Assert.Equal(double.ScaleB(one.Values[k], exponent), other.Values[k]);
            Assert.Equal(one.Left.Column(k), other.Left.Column(k));
            Assert.Equal(one.Right.Column(k), other.Right.Column(k));
        }
    });

    [Fact]
    public void Values_are_those_of_Math_NET() => Matrices.Any.Sample(a =>
    {
        var largest = new Vector(a.ByColumns).InfinityNorm;
        if (!(largest > 0)) return;
        var scaled = Matrix<double>.Build.Dense(a.RowCount, a.ColumnCount, (i, j) => a[i, j] / largest); // it squares entries
        var expected = new Vector(scaled.Svd(computeVectors: false).S.Select(value => value * largest));
        Near.Absolute(expected, SingularValues.Of(a).Values, Rounding(a) * SpanKernel.Norm(a.ByColumns));
    });

    [Fact]
    public void Columns_of_any_scale_leave_small_values_exact()
    {
        // J = Q D with orthonormal columns of Q: the singular values are D, however small beside each other
        var q = PivotedQr.Of(new(6, 4, (i, j) => double.Sin(1 + i + 7 * j)));
        double[] d = [1, 1e-40, 1e-80, 1e-120];
        double[][] columns = [.. Enumerable.Range(0, 4).Select(j => Enumerable.Range(0, 6).Select(i => i == j ? 1.0 : 0).ToArray())];
        foreach (var column in columns) q.MultiplyByQ(column);
        var values = SingularValues.Of(new(6, 4, (i, j) => columns[j][i] * d[j])).Values;
        for (var k = 0; k < 4; k++) Near.Relative(d[k], values[k], 40 * Eps);
    }

    [Fact]
    public void A_row_and_a_column_of_zeros_take_nothing_away()
    {
        var values = SingularValues.Of(new(new double[,] { { 0, 0, 0, 0 }, { -8, -1.3, 0, 0 } })).Values;
        Near.Relative(double.Sqrt(64 + 1.3 * 1.3), values[0], 4 * Eps);
        Assert.Equal(0, values[1]);
    }

    static double Rounding(Matrix a) => 10 * int.Max(a.RowCount, a.ColumnCount) * Eps;
}
