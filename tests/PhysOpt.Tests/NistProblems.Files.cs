using System.Globalization;
using PhysOpt.Tests.Problems;
using PhysOpt.Tracing;

using static PhysOpt.Math;

namespace PhysOpt.Tests;

/// <summary>
/// The sets whose data are in files, y before x, and those that share the data of Misra1a; with derivatives of recorded models.
/// </summary>
internal static partial class NistProblems
{
    static double[] MisraY => [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78];
    static double[] MisraX => [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0];

    static IEnumerable<Set> Filed() =>
    [
        Traced(
            "Misra1b", MisraX, MisraY, (b, x) =>
                b[0] * (1 - 1 / (1 + b[1] * x / 2).Squared()), [500, 1e-4], [300, 2e-4], [3.3799746163e+02, 3.9039091287e-04],
                7.5464681533e-02),
        Traced(
            "Misra1c", MisraX, MisraY, (b, x) =>
                b[0] * (1 - 1 / Sqrt(1 + 2 * b[1] * x)), [500, 1e-4], [600, 2e-4], [6.3642725809e+02, 2.0813627256e-04], 4.0966836971e-02),
        Traced("Misra1d", MisraX, MisraY, (b, x) => b[0] * b[1] * x / (1 + b[1] * x), [500, 1e-4], [450, 3e-4],
            [4.3736970754e+02, 3.0227324449e-04], 5.6419295283e-02),
        Lanczos("Lanczos1", "E12", [9.5100000027e-02, 1.0000000001, 8.6070000013e-01, 3.0000000002, 1.5575999998, 5.0000000001],
            1.4307867721e-25),
        Lanczos("Lanczos2", "E5", [9.6251029939e-02, 1.0057332849, 8.6424689056e-01, 3.0078283915, 1.5529016879, 5.0028798100],
            2.2299428125e-11),
        Lanczos("Lanczos3", "F4", [8.6816414977e-02, 9.5498101505e-01, 8.4400777463e-01, 2.9515951832, 1.5825685901, 4.9863565084],
            1.6117193594e-08),
        Traced(
            "Chwirut2", (b, x) => Exp(-b[0] * x) / (b[1] + b[2] * x), [0.1, 0.01, 0.02], [0.15, 0.008, 0.010],
            [1.6657666537e-01, 5.1653291286e-03, 1.2150007096e-02], 5.1304802941e+02),
        Traced(
            "Roszman1", (b, x) => b[0] - b[1] * x - Atan(b[2] / (x - b[3])) / double.Pi, [0.1, -1e-5, 1000, -100], [0.2, -5e-6, 1200, -150],
            [2.0196866396e-01, -6.1953516256e-06, 1.2044556708e+03, -1.8134269537e+02], 4.9484847331e-04),
        Traced(
            "Kirby2", (b, x) => (b[0] + x * (b[1] + x * b[2])) / (1 + x * (b[3] + x * b[4])), [2, -0.1, 0.003, -0.001, 0.00001],
                [1.5, -0.15, 0.0025, -0.0015, 0.00002],
            [1.6745063063, -1.3927397867e-01, 2.5961181191e-03, -1.7241811870e-03, 2.1664802578e-05], 3.9050739624),
        Traced(
            "Hahn1", (b, x) => (b[0] + x * (b[1] + x * (b[2] + x * b[3]))) / (1 + x * (b[4] + x * (b[5] + x * b[6]))),
            [10, -1, 0.05, -1e-5, -0.05, 0.001, -1e-6], [1, -0.1, 0.005, -1e-6, -0.005, 1e-4, -1e-7],
            [1.0776351733, -1.2269296921e-01, 4.0863750610e-03, -1.4262662514e-06, -5.7609940901e-03, 2.4053735503e-04, -1.2314450199e-07],
                1.5324382854),
        Traced(
            "Bennett5", (b, x) => b[0] * Pow(b[1] + x, -1 / b[2]), [-2000, 50, 0.8], [-1500, 45, 0.85],
                [-2.5235058043e+03, 4.6736564644e+01, 9.3218483193e-01], 5.2404744073e-04),
        Traced(
            "Gauss1", Count(250), Read("Gauss1"),
            (b, x) => b[0] * Exp(-b[1] * x) + b[2] * Exp(-((x - b[3]) / b[4]).Squared()) + b[5] * Exp(-((x - b[6]) / b[7]).Squared()),
            [97, 0.009, 100, 65, 20, 70, 178, 16.5], [94, 0.0105, 99, 63, 25, 71, 180, 20],
            [9.8778210871e+01, 1.0497276517e-02, 1.0048990633e+02, 6.7481111276e+01, 2.3129773360e+01, 7.1994503004e+01, 1.7899805021e+02,
                1.8389389025e+01], 1.3158222432e+03),
        Traced(
            "ENSO", Count(168), Read("ENSO"),
            (b, x) => b[0] + b[1] * double.CosPi(x / 6) + b[2] * double.SinPi(x / 6) + b[4] * Cos(double.Tau * x / b[3])
                + b[5] * Sin(double.Tau * x / b[3])
                + b[7] * Cos(double.Tau * x / b[6]) + b[8] * Sin(double.Tau * x / b[6]),
            [11, 3, 0.5, 40, -0.7, -1.3, 25, -0.3, 1.4], [10, 3, 0.5, 44, -1.5, 0.5, 26, -0.1, 1.5],
            [
                1.0510749193e+01, 3.0762128085, 5.3280138227e-01, 4.4311088700e+01, -1.6231428586, 5.2554493756e-01, 2.6887614440e+01,
                    2.1232288488e-01, 1.4966870418,
            ],
            7.8853978668e+02),
        Traced(
            // log y = ..., at 8 times and 4 temperatures, 4 observations each
            "Nelson", Count(128), [.. Read("Nelson").Select(y => double.Log(y))],
            (b, i) => b[0] - b[1] * Weeks[(int)(i - 1) / 16] * Exp(-b[2] * Temperatures[(int)(i - 1) / 4 % 4]), [2, 0.0001, -0.01],
                [2.5, 5e-9, -0.05],
            [2.5906836021, 5.6177717026e-09, -5.7701013174e-02], 3.7976833176),
    ];

