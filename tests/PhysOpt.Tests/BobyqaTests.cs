using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.DerivativeFree;
using PhysOpt.Optimization.Methods;
using PhysOpt.Tests.Problems;

namespace PhysOpt.Tests;

/// <summary>The parts of BOBYQA by what defines them.</summary>
public class BobyqaTests
{
    const int N = 5;

    static readonly double[] unbounded = [.. Enumerable.Repeat(double.PositiveInfinity, N)];

    static double Smooth(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++) sum += double.Exp((i + 1) * x[i] / 4) + double.Cos(x[i] * x[(i + 1) % x.Length]);
        return sum;
    }

    static (InterpolationSet Set, InterpolationModel Model) Fresh(Random random)
    {
        var set = new InterpolationSet(N);
        double[] a = new double[N], b = new double[N];
        for (var i = 0; i < N; i++)
            (a[i], b[i]) = (0.5 + random.NextDouble(), i % 2 == 0 ? -0.5 - random.NextDouble() : 2 + random.NextDouble());
        set.Reset(a, b);
        for (var k = 0; k < set.Count; k++) set.Values[k] = Smooth(set.Point(k));
        for (var k = 0; k < set.Count; k++)
        {
            if (set.Values[k] < set.Values[set.Best]) set.Prefer(k);
        }

        var model = new InterpolationModel(set);
        model.Reset();
        return (set, model);
    }

    static void Update(InterpolationSet set, InterpolationModel model, Random random)
    {
        var d = Enumerable.Range(0, N).Select(_ => random.NextDouble() - 0.5).ToArray();
        set.Weigh(d);
        var t = Enumerable.Range(0, set.Count).Where(k => k != set.Best).MaxBy(set.Denominator);
        var at = d.Zip(set.Optimum, (one, other) => one + other).ToArray();
        var error = Smooth(at) - set.Values[set.Best] - model.Change(d);
        model.Release(t);
        set.Replace(t, d);
        set.Values[t] = Smooth(at);
        model.Correct(t, error);
        if (!(set.Values[t] < set.Values[set.Best])) return;
        model.Move(d);
        set.Prefer(t);
    }

    static void AssertInterpolates(InterpolationSet set, InterpolationModel model, double tolerance)
    {
        for (var k = 0; k < set.Count; k++)
        {
            var d = set.Point(k).ToArray().Zip(set.Optimum, (one, other) => one - other).ToArray();
            Assert.Equal(set.Values[k], set.Values[set.Best] + model.Change(d), tolerance);
        }
    }

    [Fact]
    public void The_model_interpolates_all_values_after_every_update()
    {
        var random = new Random(1);
        var (set, model) = Fresh(random);
        AssertInterpolates(set, model, 1e-12);
        for (var k = 0; k < 60; k++)
        {
            Update(set, model, random);
            AssertInterpolates(set, model, 1e-8);
            if (k % 20 != 19) continue;
            model.Recentre();
            set.Recentre();
            AssertInterpolates(set, model, 1e-8);
            Assert.All(set.Optimum, each => Assert.Equal(0, each));
        }
    }

    [Fact]
    public void A_Lagrange_function_is_1_at_its_own_point_and_0_at_the_others()
    {
        var random = new Random(2);
        var (set, model) = Fresh(random);
        for (var k = 0; k < 40; k++)
        {
            Update(set, model, random);
            if (k == 25)
            {
                model.Recentre();
                set.Recentre();
            }
        }

        for (var j = 0; j < set.Count; j++)
        {
            var d = set.Point(j).ToArray().Zip(set.Optimum, (one, other) => one - other).ToArray();
            set.Weigh(d);
            for (var k = 0; k < set.Count; k++) Assert.Equal(k == j ? 1 : 0, set.Lagrange[k], 1e-9);
            Assert.Equal(0, set.Beta, 1e-8);
        }
    }

    [Fact]
    public void The_interpolant_of_least_Hessian_interpolates_too()
    {
        var random = new Random(3);
        var (set, model) = Fresh(random);
        for (var k = 0; k < 20; k++) Update(set, model, random);
        _ = model.GradientOfAlternative();
        model.TakeAlternative();
        AssertInterpolates(set, model, 1e-8);
    }

    [Fact]
    public void A_step_stays_within_radius_and_bounds_and_lowers_the_model_as_much_as_steepest_descent_does()
    {
        var random = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var (set, model) = Fresh(random);
            for (var k = 0; k < random.Next(20); k++) Update(set, model, random);
            double[] lower = [.. set.Optimum.Select(x => x - Room(0))], upper = [.. set.Optimum.Select(x => x + Room(1e-3))];
            var step = new BoxedStep(set, model, lower, upper);
            var radius = 2 * random.NextDouble();
            step.Find(radius);
            Assert.True(SpanKernel.Norm(step.Step) <= radius * (1 + 1e-12));
            for (var i = 0; i < N; i++) Assert.InRange(set.Optimum[i] + step.Step[i], lower[i] - 1e-15, upper[i] + 1e-15);
            var gained = -model.Change(step.Step);
            var cauchy = 0.0;
            foreach (var part in (double[])[1e-3, 0.01, 0.1, 0.3, 1])
            {
                double[] d =
                [
                    .. model.Gradient.Select((g, i) => double.Clamp(set.Optimum[i] - part * g, lower[i], upper[i]) - set.Optimum[i]),
                ];
                if (SpanKernel.Norm(d) <= radius) cauchy = double.Max(cauchy, -model.Change(d));
            }

            Assert.True(gained >= 0.5 * cauchy - 1e-12, $"round {round}: {gained} of {cauchy}");
        }

        double Room(double least) => random.Next(3) switch { 0 => least, 1 => random.NextDouble(), _ => double.PositiveInfinity };
    }

    [Fact]
    public void A_step_for_the_geometry_is_where_its_Lagrange_function_is_not_small()
    {
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var (set, model) = Fresh(random);
            for (var k = 0; k < random.Next(20); k++) Update(set, model, random);
            var geometry = new GeometryStep(set, [.. unbounded.Select(x => -x)], unbounded);
            var t = Enumerable.Range(0, set.Count).First(k => k != set.Best);
            geometry.Find(t, 0.5);
            foreach (var d in (double[][])[geometry.Step, geometry.Cauchy])
            {
                Assert.True(SpanKernel.Norm(d) <= 0.5 * (1 + 1e-12));
                set.Weigh(d);
                if (ReferenceEquals(d, geometry.Cauchy)) Assert.Equal(geometry.CauchySquare, set.Lagrange[t] * set.Lagrange[t], 1e-9);
                else Assert.True(set.Denominator(t) > 1e-4, $"round {round}");
            }
        }
    }

    [Fact]
    public void A_convex_quadratic_is_solved_to_rounding_in_a_number_of_values_that_grows_as_n()
    {
        foreach (var n in (int[])[2, 5, 10, 20, 40])
        {
            var random = new Random(n);
            var to = Enumerable.Range(0, n).Select(_ => 1 + random.NextDouble()).ToArray();
            var problem = new OptimizationProblem("Quadratic", null, DelegateMap.Create(x =>
            {
                var sum = 0.0;
                for (var i = 0; i < n; i++)
                {
                    var (here, next) = (x[i] - to[i], x[(i + 1) % n] - to[(i + 1) % n]);
                    sum += (1 + i % 3) * here * here + 0.5 * here * next;
                }

                return new Vector(sum);
            }), new(Enumerable.Repeat(1.0, n)));
            var last = Optimizer.Run(problem, new Bobyqa(), Bobyqa.DefaultOptions).Last();
            Assert.True(last.Status.IsConverged());
            Assert.InRange(last.Loss, -1e-13, 1e-13);
            Assert.InRange(last.Evaluations, 4 * n, 40 * n + 60);
        }
    }

    [Theory]
    [InlineData("PowellBadlyScaled", 1e-10)]
    [InlineData("BrownBadlyScaled", 1e-8)]
    [InlineData("Osborne2", 1e-8)]
    public void Badly_scaled_minima_are_found(string name, double tolerance)
    {
        var problem = MoreGarbowHillstrom.All.Single(each => each.Name == name);
        var last = Optimizer.Run(problem.Problem, new Bobyqa(), Bobyqa.DefaultOptions).Last();
        Assert.True(last.Status.IsConverged());
        Assert.Equal(problem.Minimum, last.Loss, tolerance);
    }

    [Fact]
    public void Another_radius_is_another_run()
    {
        var record = Optimizer.Run(Runs.Rosenbrock, new Bobyqa(0.5), Runs.Exactly(5)).Last();
        Assert.Equal(5, Optimizer.Run(Runs.Rosenbrock, new Bobyqa(0.5), Runs.Exactly(1) with { ResumeFrom = record }).First().Iteration);
        Assert.Equal(0, Optimizer.Run(Runs.Rosenbrock, new Bobyqa(0.1), Runs.Exactly(1) with { ResumeFrom = record }).First().Iteration);
    }

    [Fact]
    public void A_record_costs_no_model()
    {
        const int n = 40;
        var chain = DelegateMap.Create(x => new Vector(x.Select((xi, i) => (i + 1) * xi * xi).Sum()));
        var problem = new OptimizationProblem("Chain", null, chain, new(Enumerable.Repeat(1.0, n)));
        _ = Optimizer.Run(problem, new Bobyqa(), Runs.Exactly(5)).Last();
        var records = new List<IterationRecord>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        records.AddRange(Optimizer.Run(problem, new Bobyqa(), Runs.Exactly(200)));
        var perValue = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)records[^1].Evaluations;
        Assert.InRange(perValue, 0, 40 * 8 * n); // vectors; a model would be 5 n^2 numbers
    }
}
