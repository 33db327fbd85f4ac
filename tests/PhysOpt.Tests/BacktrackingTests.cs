using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.LineSearch;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

/// <summary>Gradient descent with steps that are shortened until the loss falls.</summary>
public class BacktrackingTests
{
    static readonly Gen<(double Eta, double Mu, bool Nesterov)> Settings = Gen.Select(Gen.Double[-6, 6].Select(e => double.Pow(10, e)),
        Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 0.99]), Gen.Bool);

    [Theory]
    [MemberData(nameof(TestProblems.Names), MemberType = typeof(TestProblems))]
    public void The_loss_never_rises_however_large_the_learning_rate(string name) => Settings.Sample(
        with =>
        {
            var problem = TestProblems.All[name].Problem;
            var records = Optimizer.Run(problem, new GradientDescent(with.Eta, with.Mu, with.Nesterov, backtracking: true),
                new() { MaxIterations = 40 }).ToList();
            for (var k = 1; k < records.Count; k++) Assert.True(records[k].Loss <= records[k - 1].Loss, $"iteration {k}");
            Assert.True(records.Count > 1 && records[^1].Loss < records[0].Loss);
        },
        iter: Laws.Samples(30));

    [Fact]
    public void Every_step_lowers_the_loss_by_its_share_of_what_the_slope_promises() => Settings.Sample(with =>
    {
        var records = Optimizer.Run(Runs.Rosenbrock, new GradientDescent(with.Eta, with.Mu, with.Nesterov, backtracking: true),
            new() { MaxIterations = 20 }).ToList();
        foreach (var (before, after) in records.Zip(records.Skip(1)).Where(pair => pair.Second.StepNorm > 0))
            Assert.True(after.Loss <= before.Loss + Backtracking.SufficientDecrease * before.Gradient!.Dot(after.Step!) * (1 - 1e-12));
    });

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.9, false)]
    [InlineData(0.5, true)]
    public void Where_no_step_is_too_long_nothing_changes(double mu, bool nesterov)
    {
        // L = (x0^2 + x1^2)/2 from far out: gradient steps of 0.01 with any momentum descend for these many iterations
        var bowl = Runs.Objective(DelegateMap.Scalar(x => x.Dot(x) / 2, x => x), 3, 1);
        Assert.Equal(
            Runs.Steps(bowl, new GradientDescent(0.01, mu, nesterov), 8).Select(record => record.X),
            Runs.Steps(bowl, new GradientDescent(0.01, mu, nesterov, backtracking: true), 8).Select(record => record.X));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.9)]
    public void It_converges_where_the_learning_rate_alone_diverges(double mu)
    {
        var options = new OptimizationOptions { MaxIterations = 20_000, GradientTolerance = 1e-6 };
        Assert.Equal(TerminationReason.NonFinite, Optimizer.Run(Runs.Rosenbrock, new GradientDescent(1, mu), options).Last().Status);
        var last = Optimizer.Run(Runs.Rosenbrock, new GradientDescent(1, mu, backtracking: true), options).Last();
        Assert.Equal(TerminationReason.GradientTolerance, last.Status);
        Near.Absolute(new Vector(1, 1), last.X, 1e-5);
    }

    [Fact]
    public void The_factor_is_remembered_so_that_a_learning_rate_far_too_large_costs_little()
    {
        var last = Optimizer.Run(Runs.Rosenbrock, new GradientDescent(1e6, backtracking: true), Runs.Exactly(100)).Last();
        Assert.InRange(last.Evaluations, 101, 300);
        Assert.Equal(101, last.GradientEvaluations);
    }

    [Fact]
    public void All_points_stay_within_the_bounds_and_the_loss_falls_there_too() => Settings.Sample(with =>
    {
        var (lower, upper) = (new Vector(-1.5, -0.5), new Vector(0.5, 2));
        var bounded = Runs.Rosenbrock.WithBounds(lower, upper);
        var records = Optimizer.Run(bounded, new GradientDescent(with.Eta, with.Mu, with.Nesterov, backtracking: true),
            new() { MaxIterations = 30 }).ToList();
        Assert.All(records, record => Assert.Equal(record.X, record.X.Clamp(lower, upper)));
        for (var k = 1; k < records.Count; k++) Assert.True(records[k].Loss <= records[k - 1].Loss);
    });

    [Fact]
    public void A_start_in_the_corner_that_is_best_stays_there()
    {
        var problem = Runs.Objective(DelegateMap.Scalar(x => x[0] + x[1], _ => new(1, 1)), 0, 0).WithBounds(new(0, 0), null);
        var last = Optimizer.Run(problem, new GradientDescent(1, 0.9, backtracking: true),
            new() { GradientTolerance = null, StepTolerance = 0 }).Last();
        Assert.Equal((TerminationReason.StepTolerance, 1, 1L), (last.Status, last.Iteration, last.Evaluations));
    }

    [Fact]
    public void A_region_without_values_is_kept_out_of()
    {
        var problem = Runs.Objective(DelegateMap.Scalar(x => x[0] - double.Log(x[0]), x => new(1 - 1 / x[0])), 0.1); // NaN below zero
        var last = Optimizer.Run(problem, new GradientDescent(100, backtracking: true), new() { MaxIterations = 500 }).Last();
        Assert.True(last.Status.IsConverged(), $"{last.Status}");
        Near.Absolute(1, last.X[0], 1e-7);
    }

    [Fact]
    public void No_finite_value_on_the_way_a_wrong_gradient_and_no_lower_limit_are_told_apart()
    {
        Assert.Equal(TerminationReason.NonFinite, End(x => x[0] == 1 ? 1 : double.NaN, _ => new(1.0)));
        Assert.Equal(TerminationReason.LineSearchFailed, End(x => x[0], _ => new(-1.0)));
        Assert.Equal(TerminationReason.Unbounded, End(x => x[0] < 0 ? double.NegativeInfinity : x[0], _ => new(1.0)));

        static TerminationReason End(Func<Vector, double> value, Func<Vector, Vector> gradient) =>
            Optimizer.Run(Runs.Objective(DelegateMap.Scalar(value, gradient), 1), new GradientDescent(2, backtracking: true)).Last().Status;
    }

    [Fact]
    public void A_limit_of_evaluations_holds_inside_a_search()
    {
        var last = Optimizer.Run(Runs.Rosenbrock, new GradientDescent(1e6, backtracking: true), new() { MaxEvaluations = 5 }).Last();
        Assert.Equal((TerminationReason.EvaluationLimit, 0, 5L), (last.Status, last.Iteration, last.Evaluations));
    }
}
