using CsCheck;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.QuasiNewton;

namespace PhysOpt.Tests;

/// <summary>The Cauchy point and the subspace minimum, against the model with its Hessian written out.</summary>
public class QuadraticModelTests
{
    const int Dimension = 5;

    /// <summary>A point of a positive definite quadratic in a box, and the pairs of a walk that led there.</summary>
    sealed record Case(Matrix Hessian, Vector[] Walk, Vector Lower, Vector Upper)
    {
        internal Point At => On(Hessian, Walk[^1].Clamp(Lower, Upper));

        internal Bounds Bounds => Bounds.Of(Lower, Upper);

        internal CurvaturePairs Pairs
        {
            get
            {
                var pairs = CurvaturePairs.Empty(4);
                for (var k = 1; k < Walk.Length; k++) pairs = pairs.Updated(On(Hessian, Walk[k - 1]), On(Hessian, Walk[k]));
                return pairs;
            }
        }

        /// <summary>B by the BFGS update theta I, ..., B - B s s'B / s'Bs + y y' / s'y. Nocedal and Wright (2006), (6.19).</summary>
        internal Matrix Model()
        {
            var theta = Pairs.Theta;
            var b = new Matrix(Dimension, Dimension, (i, j) => i == j ? theta : 0);
            foreach (var s in Walk.Skip(1).Zip(Walk, (to, from) => to - from).TakeLast(4))
            {
                var (y, bs) = (Hessian.Multiply(s), b.Multiply(s));
                var (sy, sbs, before) = (s.Dot(y), s.Dot(bs), b);
                b = new Matrix(Dimension, Dimension, (i, j) => before[i, j] - bs[i] * bs[j] / sbs + y[i] * y[j] / sy);
            }

            return b;
        }

        static Point On(Matrix hessian, Vector x) => new(x, null, x.Dot(hessian.Multiply(x)) / 2, at => hessian.Multiply(at.X));
    }

    static readonly Gen<Case> Cases = Gen.Select(
        Gen.Double[-1, 1].Array[Dimension * Dimension], Gen.Int[-5, 5].Array[Dimension].Array[1, 7], Gen.Double[0.01, 6].Array[Dimension],
            Gen.Double[0.01, 6].Array[Dimension], Gen.Int[0, 5].Array[2 * Dimension],
        (entries, walk, below, above, kind) =>
        {
            var root = new Matrix(Dimension, Dimension, (i, j) => entries[i * Dimension + j]);
            var points = walk.Select((x, k) => new Vector(x.Select((value, i) => i == Dimension - 1 ? value + 20.0 * (k % 2) : value)))
                .ToArray();
            return new Case(
                root.Transpose().Multiply(root).Add(Matrix.Diagonal(0.2, 0.2, 0.2, 0.2, 0.2)), points,
                new Vector(points[^1].Select((x, i) => kind[i] switch { 0 => double.NegativeInfinity, 1 => x, _ => x - below[i] })),
                new Vector(points[^1].Select((x, i) =>
                    kind[Dimension + i] switch { 0 => double.PositiveInfinity, 1 => x, _ => x + above[i] })));
        });

    static double Value(Matrix model, Vector g, Vector z) => g.Dot(z) + z.Dot(model.Multiply(z)) / 2;

    static LbfgsWorkspace CauchyOf(Case each)
    {
        var (work, pairs) = (new LbfgsWorkspace(Dimension), each.Pairs);
        work.MakeRoom(pairs.Count);
        if (!pairs.IsEmpty) Assert.True(SubspaceProducts.FactoriseMiddle(pairs, work));
        CauchyPoint.Find(each.At, each.Bounds, pairs, work);
        return work;
    }

    [Fact]
    public void The_Cauchy_point_is_the_first_minimiser_on_the_bent_path() => Cases.Sample(each =>
    {
        var (at, model) = (each.At, each.Model());
        var (x, g, cauchy) = (at.X, at.Gradient, new Vector(CauchyOf(each).Cauchy));
        Vector Path(double t) => x.AddScaled(-t, g).Clamp(each.Lower, each.Upper);
        double Along(double t) => Value(model, g, Path(t) - x);

        // the parameter of the Cauchy point: that of a component which is not at its bound, otherwise the last break
        var t = Enumerable.Range(0, Dimension).Where(i => g[i] != 0).Select(i => (x[i] - cauchy[i]) / g[i]).DefaultIfEmpty(0).Max();
        Near.Absolute(Path(t), cauchy, 1e-9 * (1 + x.Norm));
        var here = Value(model, g, cauchy - x);
        // the slope along the path is what is left of g'g: it is rounded as that is
        var scale = 1e-9 * (1 + double.Abs(here) + double.Abs(at.Value)) + 1e-12 * g.Dot(g) * t;
        for (var k = 0; k < 20; k++)
            Assert.True(Along(t * k / 20) >= Along(t * (k + 1) / 20) - scale, $"rises before the Cauchy point, at {k}/20");

        // only as far as to the next bend, beyond which it may fall again
        var bend = Enumerable.Range(0, Dimension).Where(i => g[i] != 0)
            .Select(i => (x[i] - (g[i] < 0 ? each.Upper[i] : each.Lower[i])) / g[i]).Where(bend => bend > t)
            .DefaultIfEmpty(double.PositiveInfinity).Min();
        Assert.True(Along(t + double.Min(t * 1e-3 + 1e-9, (bend - t) / 2)) >= here - scale, "falls on after the Cauchy point");
    });

