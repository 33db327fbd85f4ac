using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Tests;

/// <summary>A run asks the function itself where it is about to end; a planted wrong record shows that it does.</summary>
public class ConfirmationTests
{
    /// <summary>|x - away|^2 until it is asked to confirm; then, and from then on, |x - home|^2 + 5.</summary>
    sealed class PlantedMap(Vector away, Vector home) : ITwiceDifferentiableMap, IConfirmableMap
    {
        internal int Confirmations { get; private set; }

        bool IsHonest => Confirmations > 0;

        Vector Centre => IsHonest ? home : away;

        public bool Confirm(Vector x) => ++Confirmations > 1;

        public Vector Evaluate(Vector x) => new((x - Centre).Dot(x - Centre) + (IsHonest ? 5 : 0));

        public Matrix Jacobian(Vector x, Vector y) => new(1, x.Count, (_, j) => 2 * (x[j] - Centre[j]));

        public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => 2 * w[0] * (x - Centre);

        public Matrix WeightedHessian(Vector x, Vector y, Vector w) => new(x.Count, x.Count, (i, j) => i == j ? 2 * w[0] : 0);
    }

    static readonly string[] Minimisers = ["Newton", "Lbfgs", "TrustRegion"];

    public static TheoryData<string> Methods() => [.. Minimisers];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_run_that_ends_where_the_function_says_something_else_continues_with_the_function(string method)
    {
        var map = new PlantedMap(new(2, 3), new(-1, 4));
        var warnings = new Listener();
        var records = Runs.Methods[method](Runs.Objective(map, 7, 7), new() { MaxIterations = 300, Observer = warnings }).ToList();

        Assert.True(records[^1].Status.IsConverged());
        Near.Absolute(new Vector(-1, 4), records[^1].X, 1e-6);
        Near.Absolute(5, records[^1].Loss, 1e-11);
        Assert.Equal(2, map.Confirmations);
        Assert.Single(warnings.Warnings, warning => warning.Contains("another value than its trace", StringComparison.Ordinal));
    }

    [Fact]
    public void At_a_limit_the_last_record_has_the_value_of_the_function_itself()
    {
        var map = new PlantedMap(new(2, 3), new(-1, 4));
        var last = Runs.Methods["GradientDescent"](Runs.Objective(map, 7, 7), Runs.Exactly(3)).Last();

        Assert.Equal(TerminationReason.IterationLimit, last.Status);
        Assert.Equal(3, last.Iteration);
        Assert.Equal(map.Evaluate(last.X)[0], last.Loss);
        Assert.Equal(1, map.Confirmations);
    }
}
