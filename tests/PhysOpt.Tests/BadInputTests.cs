using PhysOpt.Analysis;
using PhysOpt.Functions;
using PhysOpt.Inversion;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

public class BadInputTests
{
    static readonly Vector Start = new(3, 3);

    static string Refused(Func<object> action)
    {
        var exception = Assert.Throws<ProblemException>(action);
        Assert.NotEmpty(exception.Message);
        Assert.NotEmpty(exception.RecommendedAction);
        return exception.ErrorId;
    }

    static OptimizationProblem Build(Vector? start = null, Vector? lower = null, Vector? upper = null, Vector? solution = null) =>
        new("Bad", Runs.ThreeSpaces.Physics, Runs.ThreeSpaces.Loss, start ?? Start, null, lower, upper, solution);

    [Fact]
    public void One_number_is_a_bound_of_all_components()
    {
        var problem = Build(lower: new(-1), upper: new(5));
        Assert.Equal(new Vector(-1, -1), problem.LowerBound);
        Assert.Equal(new Vector(5, 5), problem.UpperBound);
        Assert.Equal("BoundsCrossed", Refused(() => Build(lower: new(2), upper: new(9, 1))));
    }

    [Fact]
    public void What_cannot_be_a_problem_is_refused_by_name()
    {
        Assert.Equal("InitialGuessEmpty", Refused(() => Build(new Vector())));
        Assert.Equal("InitialGuessEmpty", Refused(() => new OptimizationProblem("Bad", null, new SquaredDistance(), null!)));
        Assert.Equal("InitialGuessNotFinite", Refused(() => Build(new(3, double.NaN))));
        Assert.Equal("InitialGuessNotFinite", Refused(() => Build(new(double.NegativeInfinity, 3))));
        Assert.Equal("LowerBoundLengthMismatch", Refused(() => Build(lower: new(1, 2, 3))));
        Assert.Equal("UpperBoundLengthMismatch", Refused(() => Build(upper: new(1, 2, 3))));
        Assert.Equal("SolutionLengthMismatch", Refused(() => Build(solution: new(1))));
        Assert.Equal("BoundsCrossed", Refused(() => Build(lower: new(0, 2), upper: new(9, 1))));
        Assert.Equal("LowerBoundNotANumber", Refused(() => Build(lower: new(0, double.NaN))));
        Assert.Equal("UpperBoundNotANumber", Refused(() => Build(upper: new(double.NaN, 0))));
        Assert.Equal("InitialGuessNotFinite", Refused(() => Runs.ThreeSpaces.StartingAt(new(double.NaN, 1))));
        Assert.Throws<ArgumentNullException>(() => new OptimizationProblem("Bad", null, null!, Start));
    }

    [Fact]
    public void Bounds_may_be_equal_or_infinite()
    {
        var problem = Build(lower: new(3, double.NegativeInfinity), upper: new(3, double.PositiveInfinity));
        Assert.All(Runs.Steps(problem, new GradientDescent(0.01), 3), record => Assert.Equal(3, record.X[0]));
    }

    [Fact]
    public void A_start_outside_the_bounds_is_clipped_with_a_warning()
    {
        var listener = new Listener();
        var first = Optimizer.Run(Build(lower: new(4, 0), upper: new(9, 2)), new GradientDescent(0.01), new() { Observer = listener })
            .First();
        Assert.Equal(new Vector(4, 2), first.X);
        Assert.Contains("4 2", Assert.Single(listener.Warnings), StringComparison.Ordinal);

        listener = new();
        _ = Optimizer.Run(Build(lower: new(1, 0), upper: new(9, 3)), new GradientDescent(0.01), new() { Observer = listener }).First();
        Assert.Empty(listener.Warnings);
    }

