using PhysOpt.Functions;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>
/// Convex losses that are level along some directions: the Hessian is singular there, and nothing tells where to go. The minimum is found
/// all the same, and x does not go where nothing is to be gained.
/// </summary>
public class LevelDirectionTests
{
    static readonly (string Name, Func<double, double> F, Func<double, double> Slope, Func<double, double> Curvature)[] terms =
    [
        ("square", u => u * u, u => 2 * u, _ => 2),
        ("quartic", u => u * u * u * u, u => 4 * u * u * u, u => 12 * u * u),
        ("cosh", double.Cosh, double.Sinh, double.Cosh),
        ("root", u => double.Sqrt(1 + u * u), u => u / double.Sqrt(1 + u * u), u => double.Pow(1 + u * u, -1.5)),
    ];

    /// <summary>The sum of two terms of combinations of four variables, each with its minimum at a common point.</summary>
    sealed record Case(int[] Which, double[][] Rows, Vector At, Vector Start)
    {
        double U(int k, Vector x) => Enumerable.Range(0, x.Count).Sum(i => Rows[k][i] * (x[i] - At[i]));

        internal double Loss(Vector x) => Which.Select((term, k) => terms[term].F(U(k, x))).Sum();

        internal Vector Slope(Vector x) => new(Enumerable.Range(0, x.Count)
            .Select(i => Which.Select((term, k) => terms[term].Slope(U(k, x)) * Rows[k][i]).Sum()));

        internal Matrix Curvature(Vector x) => new(x.Count, x.Count,
            (i, j) => Which.Select((term, k) => terms[term].Curvature(U(k, x)) * Rows[k][i] * Rows[k][j]).Sum());

        public override string ToString() =>
            string.Join(" + ", Which.Select((term, k) => $"{terms[term].Name}({string.Join(' ', Rows[k])})"))
            + $" around {At} from {Start}";
    }

    static Case Of(int seed)
    {
        var random = new Random(seed);
        double Pick(params double[] values) => values[random.Next(values.Length)];
        return new(
            [random.Next(terms.Length), random.Next(terms.Length)],
            [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, 4).Select(_ => Pick(0, 1, -1, 2, 0.5, 3)).ToArray())],
            new(Enumerable.Range(0, 4).Select(_ => Pick(0, 1, -2, 0.3))), new(Enumerable.Range(0, 4).Select(_ => Pick(1, -1, 2, 5, -3))));
    }

    [Theory]
    [InlineData("TrustRegion")]
    [InlineData("Lbfgs")]
    [InlineData(null)]
    public void The_minimum_is_found_and_x_goes_nowhere_for_nothing(string? name)
    {
        for (var seed = 1; seed <= Laws.Samples(200); seed++)
        {
            var each = Of(seed);
            var map = DelegateMap.Scalar(each.Loss, each.Slope, each.Curvature);
            var result = new MinimumSearch { Method = name is null ? null : MethodRegistry.Require(name) }
                .Find(Runs.Objective(map, [.. each.Start]));
            var least = each.Loss(each.At);
            Assert.True(result.IsConverged, $"{seed}: {each}: {result.Message} x = {result.X}");
            Assert.True(result.Loss - least <= 1e-10 * (each.Loss(each.Start) - least), $"{seed}: {each}: {result.Message} x = {result.X}");
            Assert.True(result.X.InfinityNorm < 1e4, $"{seed}: {each}: {result.Message} x = {result.X}");
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0.3)]
    [InlineData(-2)]
    public void A_quartic_by_values_ends_where_differences_show_no_more(double start)
    {
        var result = new MinimumSearch().Find(Runs.Objective(DelegateMap.Scalar(x => double.Pow(3 * x[0] - 0.2, 4)), start));
        Assert.True(result.IsConverged && result.Evaluations < 2000, result.Message);
        Near.Absolute(0.2 / 3, result.X[0], 1e-3);
    }

    [Fact]
    public void A_variable_that_does_not_matter_is_no_way_down()
    {
        foreach (var start in (double[])[5, 0.3, -2])
        {
            var result = new MinimumSearch { Method = MethodRegistry.Require("Lbfgs") }
                .Find(Runs.Objective(DelegateMap.Scalar(x => x[0] * x[0]), start, 7));
            Assert.True(result.IsConverged, result.Message);
        }
    }
}
