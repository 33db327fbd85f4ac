using static PhysOpt.Math;
using static PhysOpt.Tests.Problems.Recorded;

namespace PhysOpt.Tests.Problems;

/// <summary>
/// The problems of More, Garbow, Hillstrom (1981), "Testing unconstrained optimization software", ACM Transactions on Mathematical Software
/// 7, that
/// <see cref="TestProblems"/> does not have: those with fixed data here. Number (n) is that of the paper.
/// </summary>
/// <remarks>Each f* agrees with the paper's, and was computed to more digits by another program from formulas written down apart from
/// these.</remarks>
internal static partial class MoreGarbowHillstrom
{
    /// <summary>All of them.</summary>
    internal static IReadOnlyList<ReferenceProblem> All { get; } =
    [
        FreudensteinRoth(), PowellBadlyScaled(), BrownBadlyScaled(), JennrichSampson(), Bard(), Gaussian(), Meyer(), Gulf(), Box(),
            KowalikOsborne(), Osborne1(),
        Biggs(), Osborne2(), Watson(6, 2.2876700535523838e-3), Watson(9, 1.3997601380e-6), Watson(12, 4.7223811e-10),
            ExtendedRosenbrock(20), ExtendedPowell(20),
        PenaltyI(4, 2.2499775008999e-5), PenaltyI(10, 7.0876514670904e-5), PenaltyII(4, 9.376293007355e-6),
            PenaltyII(10, 2.936605374567e-4), VariablyDimensioned(50),
        Trigonometric(10), BrownAlmostLinear(10), DiscreteBoundaryValue(10), DiscreteIntegralEquation(10), BroydenTridiagonal(60),
            BroydenBanded(10),
        LinearFullRank(10, 20), LinearRankOne(10, 20), LinearRankOneWithZeros(10, 20), Chebyquad(7, 0), Chebyquad(8, 3.5168737256780e-3),
            Chebyquad(9, 0),
        Chebyquad(10, 4.772713922711e-3).Or(6.503954800882e-3, "the local minimum that the paper gives"),
    ];

    static double[] Range(int n, Func<double, double> value) => [.. Enumerable.Range(1, n).Select(i => value(i))];

    // (2)
    static ReferenceProblem FreudensteinRoth() => Least(
        "FreudensteinRoth", [0.5, -2],
        x => [-13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1], -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]])
            .Or(48.98425367924003, "the local minimum at (11.41, -0.8968)");

    // (3)
    static ReferenceProblem PowellBadlyScaled() => Least(
        "PowellBadlyScaled", [0, 1], x => [1e4 * x[0] * x[1] - 1, Exp(-x[0]) + Exp(-x[1]) - 1.0001]);

    // (4)
    static ReferenceProblem BrownBadlyScaled() => Least("BrownBadlyScaled", [1, 1], x => [x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2]);

    // (6)
    static ReferenceProblem JennrichSampson() => Least(
        "JennrichSampson", [0.3, 0.4], x => Range(10, i => i).Select(i => 2 + 2 * i - (Exp(i * x[0]) + Exp(i * x[1]))), 124.36218235561493);

    // (8)
    static ReferenceProblem Bard()
    {
        double[] y = [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39];
        return Least(
            "Bard", [1, 1, 1],
            x => y.Select((value, i) => value - (x[0] + (i + 1) / ((15 - i) * x[1] + double.Min(i + 1, 15 - i) * x[2]))),
                8.214877306578975e-3)
            .Or(17.42869333333333, "the infimum where x2 and x3 go to minus infinity");
    }

    // (9)
    static ReferenceProblem Gaussian()
    {
        double[] half = [0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521];
        double[] y = [.. half, 0.3989, .. half.Reverse()];
        return Least(
            "Gaussian", [0.4, 1, 0], x =>
                y.Select((value, i) => x[0] * Exp(-x[1] * ((7 - i) / 2.0 - x[2]).Squared() / 2) - value), 1.1279327696186e-8);
    }

    // (10)
    static ReferenceProblem Meyer()
    {
        double[] y = [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872];
        return Least("Meyer", [0.02, 4000, 250], x => y.Select((value, i) => x[0] * Exp(x[1] / (50 + 5 * i + x[2])) - value),
            87.94585517061);
    }

    // (11), with the exponent as it was meant: |y_i - x2|^x3
    static ReferenceProblem Gulf() => Least(
        "Gulf", [5, 2.5, 0.15],
        x => Range(99, i => i / 100).Select(t => Exp(-Pow(Abs(25 + double.Pow(-50 * double.Log(t), 2.0 / 3) - x[1]), x[2]) / x[0]) - t));

    // (12)
    static ReferenceProblem Box() => Least(
        "Box", [0, 10, 20],
        x => Range(10, i => 0.1 * i).Select(t => Exp(-t * x[0]) - Exp(-t * x[1]) - x[2] * (double.Exp(-t) - double.Exp(-10 * t))));

    // (15)
    static ReferenceProblem KowalikOsborne()
    {
        double[] y = [0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246];
        double[] u = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625];
        return Least(
            "KowalikOsborne", [0.25, 0.39, 0.415, 0.39],
            x => y.Select((value, i) => value - x[0] * (u[i] * u[i] + u[i] * x[1]) / (u[i] * u[i] + u[i] * x[2] + x[3])),
                3.0750560384924e-4)
            .Or(1.02734e-3, "the infimum where x2 and x4 go to infinity");
    }

    // (17)
    static ReferenceProblem Osborne1()
    {
        double[] y =
        [
            0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628, 0.603, 0.580, 0.558,
                0.538, 0.522, 0.506,
            0.490, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406,
        ];
        return Least(
            "Osborne1", [0.5, 1.5, -1, 0.01, 0.02],
            x => y.Select((value, i) => value - (x[0] + x[1] * Exp(-10 * i * x[3]) + x[2] * Exp(-10 * i * x[4]))), 5.464894697483e-5);
    }

    // (18)
    static ReferenceProblem Biggs() => Least(
        "Biggs", [1, 2, 1, 1, 1, 1],
        x => Range(13, i => 0.1 * i).Select(t =>
            x[2] * Exp(-t * x[0]) - x[3] * Exp(-t * x[1]) + x[5] * Exp(-t * x[4])
                - (double.Exp(-t) - 5 * double.Exp(-10 * t) + 3 * double.Exp(-4 * t))));

    // (19)
    static ReferenceProblem Osborne2()
    {
        double[] y =
        [
            1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616, 0.606, 0.602, 0.626,
                0.651, 0.724, 0.649, 0.649,
            0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495, 0.500, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429,
                0.523, 0.562, 0.607, 0.653,
            0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559, 0.597, 0.625, 0.739, 0.710, 0.729, 0.720, 0.636, 0.581, 0.428, 0.292,
                0.162, 0.098, 0.054,
        ];
        return Least(
            "Osborne2", [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5],
            x => y.Select((value, i) => value - x[0] * Exp(-i / 10.0 * x[4])
                - Enumerable.Range(1, 3).Select(k => x[k] * Exp(-(i / 10.0 - x[7 + k]).Squared() * x[4 + k])).Sum()),
            4.013773629354e-2);
    }
}
