using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

/// <summary>How runs of L-BFGS within bounds start and end where the loss, the gradient or a limit leaves no usual way.</summary>
public class LbfgsBoundsEndTests
{
    const double Infinity = double.PositiveInfinity;

    static readonly OptimizationOptions ToTheEnd = Lbfgs.DefaultOptions;

    [Fact]
    public void A_loss_without_positive_curvature_ends_at_a_bound()
    {
        var problem = Runs.Objective(DelegateMap.Scalar(x => -x.Dot(x), x => -2 * x), 0.1, -0.2).WithBounds(new(-3, -3), new(4, Infinity));
        var last = Optimizer.Run(problem, new Lbfgs(), ToTheEnd).Last();
        Assert.Equal((TerminationReason.GradientTolerance, new Vector(4, -3)), (last.Status, last.X));
    }

    [Fact]
    public void A_start_outside_the_bounds_is_moved_into_them_with_a_warning()
    {
        var listener = new Listener();
        var problem = Runs.Rosenbrock.WithBounds(new(-1, 0), new(0.5, 2)).StartingAt(new(-1.2, 3));
        var records = Optimizer.Run(problem, new Lbfgs(), ToTheEnd with { Observer = listener }).ToList();
        Assert.Equal(new Vector(-1, 2), records[0].X);
        Assert.Contains("outside the bounds", Assert.Single(listener.Warnings), StringComparison.Ordinal);
        Near.Absolute(new Vector(0.5, 0.25), records[^1].X, 1e-7);
    }

    [Fact]
    public void A_region_within_the_bounds_where_the_loss_is_not_finite_is_backed_out_of()
    {
        var problem = Runs.Objective(
            DelegateMap.Scalar(x => x[0] + x[1] - double.Log(x[0]) - 2 * double.Log(x[1]), x => new Vector(1 - 1 / x[0], 1 - 2 / x[1])), 9,
                0.01).WithBounds(new(-100, -100), new(100, Infinity));
        var last = Optimizer.Run(problem, new Lbfgs(), ToTheEnd).Last();
        Assert.True(last.Status.IsConverged(), $"{last.Status}");
        Near.Absolute(new Vector(1, 2), last.X, 1e-6);
    }

    [Fact]
    public void A_loss_that_falls_for_ever_is_unbounded_or_ends_at_the_bound()
    {
        var loss = DelegateMap.Scalar(x => -double.Exp(x[0]), x => new Vector(-double.Exp(x[0])));
        Assert.Equal(TerminationReason.Unbounded, Optimizer.Run(Runs.Objective(loss, 1).WithBounds(new(0), null), new Lbfgs(), ToTheEnd)
            .Last().Status);
        var last = Optimizer.Run(Runs.Objective(loss, 1).WithBounds(null, new(30)), new Lbfgs(), ToTheEnd).Last();
        Assert.Equal((TerminationReason.GradientTolerance, 30.0), (last.Status, last.X[0]));
    }

    [Fact]
    public void A_gradient_of_the_wrong_sign_is_a_failed_search_within_bounds_too()
    {
        var problem = Runs.Objective(DelegateMap.Scalar(x => x[0] * x[0], x => -2 * x), 3).WithBounds(new(-9), new(9));
        var last = Optimizer.Run(problem, new Lbfgs(), new()).Last();
        Assert.Equal((TerminationReason.LineSearchFailed, 3.0, 0), (last.Status, last.X[0], last.Iteration));
    }

    [Fact]
    public void Limits_stops_and_failures_leave_the_last_good_point_anywhere()
    {
        var problem = TestProblems.Bounded["HS1"].Problem;
        var whole = Optimizer.Run(problem, new Lbfgs(), Runs.Exactly(20)).ToList();
        for (var k = 2; k <= 25; k++)
        {
            IsPrefix(Optimizer.Run(problem, new Lbfgs(), Runs.Exactly(20) with { MaxEvaluations = k }).ToList(),
                TerminationReason.EvaluationLimit, k);

            using var stop = new CancellationTokenSource();
            var calls = 0;
            var watch = new Watch { Before = _ => { if (++calls == k) stop.Cancel(); } };
            IsPrefix(Optimizer.Run(watch.Physics(problem), new Lbfgs(), Runs.Exactly(20), stop.Token).ToList(),
                TerminationReason.Stopped, k);

            calls = 0;
            watch = new Watch { Before = x => { if (++calls >= k) throw new EvaluationException("Broken", "broken", x); } };
            var records = new List<IterationRecord>();
            Assert.Throws<EvaluationException>(
                () =>
                {
                    foreach (var record in Optimizer.Run(watch.Physics(problem), new Lbfgs(),
                Runs.Exactly(20))) records.Add(record);
                });
            // a search that has found a lower point when the function breaks ends with that
            Assert.Equal(TerminationReason.EvaluationError, records[^1].Status);
            foreach (var record in records.Where(record => record.Iteration < records[^1].Iteration))
                Assert.Equal(whole[record.Iteration].X, record.X);
        }

        void IsPrefix(List<IterationRecord> records, TerminationReason reason, int k)
        {
            Assert.True(records[^1].Status == reason, $"{records[^1].Status} in place of {reason} at {k}");
            foreach (var record in records) Assert.Equal(whole[record.Iteration].X, record.X);
        }
    }

    [Fact]
    public void A_state_can_be_stepped_from_again_and_a_method_shared_by_runs()
    {
        var (problem, method) = (TestProblems.Bounded["HS38"].Problem, new Lbfgs());
        var f = (IDifferentiable)Objectives.Create(problem, new(), new EvaluationBudget(), CancellationToken.None);
        var state = method.Initialize(f, problem.InitialGuess);
        for (var k = 0; k < 20; k++)
        {
            var next = method.Step(f, state).State!;
            Assert.Equal(next.At.X, method.Step(f, state).State!.At.X);
            state = next;
        }

        var alone = Optimizer.Run(problem, new Lbfgs(), ToTheEnd).Last().X;
        Assert.All(Enumerable.Range(0, 8).AsParallel().Select(_ => Optimizer.Run(problem, method, ToTheEnd).Last().X), x =>
            Assert.Equal(alone, x));
    }
}
