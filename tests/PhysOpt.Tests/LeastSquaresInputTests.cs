using PhysOpt.Functions;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>Least squares that are short of something, or have too much of it.</summary>
public class LeastSquaresInputTests
{
    static OptimizationProblem Problem(
        Func<Vector, double[]> y, Func<Vector, double[,]> jacobian, double[] start, double[]? lower = null, double[]? upper = null) => new(
        "input", DelegateMap.Create(x => new Vector(y(x)), x => new Matrix(jacobian(x))), new SquaredDistance(), new Vector(start),
        lowerBound: lower is null ? null : new(lower), upperBound: upper is null ? null : new(upper));

    static OptimizationResult Find(OptimizationProblem problem) => new MinimumSearch().Find(problem);

    static IterationRecord Last(OptimizationProblem problem, string method) => MethodRegistry.Require(method).Run(problem).Last();

    [Theory]
    [InlineData("LevenbergMarquardt"), InlineData("GaussNewton")]
    public void Fewer_residuals_than_unknowns_are_met_by_the_shortest_step(string method)
    {
        var last = Last(Problem(x => [x[0] + x[1] + x[2] - 6], _ => new double[,] { { 1, 1, 1 } }, [0, 0, 0]), method);
        Assert.True(last.Status.IsConverged(), $"{last.Status}");
        Near.Absolute(new Vector(2, 2, 2), last.X, 1e-14);
    }

    [Theory]
    [InlineData("LevenbergMarquardt"), InlineData("GaussNewton"), InlineData("HalfInverseGradient")]
    public void Residuals_that_depend_on_nothing_leave_x_where_it_is_and_are_no_success(string method)
    {
        var problem = Problem(_ => [1, 2], _ => new double[2, 2], [3, 4]);
        var last = Last(problem, method);
        Assert.Equal(new Vector(3, 4), last.X);
        Assert.Equal(TerminationReason.Flat, last.Status);
        Assert.Equal(TerminationReason.Flat, Find(problem).Status);
    }

    [Theory]
    [InlineData("LevenbergMarquardt"), InlineData("GaussNewton"), InlineData("HalfInverseGradient")]
    public void A_column_of_zeros_leaves_its_variable_where_it_is(string method)
    {
        var last = Last(Problem(x => [x[0] * x[0] - 4, x[0] - 2], x => new double[,] { { 2 * x[0], 0 }, { 1, 0 } }, [1, 7]), method);
        Assert.Equal(7, last.X[1]);
        if (method == "HalfInverseGradient") Assert.Equal(TerminationReason.IterationLimit, last.Status); // its rate is too high here
        else Near.Absolute(2, last.X[0], 1e-7);
    }

    [Theory]
    [InlineData("LevenbergMarquardt"), InlineData("GaussNewton"), InlineData("HalfInverseGradient")]
    public void A_column_of_NaN_ends_the_run_where_it_began(string method)
    {
        var last = Last(Problem(x => [x[0] - 1, x[1] - 1], _ => new double[,] { { 1, double.NaN }, { 0, double.NaN } }, [3, 4]), method);
        Assert.Equal(TerminationReason.NonFinite, last.Status);
        Assert.Equal(new Vector(3, 4), last.X);
    }

    [Theory]
    [InlineData("LevenbergMarquardt"), InlineData("GaussNewton")]
    public void A_column_of_1e300_hides_no_other(string method)
    {
        var problem = Problem(x => [x[0] - 1, 1e300 * (x[1] - 2)], _ => new double[,] { { 1, 0 }, { 0, 1e300 } }, [-5, 2]);
        var last = Last(problem, method);
        Assert.True(last.Status.IsConverged(), $"{last.Status}");
        Assert.Equal(new Vector(1, 2), last.X);
    }

    [Fact]
    public void At_bounds_that_hold_all_variables_nothing_is_left_to_do_and_they_are_left_where_the_loss_falls()
    {
        OptimizationProblem From(double start, double lower, double upper) => Problem(
            x => [x[0] + x[1] - 4, x[0] - x[1]], _ => new double[,] { { 1, 1 }, { 1, -1 } }, [start, start], [lower, lower], [upper, upper]);
        var held = Last(From(1, -1, 1), "LevenbergMarquardt");
        Assert.True(held.Status.IsConverged(), $"{held.Status}");
        Assert.Equal((new Vector(1, 1), 0), (held.X, held.Iteration));
        Near.Absolute(new Vector(2, 2), Last(From(1, 1, 3), "LevenbergMarquardt").X, 1e-14);
        Near.Absolute(new Vector(2, 2), Find(From(3, 1, 3)).X, 1e-14);
    }

    [Fact]
    public void A_variable_between_equal_bounds_is_a_constant()
    {
        var last = Last(Problem(
            x => [x[0] + x[1] - 4, x[0] - x[1]], _ => new double[,] { { 1, 1 }, { 1, -1 } }, [0, 1], [-9, 1], [9, 1]), "LevenbergMarquardt");
        Assert.True(last.Status.IsConverged(), $"{last.Status}");
        Near.Absolute(new Vector(2, 1), last.X, 1e-14); // of (x - 3)^2 + (x - 1)^2
    }

    [Theory]
    [InlineData("LevenbergMarquardt"), InlineData("GaussNewton")]
    public void One_residual_of_one_variable_is_Newtons_method(string method)
    {
        var last = Last(Problem(x => [x[0] * x[0] - 2], x => new double[,] { { 2 * x[0] } }, [1]), method);
        Assert.True(last.Status.IsConverged(), $"{last.Status}");
        Near.Relative(double.Sqrt(2), last.X[0], 1e-15);
    }

    /// <summary>y = x - 1, whose Jacobian nobody may ask for.</summary>
    sealed class NeverWhole : IDifferentiableMap
    {
        public Vector Evaluate(Vector x) => new(x.Select(xi => xi - 1));

        public Matrix Jacobian(Vector x, Vector y) => throw new InvalidOperationException("asked for");

        public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => w;
    }

    [Theory]
    [InlineData("LevenbergMarquardt"), InlineData("GaussNewton"), InlineData("HalfInverseGradient")]
    public void A_dense_Jacobian_of_ten_thousand_squared_is_refused_before_it_is_asked_for(string method)
    {
        var problem = new OptimizationProblem("large", new NeverWhole(), new SquaredDistance(), Vector.Zero(10_000));
        Assert.Equal("JacobianTooLarge", Assert.Throws<EvaluationException>(() => Last(problem, method)).ErrorId);
    }

    [Theory]
    [MemberData(nameof(NistProblems.SetsAndStarts), MemberType = typeof(NistProblems))]
    public void The_sets_of_NIST_are_fitted_by_the_search_from_both_starts(string name, int start)
    {
        var set = NistProblems.All[name];
        var result = Find(set.From(start));
        Assert.True(result.Status.IsConverged(), $"{result.Status} {result.Message}");
        Assert.InRange(NistProblems.Digits(set.Certified, result.X), 6, 11);
    }
}
