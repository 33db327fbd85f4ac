using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.QuasiNewton;

namespace PhysOpt.Tests;

/// <summary>
/// The products of curvature pairs over free and bound variables, kept up as variables come and go, against sums made anew.
/// </summary>
public class PairProductsTests
{
    const int Dimension = 1500; // more than a block, and no multiple of eight

    /// <summary>Pairs of a walk on sum w_i x_i^2 / 2, of random steps.</summary>
    static CurvaturePairs Walk(Random random, CurvaturePairs pairs, int steps, Func<int, double> size)
    {
        for (var k = 0; k < steps; k++)
        {
            var (from, to) = (At(), At());
            pairs = pairs.Updated(from, to);
        }

        return pairs;

        Point At() => new(new(Enumerable.Range(0, Dimension).Select(i => size(i) * (random.NextDouble() - 0.5))), null, 0, at =>
            new(at.X.Select((x, i) => (1 + i % 7) * x)));
    }

    static VariableSet Where(Func<int, bool> isIn)
    {
        var set = VariableSet.All(Dimension);
        for (var i = 0; i < Dimension; i++)
        {
            if (!isIn(i)) set.Remove(i);
        }

        return set;
    }

    static void AreProductsOver(Func<int, bool> isIn, CurvaturePairs pairs, PairProducts products, double tolerance)
    {
        double Sum(Func<int, double> term) => Enumerable.Range(0, Dimension).Where(isIn).Sum(term);
        var k = pairs.Count;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                var (si, sj, yi, yj) = (pairs.S(i).ToArray(), pairs.S(j).ToArray(), pairs.Y(i).ToArray(), pairs.Y(j).ToArray());
                var (s, y) = (double.Sqrt(Sum(v => si[v] * si[v])), double.Sqrt(Sum(v => yi[v] * yi[v])));
                var (otherS, otherY) = (double.Sqrt(Sum(v => sj[v] * sj[v])), double.Sqrt(Sum(v => yj[v] * yj[v])));
                Near.Absolute(Sum(v => si[v] * sj[v]), products.SS[i * k + j], tolerance * s * otherS, $"s_{i}'s_{j}");
                Near.Absolute(Sum(v => si[v] * yj[v]), products.SY[i * k + j], tolerance * s * otherY, $"s_{i}'y_{j}");
                Near.Absolute(Sum(v => yi[v] * yj[v]), products.YY[i * k + j], tolerance * y * otherY, $"y_{i}'y_{j}");
            }
        }
    }

    [Theory]
    [InlineData(7)] // few at a time: one by one
    [InlineData(400)] // many: anew
    public void They_are_the_sums_over_their_variables_however_these_came_and_went(int changes)
    {
        var random = new Random(3);
        var isIn = Enumerable.Repeat(true, Dimension).ToArray();
        var pairs = Walk(random, CurvaturePairs.Empty(4), 2, _ => 1);
        for (var round = 0; round < 25; round++)
        {
            for (var change = 0; change < changes; change++) isIn[random.Next(Dimension)] ^= true;
            pairs = Walk(random, pairs.Partitioned(Where(i => isIn[i])), round % 3, _ => 1);
            AreProductsOver(i => isIn[i], pairs, pairs.Free, 1e-12);
            AreProductsOver(i => !isIn[i], pairs, pairs.Bound!, 1e-12);
            AreProductsOver(_ => true, pairs, pairs.All, 1e-12);
        }
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e6)]
    [InlineData(1e9)]
    public void Large_components_that_meet_their_bounds_leave_no_rounding_among_the_free_ones(double large)
    {
        var pairs = Walk(new Random(5), CurvaturePairs.Empty(4), 4, i => i == 3 || i == 700 ? large : 1);
        foreach (var isFree in (Func<int, bool>[])[i => i != 5, i => i != 5 && i != 3, i => i != 700 && i != 3, i => i != 5, i => i != 700])
        {
            pairs = pairs.Partitioned(Where(isFree));
            AreProductsOver(isFree, pairs, pairs.Free, 1e-12); // 1000 times the rounding of a fresh sum at most
            AreProductsOver(i => !isFree(i), pairs, pairs.Bound!, 1e-12);
        }
    }

    [Fact]
    public void Where_all_variables_are_free_nothing_is_kept_apart()
    {
        var pairs = Walk(new Random(7), CurvaturePairs.Empty(3), 5, _ => 1);
        Assert.Same(pairs, pairs.Partitioned(VariableSet.All(Dimension)));
        var apart = pairs.Partitioned(Where(i => i > 20));
        Assert.NotNull(apart.Bound);
        Assert.Same(apart, apart.Partitioned(Where(i => i > 20)));
        var together = apart.Partitioned(VariableSet.All(Dimension));
        Assert.Null(together.Bound);
        Assert.Same(pairs.All, together.Free);
    }

    [Fact]
    public void Sweeps_over_a_box_treat_every_variable_alike_wherever_it_stands()
    {
        // whole against one variable at a time, where there are no vectors of eight
        var random = new Random(11);
        foreach (var n in (int[])[1, 7, 8, 9, 31])
        {
            double[] Some(Func<double> each) => [.. Enumerable.Range(0, n).Select(_ => each())];
            var x = Some(() => random.Next(-2, 3));
            var g = Some(() => random.Next(-2, 3) * random.NextDouble());
            var lower = x.Select(value =>
                value - (random.Next(4) switch { 0 => double.PositiveInfinity, 1 => 0, _ => random.NextDouble() })).ToArray();
            var upper = x.Select(value =>
                value + (random.Next(4) switch { 0 => double.PositiveInfinity, 1 => 0, _ => random.NextDouble() })).ToArray();
            var d = Some(() => random.NextDouble() - 0.5);
            var bytes = (n + 7) / 8;
            byte[] moving = new byte[bytes], stopping = new byte[bytes], free = new byte[bytes];
            double[] cauchy = new double[n], end = new double[n], direction = [.. d], inside = new double[n], outside = new double[n];
            var (squares, nearest) = BoxKernel.FindMoving(x, g, lower, upper, moving);
            BoxKernel.FindStopping(x, g, lower, upper, 0.7, moving, stopping);
            BoxKernel.Move(x, 0.7, g, lower, upper, moving, cauchy, free);
            var (slope, fraction, longest) = BoxKernel.Extend(x, g, lower, upper, cauchy, 0.9, direction, end);
            BoxKernel.Split(d, free, inside, outside);

            var (squaresOfEach, nearestOfEach, slopeOfEach, fractionOfEach, longestOfEach) = (0.0, double.PositiveInfinity, 0.0, 1.0,
                double.PositiveInfinity);
            for (var i = 0; i < n; i++)
            {
                double[] X = [x[i]], G = [g[i]], low = [lower[i]], high = [upper[i]], point = new double[1], to = new double[1],
                    step = [d[i]];
                byte[] bit = new byte[1], stop = new byte[1], isFree = new byte[1];
                var (square, first) = BoxKernel.FindMoving(X, G, low, high, bit);
                Assert.Equal(g[i] > 0 ? x[i] > lower[i] : g[i] < 0 && x[i] < upper[i], bit[0] == 1);
                BoxKernel.FindStopping(X, G, low, high, 0.7, bit, stop);
                Assert.Equal(first <= 0.7, stop[0] == 1);
                BoxKernel.Move(X, 0.7, G, low, high, bit, point, isFree);
                var (slopeOfOne, fractionOfOne, longestOfOne) = BoxKernel.Extend(X, G, low, high, point, 0.9, step, to);
                Assert.Equal((bit[0], stop[0], isFree[0]), (Bit(moving, i), Bit(stopping, i), Bit(free, i)));
                Assert.Equal((point[0], to[0], step[0]), (cauchy[i], end[i], direction[i]));
                Assert.Equal(isFree[0] == 1 ? (d[i], 0) : (0, d[i]), (inside[i], outside[i]));
                (squaresOfEach, slopeOfEach) = (squaresOfEach + square, slopeOfEach + slopeOfOne);
                (nearestOfEach, fractionOfEach, longestOfEach) = (double.Min(nearestOfEach, first),
                    double.Min(fractionOfEach, fractionOfOne), double.Min(longestOfEach, longestOfOne));
            }

            Assert.Equal((nearestOfEach, fractionOfEach, longestOfEach), (nearest, fraction, longest));
            Near.Absolute(squaresOfEach, squares, 1e-14 * n);
            Near.Absolute(slopeOfEach, slope, 1e-14 * n);
        }

        static byte Bit(byte[] set, int i) => (byte)(set[i / 8] >> i % 8 & 1);
    }
}
