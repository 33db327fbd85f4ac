using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Solving;
using PhysOpt.Tests.Problems;

namespace PhysOpt.Tests;

/// <summary>Losses with kinks, from any start: an end that is called a minimum is one, with slopes and by values alone.</summary>
public class KinkTests
{
    static readonly IReadOnlyDictionary<string, (Func<Vector, double> F, Func<Vector, Vector>? Slopes, double Minimum)> Losses =
        new Dictionary<string, (Func<Vector, double>, Func<Vector, Vector>?, double)>
        {
            ["curved valley"] = (
                x => double.Abs(x[1] - x[0] * x[0]) + 0.1 * (1 - x[0]) * (1 - x[0]),
                x => new(-2 * x[0] * Sign(x[1] - x[0] * x[0]) - 0.2 * (1 - x[0]), Sign(x[1] - x[0] * x[0])), 0),
            ["steep curved valley"] = (
                x => 100 * double.Abs(x[1] - x[0] * x[0]) + double.Abs(1 - x[0]),
                x => new(-200 * x[0] * Sign(x[1] - x[0] * x[0]) - Sign(1 - x[0]), 100 * Sign(x[1] - x[0] * x[0])), 0),
            ["largest of three"] = (x => Three(x).Max(), x => SlopesOfThree(x)[Array.IndexOf(Three(x), Three(x).Max())], 1.952224493870659),
            ["absolute residuals"] = (
                x => Enumerable.Range(0, 10).Sum(t => double.Abs(x[0] * t + x[1] - (2 * t + 1))),
                x => new(
                    Enumerable.Range(0, 10).Sum(t => t * Sign(x[0] * t + x[1] - (2 * t + 1))),
                    Enumerable.Range(0, 10).Sum(t => Sign(x[0] * t + x[1] - (2 * t + 1)))), 0),
            ["Wolfe's"] = (
                x => x[0] >= double.Abs(x[1]) ? 5 * double.Sqrt(9 * x[0] * x[0] + 16 * x[1] * x[1])
                    : 9 * x[0] + 16 * double.Abs(x[1]) - (x[0] > 0 ? 0 : double.Pow(x[0], 9)), null, -8),
        };

    static double Sign(double x) => double.Sign(x);

    /// <summary>CB2 of Charalambous and Conn (1978).</summary>
    static double[] Three(Vector x) =>
    [
        x[0] * x[0] + double.Pow(x[1], 4), (2 - x[0]) * (2 - x[0]) + (2 - x[1]) * (2 - x[1]), 2 * double.Exp(x[1] - x[0]),
    ];

    static Vector[] SlopesOfThree(Vector x) =>
    [
        new(2 * x[0], 4 * double.Pow(x[1], 3)), new(2 * (x[0] - 2), 2 * (x[1] - 2)),
        new(-2 * double.Exp(x[1] - x[0]), 2 * double.Exp(x[1] - x[0])),
    ];

    public static TheoryData<string, string> LossesAndMethods()
    {
        var rows = new TheoryData<string, string>();
        foreach (var loss in Losses.Keys)
        {
            foreach (var method in (string[])["Find-Minimum", "Lbfgs", "TrustRegion", "GradientDescent", "AdaGrad"]) rows.Add(loss, method);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(LossesAndMethods))]
    public void From_any_start_what_is_called_a_minimum_is_one(string loss, string method) => Gen.Select(
        Gen.Int[-5000, 5000].Array[2], Gen.Bool).Sample((thousandths, byValues) =>
        {
            double[] start = [.. thousandths.Select(each => each / 1000.0)];
            var (f, slopes, minimum) = Losses[loss];
            var map = byValues || slopes is null ? DelegateMap.Scalar(f) : DelegateMap.Scalar(f, slopes);
            var problem = Runs.Objective(map, start);
            var result = new MinimumSearch { Method = method == "Find-Minimum" ? null : MethodRegistry.Require(method) }.Find(problem);
            if (!result.IsConverged) return;
            MethodMatrix.AssertNoneLowerNearby(problem, result.Status, result.X, result.Loss);
            Assert.True(result.Loss <= minimum + 1e-5 * (1 + double.Abs(minimum)), result.Message);
        }, iter: Laws.Samples(20));

    [Fact]
    public void The_shortest_vector_of_a_convex_hull_is_no_longer_than_any_of_it() => Gen.Select(
        Gen.Double[-1, 1].Array[3].Array[1, 8], Gen.Double[0.01, 1].Array[8]).Sample((vectors, weights) =>
        {
            Vector[] hull = [.. vectors.Select(each => new Vector(each))];
            var shortest = ConvexHull.Shortest(hull);
            // no vector of the hull lies further back along it: the condition of optimality
            Assert.All(hull, each => Assert.True(each.Dot(shortest) >= shortest.Dot(shortest) - 1e-7));
            var sum = weights.Take(hull.Length).Sum();
            var some = hull.Select((each, i) => weights[i] / sum * each).Aggregate((a, b) => a + b);
            Assert.True(shortest.Norm <= some.Norm + 1e-6);
        });
}
