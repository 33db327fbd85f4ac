using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>
/// The hard cases that every method of the registry has to meet in the same way: bounds, one variable, stationary starts, regions without
/// values.
/// </summary>
public class HardCaseTests
{
    const double Infinity = double.PositiveInfinity;

    static readonly Dictionary<string, double> Rates = new()
    {
        ["GradientDescent"] = 0.1,
        ["Adam"] = 0.1,
        ["AdaGrad"] = 1,
        ["RmsProp"] = 0.01,
        ["HalfInverseGradient"] = 0.2,
    };

    static readonly string[] Unbounded = ["Newton", "GaussNewton", "InverseSimulator", "TrustRegion"];

    static readonly string[] OfResiduals = ["GaussNewton", "LevenbergMarquardt", "HalfInverseGradient"];

    public static TheoryData<string> All() => [.. MethodRegistry.All.Select(each => each.Name)];

    public static TheoryData<string> KeepBounds() => [.. MethodRegistry.All.Select(each => each.Name).Except(Unbounded)];

    public static TheoryData<string> NeedResiduals() => [.. OfResiduals];

    static List<IterationRecord> Run(string method, OptimizationProblem problem, int iterations = 5000, Listener? listener = null) =>
        [.. MethodRegistry.Require(method).Run(problem, Rates.TryGetValue(method, out var rate) ? rate : null,
            new() { MaxIterations = iterations, Observer = listener })];

    /// <summary>|(x0 - 1, 2 (x1 - 1))|^2, with an inverse.</summary>
    static OptimizationProblem Bowl(Vector start, Vector? lower = null, Vector? upper = null) => new(
        "Bowl",
        DelegateMap.Create(x => new Vector(x[0] - 1, 2 * (x[1] - 1)), _ => Matrix.Diagonal(1, 2), (_, _) => Matrix.Diagonal(0, 0)),
        new SquaredDistance(), start, DelegateMap.Inverse((y, _) => new(1 + y[0], 1 + y[1] / 2)), lower, upper);

    static OptimizationProblem OneVariable(double start, Func<double, double> residual, Func<double, double> slope,
        Func<double, double> inverse) => new(
        "OneVariable", DelegateMap.Create(x => new Vector(residual(x[0])), x => Matrix.Diagonal(slope(x[0]))), new SquaredDistance(),
            new(start),
        DelegateMap.Inverse((y, _) => new(inverse(y[0]))));

