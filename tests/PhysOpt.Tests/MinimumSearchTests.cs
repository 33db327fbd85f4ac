using System.Diagnostics;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

public class MinimumSearchTests
{
    static OptimizationResult Find(OptimizationProblem problem, OptimizationOptions? options = null) =>
        new MinimumSearch
        {
            Options = defaults =>
            options is null ? defaults : options with { MaxIterations = defaults.MaxIterations }
        }.Find(problem);

    /// <summary>Values alone, as an untraced script block has.</summary>
    static OptimizationProblem ByValues(OptimizationProblem problem) => problem.WithPhysics(DelegateMap.Create(problem.Physics!.Evaluate));

    static OptimizationProblem Hock(string name, Func<Vector, double> f, double[] start, double[] lower, double[] upper) =>
        new(name, null, DelegateMap.Scalar(f), new Vector(start), lowerBound: new Vector(lower), upperBound: new Vector(upper));

    [Theory]
    [MemberData(nameof(TestProblems.Names), MemberType = typeof(TestProblems))]
    public void The_minimum_of_every_reference_problem_is_found(string name)
    {
        var (problem, minimum, minimiser) = TestProblems.All[name];
        foreach (var each in (OptimizationProblem[])[problem, ByValues(problem)])
        {
            var result = Find(each);
            Assert.True(result.IsConverged, result.Message);
            Near.Absolute(minimum, result.Loss, double.Max(1e-8, 1e-6 * minimum), result.Message);
            if (minimiser is not null) Near.Absolute(minimiser, result.X, 1e-4);
        }
    }

    public static TheoryData<string> Bounded() => [.. BoundedProblems.Keys];

    static readonly Dictionary<string, (OptimizationProblem Problem, double Minimum)> BoundedProblems = new()
    {
        ["HS1"] = (Hock("HS1", Rosenbrock, [-2, 1], [double.NegativeInfinity, -1.5],
            [double.PositiveInfinity, double.PositiveInfinity]), 0),
        ["HS3"] = (Hock("HS3", x => x[1] + 1e-5 * double.Pow(x[1] - x[0], 2), [10, 1], [double.NegativeInfinity, 0],
            [double.PositiveInfinity, double.PositiveInfinity]), 0),
        ["HS5"] = (
            Hock("HS5", x => double.Sin(x[0] + x[1]) + double.Pow(x[0] - x[1], 2) - 1.5 * x[0] + 2.5 * x[1] + 1, [0, 0], [-1.5, -3],
                [4, 3]),
            -double.Sqrt(3) / 2 - double.Pi / 3),
        ["HS38"] = (
            Hock("HS38", x => TestProblems.All["Wood"].Problem.Physics!.Evaluate(x) is var r ? r.Dot(r) : 0, [-3, -1, -3, -1],
                [-10, -10, -10, -10], [10, 10, 10, 10]), 0),
    };

    static double Rosenbrock(Vector x) => 100 * double.Pow(x[1] - x[0] * x[0], 2) + double.Pow(1 - x[0], 2);

    [Theory]
    [MemberData(nameof(Bounded))]
    public void The_minimum_within_bounds_is_found(string name)
    {
        var (problem, minimum) = BoundedProblems[name];
        var result = Find(problem);
        Assert.True(result.IsConverged, result.Message);
        Assert.Equal(result.X, result.X.Clamp(problem.LowerBound, problem.UpperBound));
        Near.Absolute(minimum, result.Loss, 1e-8, result.Message);
    }

