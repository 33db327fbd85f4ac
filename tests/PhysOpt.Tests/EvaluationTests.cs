using System.Diagnostics;
using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Tests.Tracing;
using PhysOpt.Tracing;

namespace PhysOpt.Tests;

public class EvaluationTests
{
    [Theory]
    [MemberData(nameof(Runs.MethodsAndSources), MemberType = typeof(Runs))]
    public void Evaluations_are_counted_exactly(string method, DerivativeSource source)
    {
        foreach (var problem in (OptimizationProblem[])[Runs.ThreeSpaces, Runs.Rosenbrock])
        {
            var watch = new Watch();
            foreach (var record in Runs.Methods[method](watch.Physics(problem), Runs.Exactly(6, source)))
                Assert.Equal(watch.Points.Count, record.Evaluations);
            Assert.True(watch.Points.Count > 6);
        }
    }

    [Theory]
    [InlineData("GradientDescent")]
    [InlineData("Newton")]
    [InlineData("Lbfgs")]
    public void Evaluations_of_an_objective_without_physics_are_counted_exactly(string method)
    {
        foreach (var source in (DerivativeSource[])[DerivativeSource.Auto, DerivativeSource.FiniteDifference])
        {
            var watch = new Watch();
            var objective = DelegateMap.Scalar(x => x[0] * x[0] + double.Cosh(x[1]), x => new Vector(2 * x[0], double.Sinh(x[1])));
            foreach (var record in Runs.Methods[method](Runs.Objective(watch.First(objective), 3, 1), Runs.Exactly(4, source)))
                Assert.Equal(watch.Points.Count, record.Evaluations);
            Assert.True(watch.Points.Count > 4);
        }
    }

    [Theory]
    [InlineData("GradientDescent")]
    [InlineData("Lbfgs")]
    public void Gradients_are_counted_exactly(string method)
    {
        var watch = new Watch();
        foreach (var record in Runs.Methods[method](Runs.Objective(watch.First(Bowl), 3, 1), Runs.Exactly(4)))
            Assert.Equal(watch.Jacobians, record.GradientEvaluations);
        Assert.True(watch.Jacobians > 4);
    }

