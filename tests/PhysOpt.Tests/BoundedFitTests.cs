using PhysOpt.Functions;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>
/// Dose-response curves within bounds from random starts. The column of the middle dose c goes as 1/c, over twelve decades between its
/// bounds: scales that only grow let it creep, for 10,000 iterations.
/// </summary>
public class BoundedFitTests
{
    [Fact]
    public void Dose_response_curves_are_fitted_from_anywhere_within_their_bounds()
    {
        for (var seed = 1; seed <= Laws.Samples(500); seed++)
        {
            var random = new Random(seed);
            var dose = double.Pow(10, random.Next(-9, 2));
            double[] doses = [.. Enumerable.Range(-4, 9).Select(k => dose * double.Pow(10, k / 2.0))];
            var exact = new Vector(Any(0, 10), Any(0.4, 3), dose * double.Pow(10, Any(-1, 1)), Any(80, 110));
            var target = new Vector(doses.Select(d => Response(d, exact) + Any(-0.5, 0.5)));
            var start = new Vector(Any(0, 20), Any(0.1, 5), random.Next(2) == 0 ? dose : double.Pow(10, Any(-12, 0)), Any(50, 120));
            var map = DelegateMap.Create(
                x => new Vector(doses.Select(d => Response(d, x))), x => new Matrix(doses.Length, 4, (i, j) => Slope(doses[i], x, j)));
            var problem = new OptimizationProblem("dose", map, new SquaredDistance(target), start)
                .WithBounds(new(0, 0.1, 1e-12, 50), new(20, 5, double.Max(1, 1000 * dose), 120));
            var least = new MinimumSearch().Find(problem.StartingAt(exact)).Loss;

            var found = new MinimumSearch().Find(problem);
            Assert.True(found.IsConverged && found.Iterations < 300 && found.Loss <= 1.000001 * least, $"{seed}: {least} {found.Message}");
            // by itself it may lose sight of the data, and says so
            var alone = new MinimumSearch { Method = MethodRegistry.Require("LevenbergMarquardt") }.Find(problem);
            Assert.True(alone.Status == TerminationReason.Flat || alone.Loss <= 1.000001 * least, $"{seed}: {least} {alone.Message}");

            double Any(double from, double to) => from + (to - from) * random.NextDouble();
        }
    }

    /// <summary>bottom + (top - bottom) / (1 + (d/c)^h), for x = (bottom, h, c, top).</summary>
    static double Response(double d, Vector x) => x[0] + (x[3] - x[0]) / (1 + double.Pow(d / x[2], x[1]));

    static double Slope(double d, Vector x, int j)
    {
        var power = double.Pow(d / x[2], x[1]);
        var part = 1 / (1 + power);
        var inner = double.IsInfinity(power) ? 0 : (x[3] - x[0]) * part * part * power; // by how much it falls with log of power
        return j switch
        {
            0 => 1 - part,
            1 => -inner * double.Log(d / x[2]),
            2 => inner * x[1] / x[2],
            _ => part,
        };
    }
}
