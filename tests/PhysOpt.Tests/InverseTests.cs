using PhysOpt.Functions;
using PhysOpt.Inversion;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

public class InverseTests
{
    static InverseSimulator Simulator(double eta, InverseMethod method) => new(eta, Runs.ThreeSpaces.Solver(method));

    [Theory]
    [InlineData(InverseMethod.Analytic, 2.50998008)]
    [InlineData(InverseMethod.Lbfgs, -2.50998008)]
    [InlineData(InverseMethod.GaussNewton, -2.50998008)]
    public void The_analytic_root_jumps_to_the_other_branch_where_a_local_inverse_stays(InverseMethod method, double x1) =>
        Near.Relative(new Vector(2.1, x1), Runs.Steps(Runs.ThreeSpaces.StartingAt(new(3, -3)), Simulator(0.3, method), 1)[1].X, 1e-8);

    [Theory]
    [InlineData(InverseMethod.Analytic)]
    [InlineData(InverseMethod.Lbfgs)]
    [InlineData(InverseMethod.GaussNewton)]
    public void A_step_beyond_the_range_of_the_physics_is_out_of_range(InverseMethod method)
    {
        var listener = new Listener();
        var records = Optimizer.Run(Runs.ThreeSpaces, Simulator(1.2, method), Runs.Exactly(10) with { Observer = listener }).ToList();
        Assert.Equal(2, records.Count);
        Assert.Equal((TerminationReason.OutOfRange, 0, new Vector(3, 3), 90),
            (records[1].Status, records[1].Iteration, records[1].X, records[1].Loss));
        Assert.Contains("OutOfRange", Assert.Single(listener.Warnings), StringComparison.Ordinal); // one warning, with status and reason
        Assert.Equal(method == InverseMethod.Analytic ? 1 : 0, records[1].Evaluations == 1 ? 1 : 0); // a search costs, a formula does not
    }

    [Theory]
    [InlineData(InverseMethod.Lbfgs)]
    [InlineData(InverseMethod.GaussNewton)]
    public void A_search_that_stalls_at_a_singular_Jacobian_says_so(InverseMethod method)
    {
        var result = new NumericInverse(method).Find(Runs.ThreeSpaces.Physics!, new Vector(2, 2), new Vector(3, 0));
        Assert.False(result.IsFound);
        Near.Absolute(new Vector(2, 0), result.X, 1e-9);
        Near.Relative(2, result.Residual, 1e-9);
        Assert.Contains("No x", result.Message, StringComparison.Ordinal);
        Assert.Contains("singular", result.Message, StringComparison.Ordinal);

        var last = Optimizer.Run(
            Runs.ThreeSpaces.StartingAt(new(3, 0)).WithLoss(new SquaredDistance(new(2, 2))), Simulator(1, method), Runs.Exactly(10)).Last();
        Assert.Equal((TerminationReason.OutOfRange, new Vector(3, 0)), (last.Status, last.X));
    }

