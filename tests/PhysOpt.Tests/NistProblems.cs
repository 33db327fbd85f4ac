using PhysOpt.Functions;

namespace PhysOpt.Tests;

/// <summary>
/// Nonlinear regressions with certified parameters: 24 of the 27 NIST StRD sets, with exact Jacobians. y is the model at the x of the data.
/// </summary>
internal static partial class NistProblems
{
    /// <summary>A set: two starts, and what is certified to 11 digits.</summary>
    internal sealed record Set(string Name, IDifferentiableMap Model, Vector Observed, Vector FirstStart, Vector SecondStart,
        Vector Certified, double ResidualSumOfSquares)
    {
        /// <summary>
        /// What the rounding of the observations and the model, of some units in the 16th digit, may make of the sum of squares r'r: 2 |r|
        /// |y| eps.
        /// </summary>
        internal double Rounding => 1e-15 * double.Sqrt(ResidualSumOfSquares) * Observed.Norm;

        internal OptimizationProblem From(int start) =>
            new(Name, Model, new SquaredDistance(Observed), start == 1 ? FirstStart : SecondStart);
    }

    /// <summary>Digits that a result agrees in with the certified parameters, the least of all components.</summary>
    internal static double Digits(Vector certified, Vector found) =>
        found.Zip(certified, (x, c) => double.Abs(x - c) / double.Abs(c)).Max() switch
        {
            0 => 11,
            var error => double.Min(11, -double.Log10(error)),
        };

    static readonly double[] Mgh10Steps = [.. Enumerable.Range(0, 16).Select(i => 50.0 + 5 * i)];

