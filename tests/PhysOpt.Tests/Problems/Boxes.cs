using static PhysOpt.Math;
using static PhysOpt.Tests.Problems.Recorded;

namespace PhysOpt.Tests.Problems;

/// <summary>
/// Problems with bounds alone. HS: Hock, Schittkowski (1981), "Test examples for nonlinear programming codes", beyond those of <see
/// cref="TestProblems"/>; the others are of the CUTE collection, Bongartz, Conn, Gould, Toint (1995).
/// </summary>
internal static class Boxes
{
    const double Infinity = double.PositiveInfinity;

    internal static IReadOnlyList<ReferenceProblem> All { get; } =
    [
        HS2(), HS4(), HS25(), HS45(), HS110(), HatfldA("HATFLDA", null, 0), HatfldA("HATFLDB", 0.8, 5.572809000084e-3), HatfldC(), Camel6(),
            LogRos(), MdHole(), PspDoc(),
    ];

    static double[] Each(int n, double value) => [.. Enumerable.Repeat(value, n)];

    static ReferenceProblem HS2() => Least("HS2", [-2, 1], x => [10 * (x[1] - x[0] * x[0]), 1 - x[0]])
        .Within("HS2", [-2, 1], [-Infinity, 1.5], null, 0.0504261879).Or(4.941229318, "the local minimum at (-1.2210274, 1.5)");

    static ReferenceProblem HS4() =>
        Scalar("HS4", [1.125, 0.125], x => Pow(x[0] + 1, 3) / 3 + x[1], 8.0 / 3).Within("HS4", [1.125, 0.125], [1, 0], null);

    static ReferenceProblem HS25() => Least(
        "HS25", [100, 12.5, 3],
        x => Enumerable.Range(1, 99)
            .Select(i => -0.01 * i + Exp(-Pow(25 + double.Pow(-50 * double.Log(0.01 * i), 2.0 / 3) - x[1], x[2]) / x[0])))
        .Within("HS25", [100, 12.5, 3], [0.1, 0, 0], [100, 25.6, 5]);

    static ReferenceProblem HS45() =>
        Scalar("HS45", Each(5, 2), x => 2 - x[0] * x[1] * x[2] * x[3] * x[4] / 120, 1)
        .Within("HS45", Each(5, 2), Each(5, 0), [1, 2, 3, 4, 5]);

    static ReferenceProblem HS110() => Scalar(
        "HS110", Each(10, 9),
        x => x.Select(xi => Log(xi - 2).Squared() + Log(10 - xi).Squared()).Sum() - Pow(x.Aggregate((a, b) => a * b), 0.2), -45.77846971)
        .Within("HS110", Each(10, 9), Each(10, 2.001), Each(10, 9.999));

    static ReferenceProblem HatfldA(string name, double? upper, double minimum) => Least(
        name, Each(4, 0.1), x => [x[0] - 1, .. Enumerable.Range(1, 3).Select(i => x[i - 1] - Sqrt(x[i]))])
        .Within(name, Each(4, 0.1), Each(4, 1e-7), upper is { } u ? [Infinity, u, Infinity, Infinity] : null, minimum);

    static ReferenceProblem HatfldC() => Least(
        "HATFLDC", Each(25, 0.9), x => [x[0] - 1, .. Enumerable.Range(1, 23).Select(i => x[i + 1] - x[i] * x[i]), x[24] - 1])
        .Within("HATFLDC", Each(25, 0.9), Each(25, 0), Each(25, 10));

    static ReferenceProblem Camel6() => Scalar(
        "CAMEL6", [1.1, 1.1],
        x => (4 - 2.1 * x[0].Squared() + Pow(x[0], 4) / 3) * x[0].Squared() + x[0] * x[1] + (-4 + 4 * x[1].Squared()) * x[1].Squared(),
            -1.031628453489877)
        .Within("CAMEL6", [1.1, 1.1], [-3, -1.5], [3, 1.5])
        .Or(-0.21546382438, "the local minimum at (-1.7036, 0.7961)").Or(2.10425031, "the local minimum at (1.6071, 0.5687)");

    static ReferenceProblem LogRos() => Scalar(
        "LOGROS", [-1.2, 1], x => Log(1 + 10000 * (x[1] - x[0] * x[0]).Squared() + (1 - x[0]).Squared()))
            .Within("LOGROS", [-1.2, 1], [0, 0], null);

    static ReferenceProblem MdHole() =>
        Scalar("MDHOLE", [10, 1], x => 100 * (Sin(x[0]) - x[1]).Squared() + x[0]).Within("MDHOLE", [10, 1], [0, -Infinity], null);

    static ReferenceProblem PspDoc() => Scalar(
        "PSPDOC", Each(4, 3), x =>
            Sqrt(1 + x[0].Squared() + (x[1] - x[2]).Squared()) + Sqrt(1 + x[1].Squared() + (x[2] - x[3]).Squared()), 1 + double.Sqrt(2))
        .Within("PSPDOC", Each(4, 3), null, [-1, Infinity, Infinity, Infinity]);
}