    [Fact]
    public void A_method_that_does_not_keep_the_bounds_says_so()
    {
        var listener = new Listener();
        _ = Optimizer.Run(Build(lower: new(1, 0)), new Newton(1), new() { Observer = listener }).First();
        Assert.Contains("bounds", Assert.Single(listener.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_that_needs_more_than_the_problem_has_is_refused_before_anything_is_evaluated()
    {
        var watch = new Watch();
        var objective = Runs.Objective(watch.Values(DelegateMap.Scalar(x => x.Dot(x))), 3, 3);
        Assert.Equal("MethodNeedsMore", Refused(() => Optimizer.Run(objective, new InverseSimulator(1))));
        Assert.Equal("MethodNeedsMore", Refused(() => Optimizer.Run(objective, new GaussNewton())));

        var general = watch.Physics(Runs.ThreeSpaces).WithLoss(DelegateMap.Scalar(y => y[0] + double.Exp(y[1])));
        Assert.Equal("MethodNeedsMore", Refused(() => Optimizer.Run(general, new GaussNewton())));
        Assert.Equal("InverseMissing", Refused(() => Optimizer.Run(watch.Physics(Build()), new InverseSimulator(1)).ToList()));
        Assert.Empty(watch.Points);
    }

    [Fact]
    public void Exact_derivatives_are_refused_where_there_are_none()
    {
        var watch = new Watch();
        var values = watch.PhysicsValues(Runs.ThreeSpaces);
        var traced = Runs.Exactly(1, DerivativeSource.Traced);
        Assert.Equal("DerivativesNotExact", Refused(() => Optimizer.Run(values, new GradientDescent(0.01), traced)));
        Assert.Equal("DerivativesNotExact",
            Refused(() => Optimizer.Run(Runs.ThreeSpaces.WithLoss(DelegateMap.Scalar(y => y.Dot(y))), new Newton(1), traced)));
        Assert.Empty(watch.Points);
    }

    [Fact]
    public void The_action_recommended_for_missing_derivatives_helps()
    {
        var values = new Watch().PhysicsValues(Runs.ThreeSpaces);
        var traced = Runs.Exactly(1, DerivativeSource.Traced);
        Assert.Contains("-Gradient", Assert.Throws<ProblemException>(() => Optimizer.Run(values, new GradientDescent(0.01), traced))
            .RecommendedAction, StringComparison.Ordinal);
        var gradient = DelegateMap.Create(x => new Vector(2 * x[0], 4 * double.Pow(x[1], 3)));
        Near.Relative(new Vector(2.94, 1.92), Optimizer.Run(values, new GradientDescent(0.01), traced with { Gradient = gradient }).Last()
            .X, 1e-14);
    }

    static EvaluationException Fails(OptimizationProblem problem) =>
        Assert.Throws<EvaluationException>(() => Optimizer.Run(problem, new InverseSimulator(0.5)).ToList());

    [Fact]
    public void A_function_that_breaks_its_promise_is_named_with_the_point()
    {
        var exception = Fails(Runs.ThreeSpaces.WithLoss(DelegateMap.Create(y => y)));
        Assert.Equal(("LossNotScalar", new Vector(3, 9)), (exception.ErrorId, exception.At));
        exception = Assert.Throws<EvaluationException>(() =>
            Optimizer.Run(Runs.Objective(DelegateMap.Create(x => x), 3, 3), new GradientDescent(1)).ToList());
        Assert.Equal(("ObjectiveNotScalar", Start), (exception.ErrorId, exception.At));
        exception = Fails(Runs.ThreeSpaces.WithPhysics(DelegateMap.Create(x =>
            x[0] == 3 ? new Vector(x[0], x[1] * x[1]) : new Vector(1, 2, 3))));
        Assert.Equal("PhysicsLengthChanged", exception.ErrorId);
        Assert.NotEqual(Start, exception.At);
        exception = Fails(new("Bad", Runs.ThreeSpaces.Physics, Runs.ThreeSpaces.Loss, Start,
            DelegateMap.Inverse((y, near) => new Vector(1))));
        Assert.Equal(("InverseLengthMismatch", new Vector(1.5, 4.5)), (exception.ErrorId, exception.At));
        exception = Assert.Throws<EvaluationException>(() => Optimizer.Run(
            Runs.ThreeSpaces, new GradientDescent(1), new() { Gradient = DelegateMap.Create(_ => new Vector(1, 2, 3)) }).ToList());
        Assert.StartsWith("Gradient", exception.ErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Physics_of_one_component_that_changes_its_length_is_not_asked_to_be_scalar()
    {
        var physics = DelegateMap.Create(x => x[0] == 3 ? new Vector(3) : new Vector(1, 2));
        var problem = new OptimizationProblem("Bad", physics, new SquaredDistance(), new(3), DelegateMap.Inverse((y, near) => y));
        Assert.Equal("PhysicsLengthChanged", Fails(problem).ErrorId);
    }

    [Fact]
    public void A_target_of_another_length_than_y_is_named()
    {
        var ids = new List<string?>
        {
            IdOf(() => Optimizer.Run(Runs.ThreeSpaces.WithLoss(new SquaredDistance(new(1, 2, 3))), new GradientDescent(1)).ToList()),
            IdOf(() => new NumericInverse(InverseMethod.Lbfgs).Find(Runs.ThreeSpaces.Physics!, new(1, 2, 3), Start)),
        };
        Assert.All(ids, id => Assert.Equal("TargetLengthMismatch", id));

        static string? IdOf(Func<object> action) => Record.Exception(action) switch
        {
            EvaluationException exception => exception.ErrorId,
            ProblemException exception => exception.ErrorId,
            _ => null,
        };
    }

    [Fact]
    public void Measures_refuse_what_they_cannot_compare()
    {
        Assert.Equal("DirectionLengthMismatch", Refused(() => DiagonalAlignment.Of(Start, new(1, 2, 3))));
        var records = Runs.Steps(Runs.ThreeSpaces, new GradientDescent(0.01), 2);
        Assert.Equal("NoCommonIterations", Refused(() => Trajectory.Compare(records, [])));
        Assert.Equal("TrajectoriesDifferInLength",
            Refused(() => Trajectory.Compare(records, records.Select(record => record with { X = new(1, 2, 3) }))));
        Assert.Throws<ArgumentException>(() => Trajectory.Summarise([]));
    }
}
