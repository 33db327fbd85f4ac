using PhysOpt.Functions;

namespace PhysOpt.Tests;

/// <summary>Sums of squares with exact Jacobians. More, Garbow, Hillstrom (1981), "Testing unconstrained optimization software".</summary>
internal static class TestProblems
{
    /// <summary>A problem and the least value of its loss.</summary>
    internal sealed record Case(OptimizationProblem Problem, double Minimum, Vector? Minimiser);

    internal static readonly IReadOnlyDictionary<string, Case> All = new Case[]
    {
        new(Runs.Rosenbrock, 0, new Vector(1, 1)),
        Beale(), HelicalValley(), PowellSingular(), Wood(), BrownDennis(), VariablyDimensioned(10), BroydenTridiagonal(10),
    }.ToDictionary(each => each.Problem.Name);

    /// <summary>Hock, Schittkowski (1981), "Test examples for nonlinear programming codes": those with bounds alone.</summary>
    internal static readonly IReadOnlyDictionary<string, Case> Bounded = new Case[] { HS1(), HS3(), HS5(), HS38() }.ToDictionary(each =>
        each.Problem.Name);

    public static TheoryData<string> Names() => [.. All.Keys];

    public static TheoryData<string> BoundedNames() => [.. Bounded.Keys];

    static Case Least(string name, double[] start, Func<Vector, Vector> residual, Func<Vector, double[,]> jacobian, double minimum = 0,
        double[]? at = null) => new(
        new(name, DelegateMap.Create(residual, x => new Matrix(jacobian(x))), new SquaredDistance(), new Vector(start)), minimum, at is null
            ? null : new Vector(at));

    static Case Beale()
    {
        double[] y = [1.5, 2.25, 2.625];
        return Least(
            "Beale", [1, 1],
            x => new Vector(y.Select((value, i) => value - x[0] * (1 - double.Pow(x[1], i + 1)))),
            x => Build(3, 2, (i, j) => j == 0 ? double.Pow(x[1], i + 1) - 1 : x[0] * (i + 1) * double.Pow(x[1], i)),
            at: [3, 0.5]);
    }

    static Case HelicalValley() => Least(
        "HelicalValley", [-1, 0, 0],
        x => new Vector(
            10 * (x[2] - 10 * (double.Atan(x[1] / x[0]) / double.Tau + (x[0] < 0 ? 0.5 : 0))), 10 * (double.Hypot(x[0], x[1]) - 1), x[2]),
        x =>
        {
            var radius = double.Hypot(x[0], x[1]);
            var turn = 100 / (double.Tau * radius * radius);
            return new[,] { { turn * x[1], -turn * x[0], 10 }, { 10 * x[0] / radius, 10 * x[1] / radius, 0 }, { 0, 0, 1 } };
        },
        at: [1, 0, 0]);

    static Case PowellSingular() => Least(
        "PowellSingular", [3, -1, 0, 1],
        x => new Vector(
            x[0] + 10 * x[1], double.Sqrt(5) * (x[2] - x[3]), double.Pow(x[1] - 2 * x[2], 2), double.Sqrt(10) * double.Pow(x[0] - x[3], 2)),
        x => new[,]
        {
            { 1, 10, 0, 0 },
            { 0, 0, double.Sqrt(5), -double.Sqrt(5) },
            { 0, 2 * (x[1] - 2 * x[2]), -4 * (x[1] - 2 * x[2]), 0 },
            { 2 * double.Sqrt(10) * (x[0] - x[3]), 0, 0, -2 * double.Sqrt(10) * (x[0] - x[3]) },
        });

    static Case Wood() => Least(
        "Wood", [-3, -1, -3, -1],
        x => new Vector(
            10 * (x[1] - x[0] * x[0]), 1 - x[0], double.Sqrt(90) * (x[3] - x[2] * x[2]), 1 - x[2], double.Sqrt(10) * (x[1] + x[3] - 2),
                (x[1] - x[3]) / double.Sqrt(10)),
        x => new[,]
        {
            { -20 * x[0], 10, 0, 0 },
            { -1, 0, 0, 0 },
            { 0, 0, -2 * double.Sqrt(90) * x[2], double.Sqrt(90) },
            { 0, 0, -1, 0 },
            { 0, double.Sqrt(10), 0, double.Sqrt(10) },
            { 0, 1 / double.Sqrt(10), 0, -1 / double.Sqrt(10) },
        },
        at: [1, 1, 1, 1]);

