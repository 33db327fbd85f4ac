using PhysOpt.Functions;
using PhysOpt.Inversion;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>A start where the gradient is zero: left where it is no minimum, and warned of only where nobody could look.</summary>
public class StationaryStartTests
{
    /// <summary>cos x, from its maximum.</summary>
    static readonly OptimizationProblem Maximum = Runs.Objective(
        DelegateMap.Scalar(x => double.Cos(x[0]), x => new(-double.Sin(x[0])), x => Matrix.Diagonal(-double.Cos(x[0]))), 0);

    /// <summary>y = x^2 - 1 from 0, where y^2 has a maximum.</summary>
    static readonly OptimizationProblem Squares = new(
        "Squares",
        DelegateMap.Create(
            x => new Vector(x[0] * x[0] - 1), x => Matrix.Diagonal(2 * x[0]), (_, w) => Matrix.Diagonal(2 * w[0])),
        new SquaredDistance(), new(0));

    static (OptimizationResult Result, List<string> Warnings) Find(OptimizationProblem problem, MethodEntry? method = null,
        DerivativeSource source = DerivativeSource.Auto)
    {
        var listener = new Listener();
        var search = new MinimumSearch
        {
            Method = method,
            Options = defaults => defaults with { MaxIterations = 1000, Derivative = source, Observer = listener },
        };
        return (search.Find(problem), listener.Warnings);
    }

    [Theory]
    [InlineData("Lbfgs", true)]
    [InlineData("GradientDescent", true)]
    [InlineData("TrustRegion", false)]
    [InlineData("Newton", false)]
    public void A_method_that_does_not_leave_a_maximum_says_what_it_is_at(string name, bool isWarned)
    {
        var listener = new Listener();
        _ = MethodRegistry.Require(name).Run(Maximum, options: new() { Observer = listener }).First();
        Assert.Equal(isWarned, listener.Warnings.Any(IsOfSaddle));
        // the same for a search by that method alone, whose result says it
        Assert.Equal(isWarned, IsOfSaddle(Find(Maximum, MethodRegistry.Require(name)).Result.Message));

        static bool IsOfSaddle(string text) => text.Contains("at a saddle or a maximum; start beside it", StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_without_a_slope_of_which_nothing_more_is_seen_is_warned_of()
    {
        var listener = new Listener();
        var level = Runs.Objective(DelegateMap.Scalar(x => double.Pow(x[0], 4), x => new(4 * double.Pow(x[0], 3))), 0);
        _ = MethodRegistry.Require("Lbfgs").Run(level, options: new() { Observer = listener }).First();
        Assert.Contains("stationary", Assert.Single(listener.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DerivativeSource.Auto, false)]
    [InlineData(DerivativeSource.FiniteDifference, false)]
    [InlineData(DerivativeSource.Auto, true)]
    public void A_search_leaves_a_maximum_and_warns_of_nothing(DerivativeSource source, bool isBounded)
    {
        foreach (var (problem, minimum) in ((OptimizationProblem, double)[])[(Maximum, -1), (Squares, 0)])
        {
            var (result, warnings) = Find(isBounded ? problem.WithBounds(new(-9), new(9)) : problem, source: source);
            Assert.True(result.IsConverged);
            Near.Absolute(minimum, result.Loss, 1e-10, result.Message);
            Assert.Empty(warnings);
        }
    }

    [Fact]
    public void Where_nobody_sees_second_derivatives_gradients_beside_the_start_tell()
    {
        // within a bound, and second derivatives are not exact
        var (result, warnings) = Find(Maximum.WithBounds(new(-4), null), source: DerivativeSource.FiniteDifference);
        Assert.True(result.IsConverged, result.Message);
        Near.Absolute(-1, result.Loss, 1e-10, result.Message);
        Assert.Contains("Saddle at loss 1. It began again beside it, where the loss is lower, at x = ", result.Message,
            StringComparison.Ordinal);
        Assert.Empty(warnings);
    }

    [Fact]
    public void Values_alone_leave_a_maximum_between_two_bounds()
    {
        var (result, warnings) = Find(Maximum.WithBounds(new(-4), new(9)), source: DerivativeSource.FiniteDifference);
        Assert.Equal("Brent", result.Method);
        Near.Absolute(-1, result.Loss, 1e-14, result.Message);
        Assert.Empty(warnings);
    }

    public static TheoryData<int, double, DerivativeSource, bool> Products()
    {
        var data = new TheoryData<int, double, DerivativeSource, bool>();
        foreach (var n in (int[])[2, 3, 4, 7])
        {
            foreach (var target in (double[])[1, -1, 1e-9])
            {
                foreach (var source in (DerivativeSource[])[DerivativeSource.Auto, DerivativeSource.FiniteDifference])
                {
                    data.Add(n, target, source, false);
                    data.Add(n, target, source, true);
                }
            }
        }

        return data;
    }

    /// <summary>At 0 the loss is the same along each variable, of whatever order the product is.</summary>
    [Theory]
    [MemberData(nameof(Products))]
    public void A_product_that_nothing_but_all_of_its_factors_changes_is_left_at_zero(
        int n, double target, DerivativeSource source, bool isBounded)
    {
        var problem = Product(n, target, isBounded);
        var (result, _) = Find(problem, source: source);
        Assert.True(result.IsConverged, result.Message);
        Near.Absolute(0, result.Loss, 1e-16 * target * target, result.Message);
        foreach (var method in MethodRegistry.All)
        {
            var (alone, _) = Find(problem, method, source);
            Assert.False(alone.IsConverged && alone.Loss > 1e-3 * target * target, alone.Message);
        }
    }

    static OptimizationProblem Product(int n, double target, bool isBounded)
    {
        var physics = DelegateMap.Create(
            x => new Vector(x.Aggregate(1.0, (a, b) => a * b) - target),
            x => new Matrix(1, n, (_, j) => x.Where((_, k) => k != j).Aggregate(1.0, (a, b) => a * b)));
        var problem = new OptimizationProblem("product", physics, new SquaredDistance(), Vector.Zero(n));
        return isBounded ? problem.WithBounds(new(Enumerable.Repeat(-9.0, n)), new(Enumerable.Repeat(9.0, n))) : problem;
    }

    [Fact]
    public void No_sum_of_squares_is_lower_than_zero() => Assert.Empty(Find(Squares.StartingAt(new(1))).Warnings);

    [Fact]
    public void A_numeric_inverse_does_not_warn_of_it_but_says_it()
    {
        var listener = new Listener();
        var result = new NumericInverse(InverseMethod.Lbfgs).Find(Squares.Physics!, new(3), new(0), new() { Observer = listener });
        Assert.False(result.IsFound);
        Assert.Contains("slope vanishes", result.Message, StringComparison.Ordinal);
        Assert.Empty(listener.Warnings);
    }
}
