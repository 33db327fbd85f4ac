using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

/// <summary>Levenberg-Marquardt within bounds.</summary>
public class BoundedLeastSquaresTests
{
    const double Infinity = double.PositiveInfinity;

    static IterationRecord Converged(OptimizationProblem problem, Listener? listener = null)
    {
        var records = Optimizer.Run(problem, new LevenbergMarquardt(), LevenbergMarquardt.DefaultOptions with { Observer = listener })
            .ToList();
        Assert.All(records, record => Assert.Equal(record.X, record.X.Clamp(problem.LowerBound, problem.UpperBound)));
        for (var k = 1; k < records.Count; k++) Assert.True(records[k].Loss <= records[k - 1].Loss, $"iteration {k}");
        Assert.True(records[^1].Status.IsConverged(),
            $"{problem}: {records[^1].Status} at {records[^1].X} after {records[^1].Iteration} iterations");
        return records[^1];
    }

    [Fact]
    public void A_bound_beside_the_way_is_where_the_valley_ends()
    {
        var last = Converged(Runs.Rosenbrock.WithBounds(null, new(0.5, Infinity)));
        Near.Absolute(new Vector(0.5, 0.25), last.X, 1e-12);
        Near.Absolute(0, last.GradientNorm!.Value, 1e-10);
    }

    [Fact]
    public void Bounded_reference_problems_are_solved()
    {
        // HS1
        Near.Absolute(new Vector(1, 1), Converged(Runs.Rosenbrock.StartingAt(new(-2, 1)).WithBounds(new(-Infinity, -1.5), null)).X, 1e-12);
        Near.Absolute(
            // HS38
            new Vector(1, 1, 1, 1), Converged(TestProblems.All["Wood"].Problem.WithBounds(new(-10, -10, -10, -10), new(10, 10, 10, 10))).X,
                1e-9);
        foreach (var set in NistProblems.All.Values)
        {
            // the certified parameters within wide bounds, which the start is inside of
            var (lower, upper) = (set.Certified.Zip(set.SecondStart, (a, b) => double.Min(a, b) - double.Abs(a)),
                set.Certified.Zip(set.SecondStart, (a, b) => double.Max(a, b) + double.Abs(a)));
            Assert.InRange(NistProblems.Digits(set.Certified, Converged(set.From(2).WithBounds(lower, upper)).X), 6, 11);
        }
    }

    [Fact]
    public void A_start_outside_is_moved_and_said()
    {
        var listener = new Listener();
        var last = Converged(Runs.Rosenbrock.StartingAt(new(5, -5)).WithBounds(new(-2, -2), new(2, 2)), listener);
        Near.Absolute(new Vector(1, 1), last.X, 1e-12);
        Assert.Contains("outside the bounds", Assert.Single(listener.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_whose_bounds_are_equal_stays()
    {
        var last = Converged(Runs.Rosenbrock.WithBounds(new(-1.2, -Infinity), new(-1.2, Infinity)));
        Near.Relative(new Vector(-1.2, 1.44), last.X, 1e-12);
        Assert.Equal(Runs.Rosenbrock.InitialGuess, Converged(Runs.Rosenbrock.WithBounds(new(-1.2, 1), new(-1.2, 1))).X);
    }

    [Fact]
    public void All_variables_may_end_at_bounds()
    {
        var last = Converged(Runs.ThreeSpaces.WithBounds(new(1, 2), null));
        Assert.Equal((new Vector(1, 2), 0), (last.X, last.GradientNorm));
    }

    [Fact]
    public void Infinite_bounds_are_none()
    {
        var bounded = Runs.Rosenbrock.WithBounds(new(-Infinity, -Infinity), new(Infinity, Infinity));
        Assert.Equal(Runs.Steps(Runs.Rosenbrock, new LevenbergMarquardt(), 8).Select(r => r.X),
            Runs.Steps(bounded, new LevenbergMarquardt(), 8).Select(r => r.X));
    }

    [Fact]
    public void A_variable_that_has_to_leave_its_bound_does()
    {
        // both start at a bound; the solution is inside in one and at the other bound in the other
        var physics = DelegateMap.Create(x => new Vector(x[0] + 0.9 * x[1], x[1]), _ => new Matrix(new[,] { { 1, 0.9 }, { 0, 1 } }));
        var last = Converged(new OptimizationProblem("Box", physics, new SquaredDistance(new(2, 3)), new(0, 0), lowerBound: new(0, 0),
            upperBound: new(5, 1)));
        Near.Relative(new Vector(1.1, 1), last.X, 1e-13);
    }

    [Fact]
    public void Any_bounded_linear_problem_ends_where_the_projected_gradient_is_zero() => Gen.Select(
        Gen.Double[-1, 1].Array[20], Gen.Double[-3, 3].Array[5], Gen.Double[-1, 1].Array[4], Gen.Double[0, 2].Array[4],
            Gen.Double[-4, 4].Array[4]).Sample((a, t, lower, width, start) =>
        {
            var j = new Matrix(5, 4, (i, k) => a[i + 5 * k] + (i == k ? 0.5 : 0));
            var problem = new OptimizationProblem(
                "Linear", DelegateMap.Create(x => j.Multiply(x), _ => j), new SquaredDistance(new(t)), new(start), lowerBound: new(lower),
                    upperBound: new Vector(lower) + new Vector(width));
            Near.Absolute(0, Converged(problem).GradientNorm!.Value, 1e-6);
        });
}