    [Theory]
    [InlineData(InverseMethod.Lbfgs)]
    [InlineData(InverseMethod.GaussNewton)]
    public void The_result_says_what_was_found(InverseMethod method)
    {
        var watch = new Watch();
        var target = new Vector(2, 2);
        var result = new NumericInverse(method).Find(watch.Twice((ITwiceDifferentiableMap)Runs.ThreeSpaces.Physics!), target, new(3, 3));
        Assert.True(result.IsFound);
        Assert.Equal((target, Runs.ThreeSpaces.Physics!.Evaluate(result.X)), (result.Target, result.Y));
        Near.Absolute(double.Hypot(result.Y[0] - 2, result.Y[1] - 2), result.Residual, 1e-15);
        Assert.Equal(watch.Points.Count, result.Evaluations);
        Assert.True(result.Status.IsConverged());
        Assert.Contains("Found", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(InverseMethod.Lbfgs)]
    [InlineData(InverseMethod.GaussNewton)]
    public void What_counts_as_found_does_not_depend_on_the_unit_of_y(InverseMethod method)
    {
        foreach (var unit in (double[])[1, 1e-9, 1e9])
        {
            var physics = DelegateMap.Create(x => new Vector(unit * x[0], unit * x[1] * x[1]), x => Matrix.Diagonal(unit, 2 * unit * x[1]));
            var reached = new NumericInverse(method).Find(physics, new(2 * unit, 2 * unit), new(3, 3));
            Assert.True(reached.IsFound, reached.Message);
            Near.Absolute(new Vector(2, double.Sqrt(2)), reached.X, 1e-6); // the tolerance of the residual, relative to the target
            Assert.False(new NumericInverse(method).Find(physics, new(2 * unit, -2 * unit), new(3, 3)).IsFound,
                $"a square is negative in units of {unit}");
        }
    }

    [Theory]
    [InlineData(InverseMethod.Lbfgs, 1e-7, true)]
    [InlineData(InverseMethod.Lbfgs, 1e-5, false)]
    [InlineData(InverseMethod.GaussNewton, 1e-7, true)]
    [InlineData(InverseMethod.GaussNewton, 1e-5, false)]
    public void A_residual_above_a_millionth_does_not_count_as_found(InverseMethod method, double missed, bool isFound)
    {
        var physics = DelegateMap.Create(x => new Vector(x[0], missed), _ => new Matrix(new double[,] { { 1 }, { 0 } }));
        var result = new NumericInverse(method).Find(physics, new(1, 0), new(1.5));
        Assert.Equal(isFound, result.IsFound);
        Near.Relative(missed, result.Residual, 1e-6);
    }

    [Fact]
    public void Gauss_Newton_halves_a_step_that_goes_too_far()
    {
        // the full steps for the zero of the arc tangent diverge from 3: 3, -9.5, 124, ...
        var physics = DelegateMap.Create(x => new Vector(double.Atan(x[0])), x => Matrix.Diagonal(1 / (1 + x[0] * x[0])));
        var losses = Optimizer.Run(new OptimizationProblem("Arc tangent", physics, new SquaredDistance(), new(3)), new GaussNewton())
            .Select(record => record.Loss).ToList();
        for (var k = 1; k < losses.Count; k++)
            Assert.True(losses[k] < losses[k - 1] || losses[k] == 0, $"{losses[k]} after {losses[k - 1]}");
        Assert.InRange(losses[^1], 0, 1e-16);
    }

    [Fact]
    public void Without_a_name_the_own_inverse_is_taken_where_there_is_one()
    {
        Assert.IsType<SuppliedInverse>(Runs.ThreeSpaces.Solver());
        Assert.IsType<NumericInverse>(new OptimizationProblem("None", Runs.ThreeSpaces.Physics, Runs.ThreeSpaces.Loss, new(3, 3)).Solver());
    }

    [Fact]
    public void The_limits_of_a_search_are_those_it_is_given()
    {
        var result = new NumericInverse(InverseMethod.Lbfgs).Find(
            Runs.ThreeSpaces.Physics!, new(2, 2), new(3, 3), new() { MaxIterations = 1 });
        Assert.Equal((1, TerminationReason.IterationLimit, false), (result.Iterations, result.Status, result.IsFound));
    }

    [Fact]
    public void Bounds_choose_the_branch_and_hold_at_every_evaluation()
    {
        var watch = new Watch();
        var physics = watch.Twice((ITwiceDifferentiableMap)Runs.ThreeSpaces.Physics!);
        var result = new NumericInverse(InverseMethod.Lbfgs)
            .Find(physics, new(2, 2), new(3, -0.5), null, new(double.NegativeInfinity, -1), new(5, -1e-3));
        Assert.False(result.IsFound); // the root is at -1.41
        Assert.Equal(-1, result.X[1]);
        result = new NumericInverse(InverseMethod.Lbfgs).Find(physics, new(2, 2), new(3, 0.5), null, new(0, 0), null);
        Near.Absolute(new Vector(2, double.Sqrt(2)), result.X, 1e-8);
        Assert.All(watch.Points, x => Assert.True(x[1] >= -1));
    }

    [Fact]
    public void A_search_that_starts_outside_its_bounds_is_moved_into_them_and_bad_bounds_are_refused()
    {
        var listener = new Listener();
        var limits = new OptimizationOptions { MaxIterations = 0, Observer = listener };
        Assert.Equal(new Vector(3, 2), new NumericInverse(InverseMethod.Lbfgs)
            .Find(Runs.ThreeSpaces.Physics!, new(2, 2), new(3, 9), limits, null, new(9, 2)).X);
        Assert.Contains("3 2", Assert.Single(listener.Warnings), StringComparison.Ordinal);
        Assert.Equal("BoundsCrossed", Assert.Throws<ProblemException>(
            () => new NumericInverse(InverseMethod.Lbfgs).Find(Runs.ThreeSpaces.Physics!, new(2, 2), new(3, 3), null, new(0, 4), new(9, 2)))
                .ErrorId);
    }

    [Fact]
    public void The_inverse_simulator_keeps_bounds_with_a_numeric_inverse_by_Lbfgs_and_says_where_it_does_not()
    {
        foreach (var (method, keeps) in ((InverseMethod, bool)[])[(InverseMethod.Lbfgs, true), (InverseMethod.GaussNewton, false),
            (InverseMethod.Analytic, false)])
        {
            var listener = new Listener();
            var problem = Runs.ThreeSpaces.WithBounds(new(2.5, -9), null);
            var simulator = new InverseSimulator(0.3, problem.Solver(method));
            var records = Optimizer.Run(problem, simulator, new() { MaxIterations = 8, Observer = listener }).ToList();
            Assert.Equal(keeps, records.All(record => record.X[0] >= 2.5));
            Assert.Equal(keeps, !listener.Warnings.Any(text => text.Contains("does not keep", StringComparison.Ordinal)));
        }
    }
}