    internal static readonly IReadOnlyDictionary<string, Set> All = new Set[]
    {
        Build(
            "Misra1a", [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0],
            [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78], Saturation,
            [500, 1e-4], [250, 5e-4], [2.3894212918e+02, 5.5015643181e-04], 1.2455138894e-01),
        Build(
            "DanWood", [1.309, 1.471, 1.490, 1.565, 1.611, 1.680], [2.138, 3.421, 3.597, 4.340, 4.882, 5.660],
            (b, x) => double.Pow(x, b[1]) is var p ? (b[0] * p, [p, b[0] * p * double.Log(x)]) : default,
            [1, 5], [0.7, 4], [7.6886226176e-01, 3.8604055871e+00], 4.3173084083e-03),
        Build(
            "Rat42", [9, 14, 21, 28, 42, 57, 63, 70, 79], [8.930, 10.800, 18.590, 22.330, 39.350, 56.110, 61.730, 64.620, 67.080],
            (b, x) => double.Exp(b[1] - b[2] * x) is var e && 1 + e is var d
                ? (b[0] / d, [1 / d, -b[0] * e / (d * d), b[0] * e * x / (d * d)]) : default,
            [100, 1, 0.1], [75, 2.5, 0.07], [7.2462237576e+01, 2.6180768402e+00, 6.7359200066e-02], 8.0565229338e+00),
        Build(
            "Rat43", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
            [16.08, 33.83, 65.80, 97.20, 191.55, 326.20, 386.87, 520.53, 590.03, 651.92, 724.93, 699.56, 689.96, 637.56, 717.41],
            (b, x) => double.Exp(b[1] - b[2] * x) is var e && double.Pow(1 + e, -1 / b[3]) is var p
                && b[0] * p * e / (b[3] * (1 + e)) is var slope
                ? (b[0] * p, [p, -slope, slope * x, b[0] * p * double.Log(1 + e) / (b[3] * b[3])])
                : default,
            [100, 10, 1, 1], [700, 5, 0.75, 1.3], [6.9964151270e+02, 5.2771253025e+00, 7.5962938329e-01, 1.2792483859e+00],
                8.7864049080e+03),
        Build(
            "BoxBOD", [1, 2, 3, 5, 7, 10], [109, 149, 149, 191, 213, 224], Saturation,
            [1, 1], [100, 0.75], [2.1380940889e+02, 5.4723748542e-01], 1.1680088766e+03),
        Build(
            "MGH09", [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625],
            [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246],
            (b, x) => x * x + x * b[1] is var above && x * x + x * b[2] + b[3] is var below
                ? (b[0] * above / below,
                    [above / below, b[0] * x / below, -b[0] * above * x / (below * below), -b[0] * above / (below * below)])
                : default,
            [25, 39, 41.5, 39], [0.25, 0.39, 0.415, 0.39], [1.9280693458e-01, 1.9128232873e-01, 1.2305650693e-01, 1.3606233068e-01],
                3.0750560385e-04),
        Build(
            "MGH10", Mgh10Steps, [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872],
            (b, x) => double.Exp(b[1] / (x + b[2])) is var e
                ? (b[0] * e, [e, b[0] * e / (x + b[2]), -b[0] * e * b[1] / ((x + b[2]) * (x + b[2]))]) : default,
            [2, 400000, 25000], [0.02, 4000, 250], [5.6096364710e-03, 6.1813463463e+03, 3.4522363462e+02], 8.7945855171e+01),
        Build(
            "MGH17", [.. Enumerable.Range(0, 33).Select(i => 10.0 * i)],
            [
                0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628, 0.603, 0.580,
                0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406,
            ],
            (b, x) => double.Exp(-b[3] * x) is var p && double.Exp(-b[4] * x) is var q
                ? (b[0] + b[1] * p + b[2] * q, [1, p, q, -x * b[1] * p, -x * b[2] * q]) : default,
            [50, 150, -100, 1, 2], [0.5, 1.5, -1, 0.01, 0.02],
            [3.7541005211e-01, 1.9358469127e+00, -1.4646871366e+00, 1.2867534640e-02, 2.2122699662e-02], 5.4648946975e-05),
        Build(
            "Eckerle4",
            [
                400, 405, 410, 415, 420, 425, 430, 435, 436.5, 438, 439.5, 441, 442.5, 444, 445.5, 447, 448.5, 450,
                451.5, 453, 454.5, 456, 457.5, 459, 460.5, 462, 463.5, 465, 470, 475, 480, 485, 490, 495, 500,
            ],
            [
                0.0001575, 0.0001699, 0.0002350, 0.0003102, 0.0004917, 0.0008710, 0.0017418, 0.0046400, 0.0065895, 0.0097302, 0.0149002,
                    0.0237310,
                0.0401683, 0.0712559, 0.1264458, 0.2073413, 0.2902366, 0.3445623, 0.3698049, 0.3668534, 0.3106727, 0.2078154, 0.1164354,
                    0.0616764,
                0.0337200, 0.0194023, 0.0117831, 0.0074357, 0.0022732, 0.0008800, 0.0004579, 0.0002345, 0.0001586, 0.0001143, 0.0000710,
            ],
            (b, x) => (x - b[2]) / b[1] is var z && double.Exp(-z * z / 2) / b[1] is var e
                ? (b[0] * e, [e, b[0] * e * (z * z - 1) / b[1], b[0] * e * z / b[1]])
                : default,
            [1, 10, 500], [1.5, 5, 450], [1.5543827178e+00, 4.0888321754e+00, 4.5154121844e+02], 1.4635887487e-03),
        Build(
            "Thurber",
            [
                -3.067, -2.981, -2.921, -2.912, -2.840, -2.797, -2.702, -2.699, -2.633, -2.481, -2.363, -2.322, -1.501, -1.460, -1.274,
                    -1.212, -1.100, -1.046,
                -0.915, -0.714, -0.566, -0.545, -0.400, -0.309, -0.109, -0.103, 0.010, 0.119, 0.377, 0.790, 0.963, 1.006, 1.115, 1.572,
                    1.841, 2.047, 2.200,
            ],
            [
                80.574, 84.248, 87.264, 87.195, 89.076, 89.608, 89.868, 90.101, 92.405, 95.854, 100.696, 101.060, 401.672, 390.724, 567.534,
                    635.316, 733.054,
                759.087, 894.206, 990.785, 1090.109, 1080.914, 1122.643, 1178.351, 1260.531, 1273.514, 1288.339, 1327.543, 1353.863,
                    1414.509, 1425.208,
                1421.384, 1442.962, 1464.350, 1468.705, 1447.894, 1457.628,
            ],
            (b, x) => b[0] + x * (b[1] + x * (b[2] + x * b[3])) is var above && 1 + x * (b[4] + x * (b[5] + x * b[6])) is var below
                && above / (below * below) is var slope
                ? (above / below, [1 / below, x / below, x * x / below, x * x * x / below, -slope * x, -slope * x * x, -slope * x * x * x])
                : default,
            [1000, 1000, 400, 40, 0.7, 0.3, 0.03], [1300, 1500, 500, 75, 1, 0.4, 0.05],
            [1.2881396800e+03, 1.4910792535e+03, 5.8323836877e+02, 7.5416644291e+01, 9.6629502864e-01, 3.9797285797e-01, 4.9727297349e-02],
                5.6427082397e+03),
    }.Concat(Filed()).ToDictionary(set => set.Name);

    /// <summary>Every set with both of its starts.</summary>
    public static TheoryData<string, int> SetsAndStarts()
    {
        var rows = new TheoryData<string, int>();
        foreach (var name in All.Keys)
        {
            rows.Add(name, 1);
            rows.Add(name, 2);
        }

        return rows;
    }

    static (double, double[]) Saturation(Vector b, double x) =>
        double.Exp(-b[1] * x) is var e ? (b[0] * (1 - e), [1 - e, b[0] * x * e]) : default;

    static Set Build(
        string name, double[] x, double[] y, Func<Vector, double, (double Value, double[] Gradient)> model, double[] first, double[] second,
            double[] certified, double sum)
    {
        return new(
            name,
            DelegateMap.Create(
                b => new Vector(x.Select(at => model(b, at).Value)),
                b =>
                {
                    var rows = x.Select(at => model(b, at).Gradient).ToArray();
                    return new Matrix(x.Length, certified.Length, (i, j) => rows[i][j]);
                }),
            new Vector(y), new Vector(first), new Vector(second), new Vector(certified), sum);
    }
}
