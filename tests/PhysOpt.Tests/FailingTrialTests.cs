using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>A trial where a function fails is a trial without a value, as one that is NaN.</summary>
public class FailingTrialTests
{
    const double Wall = 9;

    /// <summary>y = (e^a - 1, 3 (b - a)): from (-3, 2) steps by the slope lead far beyond the wall; the minimum is (0, 0).</summary>
    static OptimizationProblem Walled(bool throws, Action<Vector>? beyond = null)
    {
        Vector Value(Vector x)
        {
            if (x.InfinityNorm <= Wall) return new(double.Exp(x[0]) - 1, 3 * (x[1] - x[0]));
            beyond?.Invoke(x);
            return throws ? throw new EvaluationException("Beyond", "It lies beyond the wall.", x) : new(double.NaN, double.NaN);
        }

        return new(
            "Walled",
            DelegateMap.Create(Value, x => new Matrix(new[,] { { double.Exp(x[0]), 0 }, { -3, 3 } }), (x, w) =>
                Matrix.Diagonal(w[0] * double.Exp(x[0]), 0)),
            new SquaredDistance(), new(-3, 2), DelegateMap.Inverse((y, near) => new(double.Log(y[0] + 1), double.Log(y[0] + 1) + y[1] / 3)));
    }

    /// <summary>The records, and what was thrown after them.</summary>
    static (List<IterationRecord> Records, EvaluationException? Error) Attempt(IEnumerable<IterationRecord> run)
    {
        var records = new List<IterationRecord>();
        try
        {
            foreach (var record in run) records.Add(record);
            return (records, null);
        }
        catch (EvaluationException exception)
        {
            return (records, exception);
        }
    }

    [Theory]
    [MemberData(nameof(Runs.MethodsAndSources), MemberType = typeof(Runs))]
    public void Every_method_goes_where_it_goes_with_NaN(string method, DerivativeSource source)
    {
        foreach (var options in (OptimizationOptions[])[new() { MaxIterations = 60, Derivative = source }, Runs.Exactly(30, source)])
        {
            var (expected, none) = Attempt(Runs.Methods[method](Walled(throws: false), options));
            var (records, error) = Attempt(Runs.Methods[method](Walled(throws: true), options));
            Assert.Null(none);
            Assert.Equal(expected.Select(record => record.X), records.Select(record => record.X));
            Assert.Equal(expected.Select(record => record.Evaluations), records.Select(record => record.Evaluations));
            if (error is null) Assert.Equal(expected[^1].Status, records[^1].Status);
            else Assert.Equal(TerminationReason.EvaluationError, records[^1].Status);
        }
    }

    [Theory]
    [InlineData("Lbfgs")]
    [InlineData("TrustRegion")]
    [InlineData("GaussNewton")]
    [InlineData("LevenbergMarquardt")]
    public void Methods_that_choose_their_step_find_the_minimum_behind_a_wall(string method)
    {
        var beyond = 0;
        foreach (var source in (DerivativeSource[])[DerivativeSource.Auto, DerivativeSource.FiniteDifference])
        {
            var start = new Vector(-3.0, 2);
            var problem = Walled(throws: true, _ => beyond++);
            var run = method == "LevenbergMarquardt" ? Optimizer.Run(problem, new LevenbergMarquardt(1e4), new() { Derivative = source })
                : method == "TrustRegion" ? Optimizer.Run(problem, new TrustRegionNewton(100), new() { Derivative = source })
                : method == "Lbfgs" ? Optimizer.Run(problem, new Lbfgs(10, learningRate: 20), new() { Derivative = source })
                : Runs.Methods[method](problem, new() { Derivative = source });
            Near.Absolute(Vector.Zero(2), run.Last().X, 1e-6, $"{method} {source}");
            Assert.NotEqual(start, run.Last().X);
        }

        Assert.True(beyond > 0, "no trial was beyond the wall");
    }

    [Fact]
    public void Backtracking_shortens_a_step_to_where_it_fails()
    {
        var beyond = 0;
        var last = Optimizer.Run(Walled(throws: true, _ => beyond++), new GradientDescent(10, backtracking: true), new() { MaxIterations = 5000 }).Last();
        Assert.True(beyond > 0);
        Near.Absolute(Vector.Zero(2), last.X, 1e-4);
    }

    [Fact]
    public void A_start_that_fails_is_an_error_without_a_record()
    {
        var (records, error) = Attempt(Optimizer.Run(Walled(throws: true).StartingAt(new(10, 0)), new Lbfgs()));
        Assert.Empty(records);
        Assert.Equal("Beyond", error!.ErrorId);
        Assert.Throws<EvaluationException>(() => new MinimumSearch().Find(Walled(throws: true).StartingAt(new(10, 0))));
    }