    [Theory]
    [InlineData("GradientDescent")]
    [InlineData("Adam")]
    [InlineData("Newton")]
    [InlineData("Lbfgs")]
    public void A_gradient_that_comes_with_the_value_changes_nothing(string method)
    {
        var traced = new TracedFunction(Traces.Record(x =>
        {
            TracedNumber sum = 0 * x[0];
            for (var i = 0; i < x.Length - 1; i++)
                sum += 100 * (x[i + 1] - x[i] * x[i]) * (x[i + 1] - x[i] * x[i]) + (1 - x[i]) * (1 - x[i]);
            return sum;
        }, Start(40)));
        var together = Runs.Methods[method](Runs.Objective(traced, Start(40)), Runs.Exactly(12)).ToList();
        var apart = Runs.Methods[method](Runs.Objective(new Apart(traced), Start(40)), Runs.Exactly(12)).ToList();
        Assert.Equal(
            apart.Select(record => (record.X, record.Loss, record.Gradient, record.Evaluations, record.GradientEvaluations, record.Status)),
            together.Select(record =>
                (record.X, record.Loss, record.Gradient, record.Evaluations, record.GradientEvaluations, record.Status)));

        static double[] Start(int n) => [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? -1.2 : 1)];
    }

    /// <summary>A recorded function whose value and gradient are asked for one after the other.</summary>
    sealed class Apart(TracedFunction f) : ITwiceDifferentiableMap
    {
        public Vector Evaluate(Vector x) => f.Evaluate(x);

        public Matrix Jacobian(Vector x, Vector y) => f.Jacobian(x, y);

        public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => f.VectorJacobianProduct(x, y, w);

        public Matrix WeightedHessian(Vector x, Vector y, Vector w) => f.WeightedHessian(x, y, w);
    }

    [Fact]
    public void Gradients_that_a_Hessian_is_differenced_from_are_counted()
    {
        var watch = new Watch();
        foreach (var record in Optimizer.Run(Runs.Objective(watch.First(Bowl), 3, 1), new Newton(0.5), Runs.Exactly(3)))
            Assert.Equal(watch.Jacobians, record.GradientEvaluations);
    }

    [Fact]
    public void Supplied_gradients_that_a_Hessian_is_differenced_from_are_counted()
    {
        var watch = new Watch();
        var options = Runs.Exactly(3) with { Gradient = watch.Values(DelegateMap.Create(x => new Vector(2 * x[0], double.Sinh(x[1])))) };
        foreach (var record in Optimizer.Run(Runs.Objective(Bowl, 3, 1), new Newton(0.5), options))
            Assert.Equal(watch.Points.Count, record.GradientEvaluations);
    }

    [Theory]
    [MemberData(nameof(Runs.MethodsAndSources), MemberType = typeof(Runs))]
    public void No_point_is_evaluated_twice(string method, DerivativeSource source)
    {
        foreach (var problem in (OptimizationProblem[])[Runs.ThreeSpaces, Runs.Rosenbrock])
        {
            var watch = new Watch();
            _ = Runs.Methods[method](watch.Physics(problem), Runs.Exactly(5, source)).Last();
            AssertDistinct(watch.Points, problem.Name);
        }
    }

    [Theory]
    [InlineData("GradientDescent")]
    [InlineData("Newton")]
    [InlineData("Lbfgs")]
    public void No_point_of_an_objective_without_physics_is_evaluated_twice(string method)
    {
        foreach (var (lower, upper) in (ReadOnlySpan<(Vector?, Vector?)>)[(null, null), (new(-9, -9), new(9, 9)), (new(3, -9), new(9, 1))])
        {
            var watch = new Watch();
            var problem = Runs.Objective(watch.Values(Bowl), 3, 1).WithBounds(lower, upper);
            _ = Runs.Methods[method](problem, Runs.Exactly(1)).Last();
            AssertDistinct(watch.Points, $"bounds {lower} to {upper}");
        }
    }

    [Fact]
    public void No_point_is_evaluated_twice_when_a_method_has_arrived()
    {
        var watch = new Watch();
        var last = Optimizer.Run(watch.Physics(Runs.ThreeSpaces), new InverseSimulator(1)).Last();
        Assert.Equal((TerminationReason.LossTolerance, new Vector(0, 0)), (last.Status, last.X));
        AssertDistinct(watch.Points, "arrived");
    }

    [Theory]
    [MemberData(nameof(Runs.MethodsAndSources), MemberType = typeof(Runs))]
    public void Records_are_computed_one_at_a_time(string method, DerivativeSource source)
    {
        var watch = new Watch();
        var run = Runs.Methods[method](watch.Physics(Runs.ThreeSpaces), Runs.Exactly(5, source));
        Assert.Empty(watch.Points);

        using var records = run.GetEnumerator();
        Assert.Empty(watch.Points);
        for (var k = 0; k < 4; k++)
        {
            var before = watch.Points.Count;
            Assert.True(records.MoveNext());
            Assert.Equal(k, records.Current.Iteration);
            Assert.True(watch.Points.Count > before);
            Assert.Equal(watch.Points.Count, records.Current.Evaluations);
        }
    }

    [Fact]
    public void The_first_records_cost_only_what_they_need()
    {
        var watch = new Watch();
        Assert.Equal(3, Optimizer.Run(watch.Physics(Runs.ThreeSpaces), new GradientDescent(0.01)).Take(3).Count());
        Assert.Equal(3, watch.Points.Count);
        watch = new Watch();
        _ = Optimizer.Run(watch.Physics(Runs.ThreeSpaces), new GradientDescent(0.01), Runs.Exactly(9, DerivativeSource.FiniteDifference))
            .First();
        Assert.Equal(5, watch.Points.Count); // the start and two differences in each of two components
    }

    [Fact]
    public void A_run_that_is_enumerated_again_gives_the_same_records()
    {
        var run = Optimizer.Run(Runs.ThreeSpaces, new GradientDescent(0.01), Runs.Exactly(3));
        var first = run.Select(record => (record.Iteration, record.X, record.Status, record.Evaluations)).ToList();
        Assert.Equal(first, run.Select(record => (record.Iteration, record.X, record.Status, record.Evaluations)));
    }

    [Fact]
    public void Elapsed_leaves_out_the_time_spent_downstream()
    {
        IterationRecord? last = null;
        var (all, downstream) = (Stopwatch.StartNew(), new Stopwatch());
        foreach (var record in Optimizer.Run(Runs.ThreeSpaces, new GradientDescent(0.01), Runs.Exactly(4)))
        {
            downstream.Start();
            Assert.True(record.Elapsed >= (last?.Elapsed ?? TimeSpan.Zero));
            Thread.Sleep(20);
            last = record;
            downstream.Stop();
        }

        Assert.InRange(last!.Elapsed, TimeSpan.FromTicks(1), all.Elapsed - downstream.Elapsed); // whatever else the machine does
    }

    static readonly IDifferentiableMap Bowl = DelegateMap.Scalar(x => x[0] * x[0] + double.Cosh(x[1]), x =>
        new Vector(2 * x[0], double.Sinh(x[1])));

    static void AssertDistinct(List<Vector> points, string where)
    {
        var twice = points.GroupBy(x => x).Where(group => group.Count() > 1).ToList();
        Assert.True(twice.Count == 0,
            $"{where}: {twice.Count} of {points.Count} points more than once, first {twice.FirstOrDefault()?.Key}");
    }
}
