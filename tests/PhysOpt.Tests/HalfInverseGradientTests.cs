using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

public class HalfInverseGradientTests
{
    static readonly OptimizationProblem[] Problems = [Runs.ThreeSpaces, Runs.Rosenbrock,
        .. TestProblems.All.Values.Select(each => each.Problem)];

    static Vector Step(OptimizationProblem problem, HalfInverseGradient method) =>
        Optimizer.Run(problem, method, Runs.Exactly(1)).Last().Step!;

    [Fact]
    public void With_exponent_one_and_half_the_rate_it_is_Gauss_Newton()
    {
        foreach (var problem in Problems)
        {
            var (map, x) = ((IDifferentiableMap)problem.Physics!, problem.InitialGuess);
            var y = map.Evaluate(x);
            var expected = -Factorization.LeastSquares(map.Jacobian(x, y), y);
            Near.Absolute(expected, Step(problem, new(0.5, exponent: 1, truncation: 0)), 1e-10 * expected.Norm, problem.Name);
        }
    }

    [Fact]
    public void With_exponent_minus_one_it_is_gradient_descent()
    {
        foreach (var problem in Problems)
        {
            var expected = Optimizer.Run(problem, new GradientDescent(1e-6), Runs.Exactly(1)).Last();
            Near.Absolute(expected.Step!, Step(problem, new(1e-6, exponent: -1)), 1e-11 * expected.StepNorm + 1e-14, problem.Name);
        }
    }

    [Fact]
    public void Half_way_every_direction_is_divided_by_the_root_of_its_singular_value()
    {
        // J = diag(1, 6) at (3, 3) with dL/dy = (6, 18)
        Near.Relative(new Vector(-0.5 * 6, -0.5 * 18 / double.Sqrt(6)), Step(Runs.ThreeSpaces, new()), 1e-14);
        Near.Relative(new Vector(-0.1 * 6, -0.1 * 18), Step(Runs.ThreeSpaces, new(0.1, exponent: 0)), 1e-14);
    }

    [Fact]
    public void Small_singular_values_are_left_out()
    {
        Assert.Equal(0, Step(Runs.ThreeSpaces, new(0.5, truncation: 0.2))[0]); // 1 is at most a fifth of 6
        Near.Relative(-3, Step(Runs.ThreeSpaces, new(0.5, truncation: 0.1))[0], 1e-14);

        // nothing is left where the gradient lies in what is left out: no step is no success
        var line = new OptimizationProblem("Line", DelegateMap.Create(x => new Vector(x[0], 10 * x[1]), _ => Matrix.Diagonal(1, 10)),
            new SquaredDistance(), new(3, 0));
        Assert.Equal(TerminationReason.SingularHessian, Optimizer.Run(line, new HalfInverseGradient(truncation: 0.5)).Last().Status);
    }

    [Fact]
    public void It_gets_to_the_solution_within_bounds()
    {
        var last = Optimizer.Run(Runs.ThreeSpaces.WithBounds(new(1, -5), null), new HalfInverseGradient(0.1),
            new() { MaxIterations = 1000, GradientTolerance = 1e-6 }).Last();
        Assert.Equal(TerminationReason.GradientTolerance, last.Status);
        Assert.Equal(1, last.X[0]);
        Near.Absolute(0, last.X[1], 1e-2);
    }

    [Fact]
    public void A_Jacobian_without_full_rank_or_with_fewer_residuals_is_no_obstacle()
    {
        var sum = DelegateMap.Create(x => new Vector(x.Sum(), x.Sum()), x => new Matrix(2, 3, (_, _) => 1));
        var last = Optimizer.Run(new("Sum", sum, new SquaredDistance(new(3, 3)), new(0, 0, 0)), new HalfInverseGradient(0.3),
            new OptimizationOptions()).Last();
        Assert.True(last.Status.IsConverged());
        Near.Relative(new Vector(1, 1, 1), last.X, 1e-7);
    }
}