    [Fact]
    public void The_method_is_chosen_by_what_is_known_and_the_reason_is_said()
    {
        var squares = Runs.Rosenbrock;
        var small = Runs.Objective(DelegateMap.Scalar(x => x.Dot(x), x => 2 * x, x => Matrix.Diagonal([.. x.Select(_ => 2.0)])), 3, 5);
        Chooses("LevenbergMarquardt", "sum of squares", squares);
        Chooses("LevenbergMarquardt", "sum of squares", ByValues(squares));
        Chooses("LevenbergMarquardt", "sum of squares", squares.WithBounds(new(-5, -5), null));
        Chooses("Lbfgs", "exact for n = 2", small);
        Chooses("Lbfgs", "not exact", Runs.Objective(DelegateMap.Scalar(x => x.Dot(x)), 3, 5));
        Chooses("Lbfgs", "not exact", small, new() { Derivative = DerivativeSource.FiniteDifference });
        Chooses("Lbfgs", "bounds", small.WithBounds(new(-5, -5), null));
        // no bounds at all
        Chooses("Lbfgs", "exact for n = 2", small.WithBounds(new(double.NegativeInfinity, double.NegativeInfinity), null));
        var large = Runs.Objective(DelegateMap.Scalar(x => x.Dot(x), x => 2 * x, x => Matrix.Diagonal([.. x.Select(_ => 2.0)])),
            [.. Enumerable.Repeat(1.0, 101)]);
        Chooses("Lbfgs", "n = 101 is large", large);

        static void Chooses(string method, string reason, OptimizationProblem problem, OptimizationOptions? options = null)
        {
            var listener = new Listener();
            var result = Find(problem, (options ?? new()) with { Observer = listener });
            Assert.Equal(method, result.Method);
            Assert.Contains(listener.Explanations, text => text.StartsWith($"{method} is used", StringComparison.Ordinal)
                && text.Contains(reason, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_choice_is_a_method_and_methods_run_to_convergence()
    {
        foreach (var choice in MethodChoice.All) Assert.Equal(choice.Method, MethodRegistry.OfChoice(choice.Method).Name);
        foreach (var name in (string[])["GAUSSNEWTON", "LBFGS", "NEWTON", "TRUSTREGION", "LEVENBERGMARQUARDT"])
        {
            var method = MethodRegistry.Require(name);
            var result = new MinimumSearch { Method = method }.Find(Runs.Rosenbrock);
            Assert.Equal(method.Name, result.Method);
            Near.Absolute(0, result.Loss, 1e-8, result.Message);
        }

        var unknown = Assert.Throws<ProblemException>(() => MethodRegistry.Require("Simplex"));
        Assert.Equal("MethodNotFound", unknown.ErrorId);
        Assert.Contains("TrustRegion", unknown.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_at_a_saddle_is_left_also_without_exact_derivatives()
    {
        foreach (var n in (int[])[2, 120])
        {
            var saddle = Runs.Objective(DelegateMap.Scalar(x => x.Select((v, i) => (i == 1 ? -1 : 1) * v * v + v * v * v * v).Sum()),
                new double[n]);
            var result = Find(saddle);
            Assert.True(result.IsConverged, result.Message);
            Near.Absolute(-0.25, result.Loss, 1e-8, result.Message);
            Assert.Contains("TrustRegion continued", result.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_looks_like_a_minimum_to_gradients_is_looked_at_by_second_derivatives()
    {
        // L-BFGS never leaves the ridge x1 = 0, whose lowest point is a saddle; the minima are at x1 = +-1/sqrt(2)
        var ridge = Runs.Objective(
            DelegateMap.Scalar(
                x => double.Pow(x[0] - 1, 2) - x[1] * x[1] + double.Pow(x[1], 4),
                x => new(2 * (x[0] - 1), -2 * x[1] + 4 * double.Pow(x[1], 3)),
                x => Matrix.Diagonal(2, -2 + 12 * x[1] * x[1])), 5, 0);
        Near.Absolute(0, new MinimumSearch { Method = MethodRegistry.Require("Lbfgs") }.Find(ridge).Loss, 1e-12);
        var result = Find(ridge);
        Assert.Equal(("TrustRegion", true), (result.Method, result.IsConverged));
        Near.Absolute(-0.25, result.Loss, 1e-8, result.Message);
        Assert.StartsWith("Lbfgs ended with Saddle at loss 0; TrustRegion continued.", result.Message, StringComparison.Ordinal);

        // no evaluations left on the way down from there: that is no minimum, and it does not say so
        var allowed = result.Evaluations - 2;
        result = Find(ridge, new() { MaxEvaluations = allowed });
        Assert.Equal(TerminationReason.EvaluationLimit, result.Status);
        Assert.EndsWith($", {allowed} evaluations: {allowed} evaluations were allowed.", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TestProblems.Names), MemberType = typeof(TestProblems))]
    public void The_message_has_the_counts_of_the_result(string name)
    {
        // where the loss is no sum of squares, second derivatives look at what L-BFGS found: that counts, too
        var problem = TestProblems.All[name].Problem;
        foreach (var each in (OptimizationProblem[])[problem, Whole(problem)])
        {
            var result = Find(each);
            Assert.Contains($" after iteration {result.Iterations} with ", result.Message, StringComparison.Ordinal);
            Assert.Contains($", {result.Evaluations} evaluations: ", result.Message, StringComparison.Ordinal);
        }

        static OptimizationProblem Whole(OptimizationProblem problem) => new(
            problem.Name, null, DelegateMap.Scalar(
                x => problem.Loss.Evaluate(problem.Physics!.Evaluate(x))[0], x => Gradient(problem, x), x => new(x.Count, x.Count, (i, j) =>
                    (Gradient(problem, x.With(i, x[i] + 1e-5))[j] - Gradient(problem, x.With(i, x[i] - 1e-5))[j]) / 2e-5)),
            problem.InitialGuess);

        static Vector Gradient(OptimizationProblem problem, Vector x)
        {
            var y = problem.Physics!.Evaluate(x);
            var slope = ((IDifferentiableMap)problem.Loss).VectorJacobianProduct(y, problem.Loss.Evaluate(y), new(1.0));
            return ((IDifferentiableMap)problem.Physics).VectorJacobianProduct(x, y, slope);
        }
    }

    [Fact]
    public void One_evaluation_is_one()
    {
        var result = Find(Runs.Objective(DelegateMap.Scalar(x => x.Dot(x), x => 2 * x), 3, 5), new() { MaxEvaluations = 1 });
        Assert.EndsWith(", 1 evaluation: 1 evaluation was allowed.", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(100)]
    public void The_lowest_minimum_of_a_long_valley_is_found_also_where_second_derivatives_are_exact(int n)
    {
        var valley = Runs.Objective(
            DelegateMap.Scalar(
                x => Enumerable.Range(0, n - 1).Sum(i => 100 * double.Pow(x[i + 1] - x[i] * x[i], 2) + double.Pow(1 - x[i], 2)),
                x => new([.. Enumerable.Range(0, n).Select(i =>
                    (i < n - 1 ? -400 * x[i] * (x[i + 1] - x[i] * x[i]) - 2 * (1 - x[i]) : 0)
                        + (i > 0 ? 200 * (x[i] - x[i - 1] * x[i - 1]) : 0))]),
                Curvature),
            [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? -1.2 : 1)]);
        var result = Find(valley);
        Assert.True(result.IsConverged, result.Message);
        Near.Absolute(0, result.Loss, 1e-8, result.Message);

        static Matrix Curvature(Vector x)
        {
            var h = new double[x.Count, x.Count];
            for (var i = 0; i < x.Count - 1; i++)
            {
                h[i, i] += 1200 * x[i] * x[i] - 400 * x[i + 1] + 2;
                h[i + 1, i + 1] += 200;
                h[i, i + 1] = h[i + 1, i] = -400 * x[i];
            }

            return new(h);
        }
    }

    [Fact]
    public void Where_one_method_is_stuck_another_continues_and_that_is_said()
    {
        // a gradient of the wrong sign: neither gets anywhere, and the result is true
        var listener = new Listener();
        var result = Find(Runs.Objective(DelegateMap.Scalar(x => x.Dot(x), x => -2 * x), 3, 5), new() { Observer = listener });
        Assert.Contains("Lbfgs ended with LineSearchFailed at loss 34; TrustRegion continued.", result.Message, StringComparison.Ordinal);
        Assert.Equal((TerminationReason.LineSearchFailed, "TrustRegion", new Vector(3, 5)), (result.Status, result.Method, result.X));
        Assert.Equal(2, listener.Explanations.Count(text => text.Contains("is used on", StringComparison.Ordinal)));
    }

    [Fact]
    public void Limits_hold_over_all_methods_together()
    {
        var watch = new Watch();
        var problem = watch.PhysicsValues(Runs.Rosenbrock);
        var result = Find(problem, new() { MaxEvaluations = 50 });
        Assert.Equal((TerminationReason.EvaluationLimit, 50L), (result.Status, result.Evaluations));
        Assert.Equal(50, watch.Points.Count);
        Assert.False(result.IsConverged);
        Assert.Equal(Runs.Rosenbrock.Physics!.Evaluate(result.X).Dot(Runs.Rosenbrock.Physics.Evaluate(result.X)), result.Loss);

        result = new MinimumSearch { Options = defaults => defaults with { MaxIterations = 3 } }.Find(Runs.Rosenbrock);
        Assert.Equal((TerminationReason.IterationLimit, 3), (result.Status, result.Iterations));
    }

    [Fact]
    public void The_time_limit_ends_it_with_the_last_good_point()
    {
        // the tenth call takes all the time, and those after it wait until that has been noticed
        var limit = TimeSpan.FromSeconds(1);
        var (start, calls) = (Stopwatch.GetTimestamp(), 0);
        var slow = Runs.Rosenbrock.WithPhysics(DelegateMap.Create(x =>
        {
            if (++calls >= 10) SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(start) > calls / 10.0 * limit);
            return Runs.Rosenbrock.Physics!.Evaluate(x);
        }));
        var result = new MinimumSearch { TimeLimit = limit }.Find(slow);
        Assert.Equal(TerminationReason.TimeLimit, result.Status);
        Assert.Contains("TimeLimit", result.Message, StringComparison.Ordinal);
        Assert.InRange(result.Loss, 0, 24.2);
        Assert.True(result.Elapsed >= TimeSpan.FromMilliseconds(990));

        // a limit that is over before anything was computed is a status too
        result = new MinimumSearch { TimeLimit = TimeSpan.FromTicks(1) }.Find(slow);
        Assert.Equal((TerminationReason.TimeLimit, Runs.Rosenbrock.InitialGuess), (result.Status, result.X));
    }

    [Fact]
    public void Whoever_stops_it_gets_an_exception_and_not_a_status()
    {
        using var stop = new CancellationTokenSource();
        var count = 0;
        var problem = Runs.Rosenbrock.WithPhysics(DelegateMap.Create(x =>
        {
            if (++count == 20) stop.Cancel();
            return Runs.Rosenbrock.Physics!.Evaluate(x);
        }));
        Assert.Throws<OperationCanceledException>(() => new MinimumSearch().Find(problem, stop.Token));
        Assert.Equal(20, count);
    }

    [Fact]
    public void A_function_that_fails_on_the_way_leaves_the_last_good_point_and_the_error()
    {
        var count = 0;
        var problem = Runs.Rosenbrock.WithPhysics(DelegateMap.Create(x =>
            ++count >= 20 ? throw new EvaluationException("Broken", "broken", x) : Runs.Rosenbrock.Physics!.Evaluate(x)));
        var result = Find(problem);
        Assert.Equal((TerminationReason.EvaluationError, "Broken"), (result.Status, result.Error!.ErrorId));
        Assert.True(double.IsFinite(result.Loss));
        count = 19;
        Assert.Throws<EvaluationException>(() => Find(problem));
    }

    [Fact]
    public void The_truth_is_told_of_what_has_no_minimum()
    {
        Assert.Equal(TerminationReason.Unbounded,
            Find(Runs.Objective(DelegateMap.Scalar(x => -x[0] * x[0], x => -2 * x, _ => Matrix.Diagonal(-2)), 1)).Status);
        Assert.Equal(TerminationReason.NonFinite, Find(Runs.Objective(DelegateMap.Scalar(x => double.NaN), 1)).Status);
        var listener = new Listener();
        Assert.False(Find(Runs.Objective(DelegateMap.Scalar(x => -x[0]), 1), new() { Observer = listener }).IsConverged);
        Assert.DoesNotContain(listener.Warnings, text => text.Contains("ended after", StringComparison.Ordinal)); // the result says it
    }
}