    [Theory]
    [MemberData(nameof(All))]
    public void A_start_outside_the_bounds_is_clipped_and_said_and_who_does_not_keep_bounds_says_so(string method)
    {
        var listener = new Listener();
        var first = Run(method, Bowl(new(5, -7), new(-2, -2), new(2, 2)), 3, listener)[0];
        Assert.Equal(new Vector(2, -2), first.X);
        Assert.Contains(listener.Warnings, text => text.Contains("outside the bounds", StringComparison.Ordinal)
            && text.Contains("2 -2", StringComparison.Ordinal));
        Assert.Equal(Unbounded.Contains(method), listener.Warnings.Any(text => text.Contains("does not keep", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(KeepBounds))]
    public void A_fixed_variable_stays_and_the_other_finds_its_minimum(string method)
    {
        var records = Run(method, Bowl(new(3, 3), new(3, -9), new(3, 9)));
        Assert.All(records, record => Assert.Equal(3, record.X[0]));
        Near.Absolute(1, records[^1].X[1], 0.02);
    }

    [Theory]
    [MemberData(nameof(KeepBounds))]
    public void Where_everything_is_fixed_the_start_is_the_solution(string method)
    {
        var last = Run(method, Bowl(new(3, 3), new(3, 3), new(3, 3)))[^1];
        Assert.Equal((Runs.Stationary(method), 0, new Vector(3, 3)), (last.Status, last.Iteration, last.X));
    }

    [Theory]
    [MemberData(nameof(KeepBounds))]
    public void A_solution_in_a_corner_is_reached_exactly_and_is_a_success(string method)
    {
        foreach (var (lower, upper, corner) in ((Vector, Vector, Vector)[])[(new(2, 2), new(9, 9), new(2, 2)),
            (new(-9, -9), new(-1, 0), new(-1, 0)), (new(-9, 2), new(-1, Infinity), new(-1, 2))])
        {
            var records = Run(method, Bowl(new Vector(4, 5).Clamp(lower, upper), lower, upper));
            Assert.Equal((Runs.Stationary(method), corner), (records[^1].Status, records[^1].X));
            Assert.Equal(Runs.KnowsNoGradient(method) ? null : 0.0, records[^1].GradientNorm);
            Assert.All(records, record => Assert.Equal(record.X, record.X.Clamp(lower, upper)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Infinite_bounds_are_none(string method)
    {
        var (without, with) = (Run(method, Bowl(new(5, -7)), 20),
            Run(method, Bowl(new(5, -7), new(-Infinity, -Infinity), new(Infinity, Infinity)), 20));
        Assert.Equal(without.ConvertAll(record => record.X), with.ConvertAll(record => record.X));
        Assert.Equal(without[^1].Status, with[^1].Status);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void One_variable_is_a_problem_like_any_other(string method) =>
        Near.Absolute(2, Run(method, OneVariable(5, x => x - 2, _ => 1, y => y + 2))[^1].X[0], 0.02); // RmsProp goes about it by its rate

    [Theory]
    [MemberData(nameof(All))]
    public void A_start_at_the_minimum_stays_there(string method)
    {
        var listener = new Listener();
        var last = Run(method, Bowl(new(1, 1)), listener: listener)[^1];
        Assert.Equal(new Vector(1, 1), last.X);
        Assert.True(last.Status.IsConverged());
        Assert.Equal(Runs.KnowsNoGradient(method), last.GradientNorm is null);
        if (Runs.KnowsNoGradient(method)) return;
        Assert.Equal((TerminationReason.GradientTolerance, 0), (last.Status, last.Iteration));
        Assert.Empty(listener.Warnings); // no sum of squares is less than zero
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_region_without_values_is_kept_out_of_or_ends_the_run_at_the_last_good_point(string method)
    {
        // y = sqrt(x) - 1/10: steps that halve a square root's distance lead below zero, where there is no value
        var last = Run(method, OneVariable(9, x => double.Sqrt(x) - 0.1, x => 0.5 / double.Sqrt(x), y => (y + 0.1) * (y + 0.1)),
            200_000)[^1];
        Assert.True(double.IsFinite(last.Loss) && last.X[0] >= 0);
        if (OfResiduals.Append("Lbfgs").Append("TrustRegion").Append("InverseSimulator").Contains(method))
            Near.Absolute(0.01, last.X[0], 1e-6);
        else if (last.Status != TerminationReason.NonFinite) Near.Absolute(0.01, last.X[0], 0.02);
    }

    [Theory]
    [MemberData(nameof(NeedResiduals))]
    public void Fewer_residuals_than_unknowns_are_brought_to_zero(string method)
    {
        var physics = DelegateMap.Create(x => new Vector(x[0] - x[1] + x[2] - 6), _ => new Matrix(new double[,] { { 1, -1, 1 } }));
        var last = Run(method, new("Wide", physics, new SquaredDistance(), new(0, 0, 0)))[^1];
        Near.Absolute(0, last.Loss, 1e-15);
        Near.Absolute(new Vector(2, -2, 2), last.X, 1e-7); // the nearest of all solutions
    }

    [Theory]
    [MemberData(nameof(NeedResiduals))]
    public void A_Jacobian_without_full_rank_leaves_what_it_does_not_see(string method)
    {
        var physics = DelegateMap.Create(x => new Vector(x[0] + x[1] - 2, 3 * (x[0] + x[1] - 2)), _ =>
            new Matrix(new double[,] { { 1, 1 }, { 3, 3 } }));
        var last = Run(method, new("Flat", physics, new SquaredDistance(), new(4, 0)))[^1];
        Near.Absolute(0, last.Loss, 1e-15);
        Near.Absolute(4, last.X[0] - last.X[1], 1e-7);
    }

    [Theory]
    [MemberData(nameof(NeedResiduals))]
    public void A_loss_that_is_no_sum_of_squares_is_refused_in_words(string method)
    {
        var refusal = Assert.Throws<ProblemException>(() =>
            MethodRegistry.Require(method).Run(Bowl(new(3, 3)).WithLoss(DelegateMap.Scalar(y => double.Exp(y[0]) + y[1]))));
        Assert.Equal("MethodNeedsMore", refusal.ErrorId);
        Assert.Contains($"{method} cannot be used on 'Bowl'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("sum of squares", refusal.Message, StringComparison.Ordinal);
    }
}