    [Fact]
    public void A_run_that_finds_nothing_but_failures_ends_in_the_error()
    {
        var start = new Vector(-3, 2);
        var problem = Runs.Objective(
            DelegateMap.Scalar(x => x.Equals(start) ? 5 : throw new EvaluationException("Broken", "It broke.", x), _ => new(1.0, 1)), -3, 2);
        var (records, error) = Attempt(Optimizer.Run(problem, new Lbfgs()));
        Assert.Equal([TerminationReason.Running, TerminationReason.EvaluationError], records.Select(record => record.Status));
        Assert.Equal(start, records[^1].X);
        Assert.Equal("Broken", error!.ErrorId);
        var result = new MinimumSearch().Find(problem);
        Assert.Equal((TerminationReason.EvaluationError, "Broken"), (result.Status, result.Error!.ErrorId));
    }

    [Fact]
    public void A_Hessian_beyond_memory_is_said_to_be_before_it_is_asked_for()
    {
        var problem = Runs.Objective(DelegateMap.Scalar(x => x.Dot(x), x => x + x), new double[60_000]).StartingAt(
            new(Enumerable.Repeat(1.0, 60_000)));
        var (records, error) = Attempt(Optimizer.Run(problem, new Newton(1)));
        Assert.Equal("HessianTooLarge", error!.ErrorId);
        Assert.Equal([TerminationReason.Running, TerminationReason.EvaluationError], records.Select(record => record.Status));
    }

    [Fact]
    public void A_gradient_that_fails_at_a_trial_makes_the_step_shorter()
    {
        var problem = Runs.Objective(
            DelegateMap.Scalar(
                x => double.Exp(x[0]) - x[0],
                x => x[0] <= 1 ? new(double.Exp(x[0]) - 1) : throw new EvaluationException("NoSlope", "There is no slope.", x)), -40);
        foreach (var run in (IEnumerable<IterationRecord>[])[
            Optimizer.Run(problem, new Lbfgs(), Lbfgs.DefaultOptions),
            Optimizer.Run(problem, new TrustRegionNewton(10), TrustRegionNewton.DefaultOptions)])
        {
            var last = run.Last();
            Assert.True(last.Status.IsConverged(), $"{last.Status}");
            Near.Absolute(0, last.X[0], 1e-6);
        }
    }

    /// <summary>x^2 + y^2 (x^2 - 0.01) from (1, 0): the first step leads to the saddle (0, 0), beside which it is lower.</summary>
    static OptimizationProblem Saddle(Action<Vector> before) => Runs.Objective(
        DelegateMap.Scalar(
            x =>
            {
                before(x);
                return x[0] * x[0] + x[1] * x[1] * (x[0] * x[0] - 0.01);
            },
            x => new(2 * x[0] * (1 + x[1] * x[1]), 2 * x[1] * (x[0] * x[0] - 0.01)),
            x => new Matrix(new[,]
            {
                { 2 + 2 * x[1] * x[1], 4 * x[0] * x[1] },
                { 4 * x[0] * x[1], 2 * (x[0] * x[0] - 0.01) },
            })), 1, 0);

    static readonly OptimizationOptions ToStationary = TrustRegionNewton.DefaultOptions with { GradientTolerance = 1e-8 };

    [Fact]
    public void What_was_accepted_is_recorded_though_the_look_beyond_a_saddle_fails()
    {
        var problem = Saddle(x => { if (x[1] != 0) throw new EvaluationException("Beside", "It fails beside the axis.", x); });
        var (records, _) = Attempt(Optimizer.Run(problem, new TrustRegionNewton(), ToStationary));
        Near.Absolute(Vector.Zero(2), records[^1].X, 1e-12);
        Assert.Equal(1, records[^1].Iteration);
    }

    [Fact]
    public void What_was_accepted_is_recorded_though_the_run_is_stopped_at_a_saddle()
    {
        using var stop = new CancellationTokenSource();
        var problem = Saddle(x => { if (x.InfinityNorm < 1e-9) stop.Cancel(); });
        var records = Optimizer.Run(problem, new TrustRegionNewton(), ToStationary, stop.Token).ToList();
        Assert.Equal((TerminationReason.Stopped, 1), (records[^1].Status, records[^1].Iteration));
        Near.Absolute(Vector.Zero(2), records[^1].X, 1e-12);
        Assert.Equal(2, records.Count);

        using var early = new CancellationTokenSource();
        var atStart = Saddle(x => early.Cancel()).StartingAt(new(0, 0));
        var only = Assert.Single(Optimizer.Run(atStart, new TrustRegionNewton(), ToStationary, early.Token));
        Assert.Equal((TerminationReason.Stopped, 0, 0.0), (only.Status, only.Iteration, only.GradientNorm));
    }
}
