using CsCheck;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.QuasiNewton;

namespace PhysOpt.Tests;

public class CurvaturePairsTests
{
    const int Dimension = 4;

    // A random positive definite quadratic with condition number below about 100, and a walk of points on it.
    static readonly Gen<(Matrix Hessian, Vector[] Walk)> Quadratics = Gen.Select(
        Gen.Double[-1, 1].Array[Dimension * Dimension], Gen.Int[-5, 5].Array[Dimension].Array[7], (entries, walk) =>
        {
            // whole numbers, so that no step is the small difference of large ones; the last component makes every step differ from zero
            var root = new Matrix(Dimension, Dimension, (i, j) => entries[i * Dimension + j]);
            var hessian = root.Transpose().Multiply(root).Add(Matrix.Diagonal(0.2, 0.2, 0.2, 0.2));
            return (hessian, walk.Select((x, k) => new Vector(x.Select((value, i) => i == 3 ? value + 20.0 * (k % 2) : value))).ToArray());
        });

    static Point On(Matrix hessian, Vector x) => new(x, null, x.Dot(hessian.Multiply(x)) / 2, at => hessian.Multiply(at.X));

    static CurvaturePairs Collect(Matrix hessian, Vector[] walk, int memory)
    {
        var pairs = CurvaturePairs.Empty(memory);
        for (var k = 1; k < walk.Length; k++) pairs = pairs.Updated(On(hessian, walk[k - 1]), On(hessian, walk[k]));
        return pairs;
    }

    /// <summary>
    /// The inverse BFGS update (I - rho s y') H (I - rho y s') + rho s s', from the newest s'y/y'y times I. Nocedal and Wright (2006),
    /// (6.17), (7.20).
    /// </summary>
    static Matrix DenseInverse(Matrix hessian, Vector[] walk, int memory)
    {
        var steps = walk.Skip(1).Zip(walk, (to, from) => to - from).TakeLast(memory).ToArray();
        var newest = hessian.Multiply(steps[^1]);
        var gamma = steps[^1].Dot(newest) / newest.Dot(newest);
        var inverse = new Matrix(Dimension, Dimension, (i, j) => i == j ? gamma : 0);
        foreach (var s in steps)
        {
            var y = hessian.Multiply(s);
            var rho = 1 / s.Dot(y);
            var left = new Matrix(Dimension, Dimension, (i, j) => (i == j ? 1 : 0) - rho * s[i] * y[j]);
            inverse = left.Multiply(inverse).Multiply(left.Transpose()).Add(new Matrix(Dimension, Dimension, (i, j) => rho * s[i] * s[j]));
        }

        return inverse;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(20)]
    public void The_two_loop_recursion_is_the_dense_update(int memory) => Quadratics.Sample(sample =>
    {
        var (hessian, walk) = sample;
        var (pairs, dense) = (Collect(hessian, walk, memory), DenseInverse(hessian, walk, memory));
        for (var i = 0; i < Dimension; i++)
        {
            var unit = Vector.Zero(Dimension).With(i, 1);
            var expected = dense.Multiply(unit);
            // six updates, each amplifies rounding by its condition
            Near.Absolute(expected, pairs.InverseHessianTimes(unit), 1e-9 * dense.ToRows().Max(row => row.Norm));
        }
    });

    [Fact]
    public void The_newest_pair_satisfies_the_secant_equation() => Quadratics.Sample(sample =>
    {
        var (hessian, walk) = sample;
        var s = walk[^1] - walk[^2];
        Near.Absolute(s, Collect(hessian, walk, 5).InverseHessianTimes(hessian.Multiply(s)), 1e-9 * double.Max(1, s.Norm));
    });

    [Fact]
    public void Without_pairs_the_inverse_Hessian_is_the_identity()
    {
        var g = new Vector(1, -2, 3, 4);
        Assert.True(CurvaturePairs.Empty(5).IsEmpty);
        Assert.Equal(g, CurvaturePairs.Empty(5).InverseHessianTimes(g));
    }

    [Fact]
    public void A_pair_without_positive_curvature_is_skipped()
    {
        var concave = Matrix.Diagonal(-1, -1, -1, -1);
        var pairs = Collect(Matrix.Diagonal(1, 2, 3, 4), [Vector.Zero(4), new Vector(1, 1, 1, 1)], 5);
        var after = pairs.Updated(On(concave, Vector.Zero(4)), On(concave, new Vector(1, 0, 0, 0)));
        var g = new Vector(1, 2, 3, 4);
        Assert.Equal(pairs.InverseHessianTimes(g), after.InverseHessianTimes(g));
        Assert.True(CurvaturePairs.Empty(5).Updated(On(concave, Vector.Zero(4)), On(concave, new Vector(1, 0, 0, 0))).IsEmpty);
    }

    [Fact]
    public void Updating_leaves_the_old_pairs_as_they_were()
    {
        var hessian = Matrix.Diagonal(1, 2, 3, 4);
        var old = Collect(hessian, [Vector.Zero(4), new Vector(1, 1, 1, 1)], 1);
        var g = new Vector(1, 2, 3, 4);
        var before = old.InverseHessianTimes(g);
        var updated = old.Updated(On(hessian, new Vector(1, 1, 1, 1)), On(hessian, new Vector(0, 3, 0, 1)));
        Assert.Equal(before, old.InverseHessianTimes(g));
        Assert.NotEqual(before, updated.InverseHessianTimes(g));
        Assert.False(old.IsEmpty);
        Assert.True(old.Cleared().IsEmpty);
    }
}