    static Case BrownDennis()
    {
        // f is a sum of fourth powers written as squares: r_i = (x1 + t x2 - e^t)^2 + (x3 + x4 sin t - cos t)^2
        static (double T, double A, double B) Terms(Vector x, int i)
        {
            var t = (i + 1) / 5.0;
            return (t, x[0] + t * x[1] - double.Exp(t), x[2] + x[3] * double.Sin(t) - double.Cos(t));
        }

        return Least(
            "BrownDennis", [25, 5, -5, -1],
            x => new Vector(Enumerable.Range(0, 20).Select(i => Terms(x, i) is var (_, a, b) ? a * a + b * b : 0)),
            x => Build(20, 4, (i, j) =>
                Terms(x, i) is var (t, a, b) ? j switch { 0 => 2 * a, 1 => 2 * a * t, 2 => 2 * b, _ => 2 * b * double.Sin(t) } : 0),
            85822.2016264);
    }

    static Case VariablyDimensioned(int n)
    {
        static double Sum(Vector x) => x.Select((value, i) => (i + 1) * (value - 1)).Sum();
        return Least(
            "VariablyDimensioned", [.. Enumerable.Range(1, n).Select(i => 1 - (double)i / n)],
            x => new Vector([.. x.Select(value => value - 1), Sum(x), Sum(x) * Sum(x)]),
            x => Build(n + 2, n, (i, j) => i < n ? (i == j ? 1 : 0) : i == n ? j + 1 : 2 * Sum(x) * (j + 1)),
            at: [.. Enumerable.Repeat(1.0, n)]);
    }

    static Case BroydenTridiagonal(int n) => Least(
        "BroydenTridiagonal", [.. Enumerable.Repeat(-1.0, n)],
        x => new Vector(x.Select((value, i) => (3 - 2 * value) * value - (i > 0 ? x[i - 1] : 0) - (i < n - 1 ? 2 * x[i + 1] : 0) + 1)),
        x => Build(n, n, (i, j) => (j - i) switch { 0 => 3 - 4 * x[i], -1 => -1, 1 => -2, _ => 0 }));

    static Case HS1() => new(Within("HS1", Runs.Rosenbrock, [-2, 1], new(double.NegativeInfinity, -1.5), null), 0, new Vector(1, 1));

    static Case HS3() => new(
        new(
            "HS3", null,
            DelegateMap.Scalar(
                x => x[1] + 1e-5 * (x[1] - x[0]) * (x[1] - x[0]), x => new Vector(-2e-5 * (x[1] - x[0]), 1 + 2e-5 * (x[1] - x[0]))),
            new Vector(10, 1), lowerBound: new Vector(double.NegativeInfinity, 0)),
        0, new Vector(0, 0));

    static Case HS5() => new(
        new(
            "HS5", null,
            DelegateMap.Scalar(
                x => double.Sin(x[0] + x[1]) + (x[0] - x[1]) * (x[0] - x[1]) - 1.5 * x[0] + 2.5 * x[1] + 1,
                x => double.Cos(x[0] + x[1]) is var c ? new Vector(c + 2 * (x[0] - x[1]) - 1.5, c - 2 * (x[0] - x[1]) + 2.5) : x),
            new Vector(0, 0), lowerBound: new Vector(-1.5, -3), upperBound: new Vector(4, 3)),
        -double.Sqrt(3) / 2 - double.Pi / 3, new Vector(0.5 - double.Pi / 3, -0.5 - double.Pi / 3));

    static Case HS38() => new(
        Within("HS38", Wood().Problem, [-3, -1, -3, -1], new(-10, -10, -10, -10), new(10, 10, 10, 10)), 0, new Vector(1, 1, 1, 1));

    static OptimizationProblem Within(string name, OptimizationProblem problem, double[] start, Vector lower, Vector? upper) =>
        new(name, problem.Physics, problem.Loss, new Vector(start), lowerBound: lower, upperBound: upper);

    static double[,] Build(int rows, int columns, Func<int, int, double> entry)
    {
        var entries = new double[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++) entries[i, j] = entry(i, j);
        }

        return entries;
    }
}