    static double[] Weeks => [1, 2, 4, 8, 16, 32, 48, 64];

    static double[] Temperatures => [180, 225, 250, 275];

    /// <summary>A sum of three exponentials, rounded as the set is.</summary>
    static Set Lanczos(string name, string format, double[] certified, double sum)
    {
        double[] x = [.. Enumerable.Range(0, 24).Select(i => 0.05 * i)];
        return Traced(
            name, x, [.. x.Select(t =>
                Parse((0.0951 * double.Exp(-t) + 0.8607 * double.Exp(-3 * t) + 1.5576 * double.Exp(-5 * t))
                .ToString(format, CultureInfo.InvariantCulture)))],
            (b, t) => b[0] * Exp(-b[1] * t) + b[2] * Exp(-b[3] * t) + b[4] * Exp(-b[5] * t), [1.2, 0.3, 5.6, 5.5, 6.5, 7.6],
                [0.5, 0.7, 3.6, 4.2, 4, 6.3], certified, sum);
    }

    static Set Traced(string name, Func<TracedNumber[], double, TracedNumber> model, double[] first, double[] second, double[] certified,
        double sum)
    {
        var numbers = Read(name);
        return Traced(name, [.. numbers.Where((_, i) => i % 2 == 1)], [.. numbers.Where((_, i) => i % 2 == 0)], model, first, second,
            certified, sum);
    }

    static Set Traced(string name, double[] x, double[] y, Func<TracedNumber[], double, TracedNumber> model, double[] first,
        double[] second, double[] certified, double sum) => new(
        name, Recorded.Function(first, b => x.Select(at => model(b, at))), new Vector(y), new Vector(first), new Vector(second),
            new Vector(certified), sum);

    static double[] Count(int n) => [.. Enumerable.Range(1, n).Select(i => (double)i)];

    static double[] Read(string name)
    {
        using var reader = new StreamReader(typeof(NistProblems).Assembly.GetManifestResourceStream($"PhysOpt.Tests.Data.{name}.dat")!);
        return [.. reader.ReadToEnd().Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