    [Fact]
    public void The_vector_c_is_that_of_the_Cauchy_point() => Cases.Sample(each =>
    {
        var (work, pairs) = (CauchyOf(each), each.Pairs);
        var (k, z) = (pairs.Count, new Vector(work.Cauchy) - each.At.X);
        var expected = new double[2 * k];
        pairs.InnerProducts(z, null, expected.AsSpan(0, k), expected.AsSpan(k));
        for (var i = 0; i < k; i++)
            Near.Absolute(pairs.Theta * expected[k + i], work.C[k + i],
            1e-8 * (1 + double.Abs(pairs.Theta * expected[k + i])) * (1 + z.Norm));
        for (var i = 0; i < k; i++) Near.Absolute(expected[i], work.C[i], 1e-8 * (1 + double.Abs(expected[i])) * (1 + z.Norm));
    });

    [Fact]
    public void The_subspace_minimum_is_lower_than_the_Cauchy_point_and_stationary_where_it_is_free()
    {
        var interior = 0;
        Cases.Sample(each =>
        {
            var (at, model, work) = (each.At, each.Model(), CauchyOf(each));
            var (x, g, cauchy) = (at.X, at.Gradient, new Vector(work.Cauchy));
            Assert.True(SubspaceMinimum.Find(at, each.Bounds, each.Pairs.Partitioned(work.Free), work).IsFound);
            var end = new Vector(work.Target);
            Assert.Equal(end, end.Clamp(each.Lower, each.Upper));
            var slope = g + model.Multiply(end - x);
            var free = Enumerable.Range(0, Dimension).Where(i => cauchy[i] > each.Lower[i] && cauchy[i] < each.Upper[i]).ToList();
            Assert.All(Enumerable.Range(0, Dimension).Except(free), i => Assert.Equal(cauchy[i], end[i]));
            if (each.Pairs.IsEmpty || free.Any(i => end[i] == each.Lower[i] || end[i] == each.Upper[i])) return; // cut off at a bound

            Interlocked.Increment(ref interior);
            var scale = 1e-7 * (1 + g.Norm + model.Multiply(end - x).Norm);
            Assert.All(free, i => Near.Absolute(0, slope[i], scale, $"reduced gradient [{i}]"));
            Assert.True(Value(model, g, end - x) <= Value(model, g, cauchy - x) + scale);
        });
        Assert.True(interior > 10, $"{interior} of the cases looked at minima inside the box");
    }

    [Fact]
    public void A_saddle_system_is_solved()
    {
        Gen.Select(Gen.Double[-1, 1].Array[9], Gen.Double[-1, 1].Array[9], Gen.Double[-1, 1].Array[9], Gen.Double[-1, 1].Array[6])
            .Sample((rootA, entriesC, rootG, solution) =>
        {
            static Matrix Definite(double[] entries) =>
                new Matrix(3, 3, (i, j) => entries[i * 3 + j]) is var root ? root.Transpose().Multiply(root)
                .Add(Matrix.Diagonal(0.3, 0.3, 0.3)) : null!;
            var (a, c, g) = (Definite(rootA), new Matrix(3, 3, (i, j) => entriesC[i * 3 + j]), Definite(rootG));
            var whole = new Matrix(6, 6, (i, j) =>
                (i < 3, j < 3) switch
                {
                    (true, true) => -a[i, j],
                    (true, false) => c[j - 3, i],
                    (false, true) => c[i - 3, j],
                    _ =>
                g[i - 3, j - 3]
                });
            var system = new SaddleSystem(4);
            for (var i = 0; i < 9; i++) (system.A[i], system.C[i], system.G[i]) = (a[i / 3, i % 3], c[i / 3, i % 3], g[i / 3, i % 3]);
            Assert.True(system.Factorise(3));
            var right = whole.Multiply(new Vector(solution)).ToArray();
            system.Solve(right);
            Near.Absolute(new Vector(solution), new Vector(right), 1e-11);
        });
        var singular = new SaddleSystem(1);
        Assert.False(singular.Factorise(1)); // zeros throughout
    }
}
