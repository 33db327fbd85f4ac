using PhysOpt.Tracing;

using static PhysOpt.Math;
using static PhysOpt.Tests.Problems.Recorded;

namespace PhysOpt.Tests.Problems;

/// <summary>The problems that exist for any number of variables.</summary>
internal static partial class MoreGarbowHillstrom
{
    // (20)
    static ReferenceProblem Watson(int n, double minimum) => Least(
        $"Watson{n}", new double[n],
        x =>
        [
            .. Range(29, i => i / 29).Select(t =>
                x.Select((xj, j) => j * double.Pow(t, double.Max(j - 1, 0)) * xj).Sum() - x.Select((xj, j) => double.Pow(t, j) * xj).Sum()
                    .Squared() - 1),
            x[0], x[1] - x[0] * x[0] - 1,
        ],
        minimum);

    // (21)
    static ReferenceProblem ExtendedRosenbrock(int n) => Least(
        "ExtendedRosenbrock", [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? -1.2 : 1)],
        x => Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 10 * (x[i + 1] - x[i] * x[i]) : 1 - x[i - 1]));

    // (22)
    static ReferenceProblem ExtendedPowell(int n) => Least(
        "ExtendedPowellSingular", [.. Enumerable.Range(0, n).Select(i => (double)(i % 4) switch { 0 => 3, 1 => -1, 2 => 0, _ => 1 })],
        x => Enumerable.Range(0, n).Select(i => (i % 4) switch
        {
            0 => x[i] + 10 * x[i + 1],
            1 => double.Sqrt(5) * (x[i + 1] - x[i + 2]),
            2 => (x[i - 1] - 2 * x[i]).Squared(),
            _ => double.Sqrt(10) * (x[i - 3] - x[i]).Squared(),
        }));

    // (23)
    static ReferenceProblem PenaltyI(int n, double minimum) => Least(
        $"PenaltyI{n}", Range(n, i => i), x =>
            [.. x.Select(xi => double.Sqrt(1e-5) * (xi - 1)), x.Select(xi => xi * xi).Sum() - 0.25], minimum);

    // (24)
    static ReferenceProblem PenaltyII(int n, double minimum) => Least(
        $"PenaltyII{n}", Range(n, _ => 0.5),
        x =>
        [
            x[0] - 0.2,
            .. Enumerable.Range(1, n - 1).Select(i =>
                double.Sqrt(1e-5) * (Exp(x[i] / 10) + Exp(x[i - 1] / 10) - (double.Exp((i + 1) / 10.0) + double.Exp(i / 10.0)))),
            .. Enumerable.Range(1, n - 1).Select(i => double.Sqrt(1e-5) * (Exp(x[i] / 10) - double.Exp(-0.1))),
            x.Select((xj, j) => (n - j) * xj * xj).Sum() - 1,
        ],
        minimum);

    // (25)
    static ReferenceProblem VariablyDimensioned(int n) => Least(
        $"VariablyDimensioned{n}", Range(n, i => 1 - i / n),
        x => x.Select((xj, j) => (j + 1) * (xj - 1)).Sum() is var sum ? [.. x.Select(xi => xi - 1), sum, sum * sum] : []);

    // (26)
    static ReferenceProblem Trigonometric(int n) => Least(
        "Trigonometric", Range(n, _ => 1.0 / n),
        x => x.Select(Cos).Sum() is var sum ? x.Select((xi, i) => n - sum + (i + 1) * (1 - Cos(xi)) - Sin(xi)) : [])
        .Or(2.7950561219e-5, "the local minimum that searches from this start end at");

    // (27)
    static ReferenceProblem BrownAlmostLinear(int n) => Least(
        "BrownAlmostLinear", Range(n, _ => 0.5),
        x => [.. x.SkipLast(1).Select(xi => xi + x.Sum() - (n + 1)), x.Aggregate((a, b) => a * b) - 1])
        .Or(1, "the local minimum at (0, ..., 0, n + 1)");

    // (28)
    static ReferenceProblem DiscreteBoundaryValue(int n) => Least(
        "DiscreteBoundaryValue", Range(n, i => i / (n + 1) * (i / (n + 1) - 1)),
        x => x.Select((xi, i) => 2 * xi - Neighbour(x, i - 1) - Neighbour(x, i + 1) + Cube(x, i) / (2.0 * (n + 1) * (n + 1))));

    // (29)
    static ReferenceProblem DiscreteIntegralEquation(int n) => Least(
        "DiscreteIntegralEquation", Range(n, i => i / (n + 1) * (i / (n + 1) - 1)),
        x => x.Select((xi, i) =>
            xi + Enumerable.Range(0, n).Select(j => Kernel((i + 1.0) / (n + 1), (j + 1.0) / (n + 1)) * Cube(x, j))
            .Sum() / (2.0 * (n + 1))));

    static double Kernel(double t, double s) => s <= t ? (1 - t) * s : t * (1 - s);

    static TracedNumber Cube(TracedNumber[] x, int i) => x[i] + (i + 1.0) / (x.Length + 1) + 1 is var u ? u * u * u : x[i];

    static TracedNumber Neighbour(TracedNumber[] x, int i) => i >= 0 && i < x.Length ? x[i] : (TracedNumber)0.0;

    // (30)
    static ReferenceProblem BroydenTridiagonal(int n) => Least(
        $"BroydenTridiagonal{n}", Range(n, _ => -1), x =>
            x.Select((xi, i) => (3 - 2 * xi) * xi - Neighbour(x, i - 1) - 2 * Neighbour(x, i + 1) + 1));

    // (31)
    static ReferenceProblem BroydenBanded(int n) => Least(
        "BroydenBanded", Range(n, _ => -1),
        x => x.Select((xi, i) =>
            xi * (2 + 5 * xi * xi) + 1 - Enumerable.Range(i - 5, 7).Where(j => j != i && j >= 0 && j < n).Select(j => x[j] * (1 + x[j]))
            .Sum()));

    // (32)
    static ReferenceProblem LinearFullRank(int n, int m) => Least(
        "LinearFullRank", Range(n, _ => 1), x =>
            Enumerable.Range(0, m).Select(i => (i < n ? x[i] : (TracedNumber)0.0) - 2.0 / m * x.Sum() - 1), m - n);

    // (33)
    static ReferenceProblem LinearRankOne(int n, int m) => Least(
        "LinearRankOne", Range(n, _ => 1), x =>
            Range(m, i => i).Select(i => i * x.Select((xj, j) => (j + 1) * xj).Sum() - 1), m * (m - 1) / (2.0 * (2 * m + 1)));

    // (34)
    static ReferenceProblem LinearRankOneWithZeros(int n, int m) => Least(
        "LinearRankOneWithZeros", Range(n, _ => 1),
        x => [-1.0, .. Range(m - 2, i => i).Select(i => i * x.Select((xj, j) => (j + 1) * xj).ToArray()[1..^1].Sum() - 1), -1.0],
            (m * m + 3 * m - 6) / (2.0 * (2 * m - 3)));

    // (35)
    static ReferenceProblem Chebyquad(int n, double minimum) => Least(
        $"Chebyquad{n}", Range(n, i => i / (n + 1)),
        x => Enumerable.Range(1, n).Select(i => x.Select(xj => Chebyshev(i, 2 * xj - 1)).Sum() / n + (i % 2 == 0 ? 1.0 / (i * i - 1) : 0)),
            minimum);

    static TracedNumber Chebyshev(int degree, TracedNumber y)
    {
        var (before, now) = ((TracedNumber)1.0, y);
        for (var i = 2; i <= degree; i++) (before, now) = (now, 2 * y * now - before);
        return now;
    }
}
