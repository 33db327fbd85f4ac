using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

/// <summary>Each reason is reached, and it is true: its condition holds on the last record and on none before.</summary>
public class TerminationTests
{
    static readonly OptimizationOptions Open = Runs.Exactly(10_000);

    static List<IterationRecord> Ended(TerminationReason reason, IEnumerable<IterationRecord> run)
    {
        var records = run.ToList();
        Assert.Equal(reason, records[^1].Status);
        Assert.All(records.SkipLast(1), record => Assert.Equal(TerminationReason.Running, record.Status));
        return records;
    }

    /// <summary>The last record repeats the last good one; only status, counts and time may differ.</summary>
    static void RepeatsTheLastGoodPoint(List<IterationRecord> records)
    {
        var (good, last) = (records[^2], records[^1]);
        Assert.Equal(good with
        {
            Status = last.Status,
            Evaluations = last.Evaluations,
            GradientEvaluations = last.GradientEvaluations,
            Elapsed = last.Elapsed
        }, last);
        Assert.True(last.X.IsFinite && double.IsFinite(last.Loss));
    }

    static OptimizationProblem Line(Func<double, double> f, Func<double, double> slope, double start,
        Func<double, double>? curvature = null) => Runs.Objective(
        curvature is null
            ? DelegateMap.Scalar(x => f(x[0]), x => new Vector(slope(x[0])))
            : DelegateMap.Scalar(x => f(x[0]), x => new Vector(slope(x[0])), x => Matrix.Diagonal(curvature(x[0]))),
        start);

    [Fact]
    public void Gradient_tolerance()
    {
        var records = Ended(TerminationReason.GradientTolerance,
            Optimizer.Run(Runs.ThreeSpaces, new Newton(1), Open with { GradientTolerance = 1e-3 }));
        Assert.All(records, record => Assert.Equal(record.Gradient!.InfinityNorm, record.GradientNorm));
        Assert.Equal(records.Count - 1, records.FindIndex(record => record.GradientNorm <= 1e-3));
    }

    [Fact]
    public void The_gradient_norm_beside_a_bound_is_that_of_the_projected_gradient()
    {
        var bounded = Runs.ThreeSpaces.WithBounds(new(1, 2), null);
        var records = Ended(TerminationReason.GradientTolerance,
            Optimizer.Run(bounded, new GradientDescent(0.01), Open with { GradientTolerance = 1e-8 }));
        Assert.Equal((new Vector(1, 2), 0, new Vector(2, 32)), (records[^1].X, records[^1].GradientNorm, records[^1].Gradient));
        Assert.All(records, record => Assert.True(record.X[0] >= 1 && record.X[1] >= 2));
    }

    [Fact]
    public void The_projected_gradient_is_not_lost_beside_a_large_x()
    {
        // g = 1e-7 everywhere, ten times the tolerance; x - g rounds to x
        var problem = Line(x => 1e-7 * x, x => 1e-7, 1e10).WithBounds(new(0), new(1e12));
        var start = Optimizer.Run(problem, new GradientDescent(1)).First();
        Near.Relative(1e-7, start.GradientNorm!.Value, 1e-15);
        Assert.Equal(TerminationReason.Running, start.Status);
    }

    [Fact]
    public void Step_tolerance()
    {
        var records = Ended(TerminationReason.StepTolerance,
            Optimizer.Run(Runs.ThreeSpaces, new InverseSimulator(0.3), Open with { StepTolerance = 1e-3 }));
        for (var k = 1; k < records.Count; k++) Assert.Equal((records[k].X - records[k - 1].X).Norm, records[k].StepNorm);
        Assert.Equal(records.Count - 1, records.FindIndex(1, record => record.StepNorm <= 1e-3));

        records = Ended(TerminationReason.StepTolerance,
            Optimizer.Run(Line(x => x, _ => 1, 1e10), new GradientDescent(1e-7), Open with { StepTolerance = 0 }));
        // x no longer moves: 1e10 - 1e-7 rounds to 1e10
        Assert.Equal((1, 0, 1e10), (records[^1].Iteration, records[^1].StepNorm, records[^1].X[0]));
    }

    [Fact]
    public void Loss_tolerance()
    {
        var records = Ended(TerminationReason.LossTolerance,
            Optimizer.Run(Runs.ThreeSpaces, new GradientDescent(0.01), Open with { LossTolerance = 1e-3 }));
        double Change(int k) => double.Abs(records[k].Loss - records[k - 1].Loss) / double.Max(1,
            double.Max(records[k].Loss, records[k - 1].Loss));
        Assert.Equal(records.Count - 1, Enumerable.Range(1, records.Count - 1).First(k => Change(k) <= 1e-3));
    }

    [Fact]
    public void Loss_target()
    {
        var records = Ended(TerminationReason.LossTarget,
            Optimizer.Run(Runs.ThreeSpaces, new Newton(1.0 / 3), Open with { LossTarget = 0.5 }));
        Assert.Equal(records.Count - 1, records.FindIndex(record => record.Loss <= 0.5));
        Assert.Single(Ended(TerminationReason.LossTarget, Optimizer.Run(Runs.ThreeSpaces, new Newton(1), Open with { LossTarget = 90 })));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Iteration_limit(int limit)
    {
        var records = Ended(TerminationReason.IterationLimit,
            Optimizer.Run(Runs.ThreeSpaces, new GradientDescent(0.01), Runs.Exactly(limit)));
        Assert.Equal(Enumerable.Range(0, limit + 1), records.Select(record => record.Iteration));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Non_finite_at_the_start_is_a_reason_and_not_an_iteration(double value)
    {
        var last = Assert.Single(Ended(TerminationReason.NonFinite, Optimizer.Run(Line(_ => value, x => x, 1), new GradientDescent(1))));
        Assert.Equal((0, new Vector(1), null), (last.Iteration, last.X, last.Gradient));
        Assert.Single(Ended(TerminationReason.NonFinite, Optimizer.Run(Line(x => x, _ => value, 1), new Lbfgs())));
        Assert.Single(Ended(TerminationReason.NonFinite, Optimizer.Run(
            Runs.ThreeSpaces.WithPhysics(DelegateMap.Create(x => new Vector(x[0], value))), new InverseSimulator(1))));
    }

    [Fact]
    public void Non_finite_later_leaves_the_last_good_point()
    {
        // the square root has no value below 0, and its slope none at 0
        RepeatsTheLastGoodPoint(Ended(TerminationReason.NonFinite,
            Optimizer.Run(Line(double.Sqrt, x => 0.5 / double.Sqrt(x), 4), new GradientDescent(5), Open)));
        RepeatsTheLastGoodPoint(Ended(TerminationReason.NonFinite,
            Optimizer.Run(Line(double.Sqrt, x => 0.5 / double.Sqrt(x), 4), new GradientDescent(16), Open)));
        RepeatsTheLastGoodPoint(Ended(TerminationReason.NonFinite, Optimizer.Run(
            Line(x => x > 1 ? double.NaN : -x, _ => -1, 1), new Lbfgs(), Open))); // all trials of the line search
        RepeatsTheLastGoodPoint(Ended(TerminationReason.NonFinite, Optimizer.Run(
            Line(x => x * x, x => 2 * x, 2, x => double.NaN), new Newton(1), Open)));
    }

    [Fact]
    public void Unbounded()
    {
        RepeatsTheLastGoodPoint(Ended(TerminationReason.Unbounded,
            Optimizer.Run(Line(x => -double.Exp(x), x => -double.Exp(x), 1), new Lbfgs(), Open)));
        RepeatsTheLastGoodPoint(Ended(TerminationReason.Unbounded,
            Optimizer.Run(Line(x => x > 2 ? double.NegativeInfinity : -x, _ => -1, 1), new Lbfgs(), Open)));
    }

    [Fact]
    public void A_loss_on_its_way_to_minus_infinity_is_unbounded_before_it_gets_there()
    {
        foreach (var run in (IEnumerable<IterationRecord>[])[
            Optimizer.Run(Line(x => -x * x, x => -2 * x, 1), new GradientDescent(1), Open),
            Optimizer.Run(Line(x => -x * x, x => -2 * x, 1), new Lbfgs(), Open),
            Optimizer.Run(Line(x => -x, _ => -1, 1), new Lbfgs(), Open),
            Optimizer.Run(Line(x => x + double.Exp(x), x => 1 + double.Exp(x), 3), new Lbfgs(), Open), // linear beyond a curvature
            Optimizer.Run(Line(x => -x, _ => -1, 1), new TrustRegionNewton(), Open),
            Optimizer.Run(Line(x => -x, _ => -1, 1).WithBounds(new(0), null), new Lbfgs(), Open)])
        {
            var last = Ended(TerminationReason.Unbounded, run)[^1];
            Assert.InRange(last.Loss, double.MinValue, -1e20);
            Assert.InRange(last.Evaluations, 1, 400);
        }

        // a target further down is met first where one step leads past both, and a start down there is only a start
        Assert.Equal(TerminationReason.LossTarget,
            Optimizer.Run(Line(x => -x * x, x => -2 * x, 1), new GradientDescent(1e12), Open with { LossTarget = -1e21 }).Last().Status);
        Assert.NotEqual(TerminationReason.Unbounded,
            Optimizer.Run(Line(x => x * x - 1e21, x => 2 * x, 0), new GradientDescent(1), new()).Last().Status);
    }

    [Fact]
    public void Line_search_failed_with_a_wrong_gradient()
    {
        // also with the usual tolerances: a search that shrinks to nothing has not converged
        foreach (var options in (OptimizationOptions[])[Open, new()])
        {
            var records = Ended(TerminationReason.LineSearchFailed, Optimizer.Run(Line(x => x * x, x => -2 * x, 3), new Lbfgs(), options));
            RepeatsTheLastGoodPoint(records);
            Assert.Equal((0, 3), (records[^1].Iteration, records[^1].X[0]));
        }

        // a Jacobian of the wrong sign: no fraction of the Gauss-Newton step lowers the sum of squares
        var physics = DelegateMap.Create(x => new Vector(x[0], 1 + x[0]), x => new Matrix(new double[,] { { -1 }, { -1 } }));
        RepeatsTheLastGoodPoint(Ended(TerminationReason.LineSearchFailed, Optimizer.Run(
            new OptimizationProblem("Wrong", physics, new SquaredDistance(), new Vector(3)), new GaussNewton(), Open)));
    }

    [Fact]
    public void Singular_Hessian()
    {
        var problem = Runs.Objective(DelegateMap.Scalar(x => x[0] * x[0], x => new Vector(2 * x[0], 0), x => Matrix.Diagonal(2, 0)), 3, 3);
        RepeatsTheLastGoodPoint(Ended(TerminationReason.SingularHessian, Optimizer.Run(problem, new Newton(1), Open)));

        // of the loss, for the inverse simulator
        var loss = DelegateMap.Scalar(y => y[0] * y[0] + y[1], y => new Vector(2 * y[0], 1), y => Matrix.Diagonal(2, 0));
        RepeatsTheLastGoodPoint(Ended(TerminationReason.SingularHessian,
            Optimizer.Run(Runs.ThreeSpaces.WithLoss(loss), new InverseSimulator(1), Open)));
    }

    [Fact]
    public void A_Hessian_that_is_nearly_singular_is_told_from_one_that_is_only_badly_scaled()
    {
        var good = Factorization.SolveSymmetric(Matrix.Diagonal(1, 1e-12), new(1, 1e-12));
        Near.Relative(new Vector(1, 1), good.Solution!, 1e-15);
        Assert.Null(good.SmallestEigenvalue);
        Assert.Null(Factorization.SolveSymmetric(new Matrix(new double[,] { { 1, 1 }, { 1, 1 } }), new(1, 1)).Solution);
        // Cholesky alone would take it
        Assert.Null(Factorization.SolveSymmetric(new Matrix(new[,] { { 1, 1 }, { 1, 1 + Precision.MachineEpsilon } }), new(1, 1)).Solution);
        Assert.Null(Factorization.SolveSymmetric(Matrix.Diagonal(0, 0), new(1, 1)).Solution);
        var indefinite = Factorization.SolveSymmetric(Matrix.Diagonal(2, -3), new(2, 3));
        Near.Absolute(new Vector(1, -1), indefinite.Solution!, 1e-15);
        Near.Relative(-3, indefinite.SmallestEigenvalue!.Value, 1e-15);
    }

    [Fact]
    public void Negative_curvature_and_stationary_starts_are_said()
    {
        var saddle = Runs.Objective(
            DelegateMap.Scalar(x => x[0] * x[0] - x[1] * x[1], x => new Vector(2 * x[0], -2 * x[1]), x => Matrix.Diagonal(2, -2)), 3, 3);
        var listener = new Listener();
        var last = Ended(TerminationReason.Saddle, Optimizer.Run(saddle, new Newton(1), new() { Observer = listener }))[^1];
        Assert.Equal(0, last.X.Norm);
        Assert.All(listener.Warnings, text => Assert.Contains("negative eigenvalue -2", text, StringComparison.Ordinal));
        // a tolerance that was given is met all the same
        Ended(TerminationReason.GradientTolerance, Optimizer.Run(saddle, new Newton(1), new() { GradientTolerance = 1e-8 }));

        // many steps under negative curvature are one warning, not many
        listener = new();
        _ = Optimizer.Run(saddle, new Newton(0.1), Runs.Exactly(10) with { Observer = listener }).Last();
        Assert.Single(listener.Warnings);

        listener = new();
        Assert.Single(Ended(TerminationReason.Saddle,
            Optimizer.Run(saddle.StartingAt(new(0, 0)), new Newton(1), new() { Observer = listener })));
        Assert.All(listener.Warnings, text => Assert.Contains("saddle", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TerminationReason.LineSearchFailed, true)]
    [InlineData(TerminationReason.IterationLimit, false)]
    public void What_did_not_converge_is_warned_of_once_with_the_numbers(TerminationReason reason, bool warned)
    {
        var listener = new Listener();
        var problem = warned ? Line(x => x * x, x => -2 * x, 3) : Runs.Rosenbrock;
        Ended(reason, Optimizer.Run(problem, new Lbfgs(), Runs.Exactly(3) with { Observer = listener }));
        var text = Assert.Single(warned ? listener.Warnings : listener.Explanations);
        Assert.Contains(reason.ToString(), text, StringComparison.Ordinal);
        Assert.Contains("evaluations", text, StringComparison.Ordinal);
        Assert.Empty(warned ? listener.Explanations : listener.Warnings);
    }
}
