using CsCheck;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tests.Tracing;

/// <summary>
/// A random straight-line function of three numbers, run on doubles or on traced numbers: the same steps in the same order.
/// </summary>
internal sealed record RandomFunction((int Operation, int A, int B, double C)[] Steps)
{
    internal const int InputCount = 3;

    const int FirstOther = 100;

    /// <summary>Every operation by itself.</summary>
    static readonly Operation[] Others = AllOperations.Computed;

    static readonly double[] Odd = [0.0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5e-324, 1e300, 0.5,
        2, -3];

    static readonly Gen<double> OddNumber = Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]);

    /// <summary>All operations, with constants and points at which all sorts of things go wrong.</summary>
    internal static readonly Gen<RandomFunction> Wild = Of(Gen.OneOf(Gen.Int[0, 33], Gen.Int[FirstOther, FirstOther + Others.Length - 1]),
        Gen.OneOf(OddNumber, Gen.Double[-3, 3]), 25);

    /// <summary>Smooth operations that stay of moderate size.</summary>
    internal static readonly Gen<RandomFunction> Smooth = Of(Gen.Int[40, 51], Gen.Double[-2, 2], 12);

    internal static readonly Gen<double[]> WildPoint = Gen.OneOf(OddNumber, Gen.Double[-3, 3]).Array[InputCount];

    internal static readonly Gen<double[]> Point = Gen.Double[-1.5, 1.5].Array[InputCount];

    static Gen<RandomFunction> Of(Gen<int> operation, Gen<double> constant, int longest) =>
        Gen.Select(operation, Gen.Int[0, 1000], Gen.Int[0, 1000], constant).Array[1, longest].Select(steps => new RandomFunction(steps));

    internal TracedNumber Run(TracedNumber[] x)
    {
        List<TracedNumber> values = [.. x];
        foreach (var (operation, i, j, c) in Steps)
        {
            var (a, b) = (values[^(1 + i % System.Math.Min(values.Count, 5))], values[j % values.Count]);
            values.Add(operation switch
            {
                0 => a + b,
                1 => a - b,
                2 => a * b,
                3 => a / b,
                4 => a % b,
                5 => a + c,
                6 => c + a,
                7 => a - c,
                8 => c - a,
                9 => a * c,
                10 => c * a,
                11 => a / c,
                12 => c / a,
                13 => -a,
                14 => 1 * a,
                15 => 0.0 + a,
                16 => a - 0.0,
                17 => a / 1,
                18 => Math.Pow(a, values[j % InputCount]),
                19 => Math.Pow(a, c),
                20 => Math.Max(a, b),
                21 => Math.Min(a, c),
                22 => Math.Clamp(a, (TracedNumber)(-1), (TracedNumber)1),
                23 => Math.Abs(a),
                24 => Math.Sqrt(a),
                25 => Math.Exp(a),
                26 => Math.Log(a),
                27 => Math.Atan2(a, b),
                28 => Math.Round(a) + Math.Floor(b),
                29 => Math.Cbrt(a),
                30 => 0.0 - a,
                31 => -(-a),
                32 => a + -b,
                33 => a - -b,
                40 => a + b,
                41 => a - b,
                42 => a * b,
                43 => a / (1 + b * b),
                44 => Math.Sin(a),
                45 => Math.Tanh(a),
                46 => Math.Atan2(a, 2 + Math.Cos(b)),
                47 => Math.Sqrt(1 + a * a),
                48 => Math.Log(1 + a * a),
                49 => Math.Exp(Math.Sin(a)),
                50 => Math.Pow(2 + Math.Sin(a), c),
                51 => Math.Pow(2 + Math.Cos(a), Math.Tanh(b)),
                _ => Others[operation - FirstOther] is { IsBinary: true } binary ? TracedArithmetic.Apply(binary, a, b)
                    : TracedArithmetic.Apply(Others[operation - FirstOther], a),
            });
        }

        return values[^1];
    }

    /// <summary>The same on doubles; how large the results on the way became is in <paramref name="largest"/>.</summary>
    internal double Run(double[] x, out double largest)
    {
        List<double> values = [.. x];
        foreach (var (operation, i, j, c) in Steps)
        {
            var (a, b) = (values[^(1 + i % System.Math.Min(values.Count, 5))], values[j % values.Count]);
            values.Add(operation switch
            {
                0 or 40 => a + b,
                1 or 41 => a - b,
                2 or 42 => a * b,
                3 => a / b,
                4 => a % b,
                5 => a + c,
                6 => c + a,
                7 => a - c,
                8 => c - a,
                9 => a * c,
                10 => c * a,
                11 => a / c,
                12 => c / a,
                13 => -a,
                14 => 1 * a,
                15 => 0.0 + a,
                16 => a - 0.0,
                17 => a / 1,
                18 => System.Math.Pow(a, values[j % InputCount]),
                19 => System.Math.Pow(a, c),
                20 => System.Math.Max(a, b),
                21 => System.Math.Min(a, c),
                22 => System.Math.Clamp(a, -1, 1),
                23 => System.Math.Abs(a),
                24 => System.Math.Sqrt(a),
                25 => System.Math.Exp(a),
                26 => System.Math.Log(a),
                27 => System.Math.Atan2(a, b),
                28 => System.Math.Round(a) + System.Math.Floor(b),
                29 => System.Math.Cbrt(a),
                30 => 0.0 - a,
                31 => -(-a),
                32 => a + -b,
                33 => a - -b,
                43 => a / (1 + b * b),
                44 => System.Math.Sin(a),
                45 => System.Math.Tanh(a),
                46 => System.Math.Atan2(a, 2 + System.Math.Cos(b)),
                47 => System.Math.Sqrt(1 + a * a),
                48 => System.Math.Log(1 + a * a),
                49 => System.Math.Exp(System.Math.Sin(a)),
                50 => System.Math.Pow(2 + System.Math.Sin(a), c),
                51 => System.Math.Pow(2 + System.Math.Cos(a), System.Math.Tanh(b)),
                _ => Others[operation - FirstOther].Evaluate(a, b),
            });
        }

        largest = values.Max(System.Math.Abs);
        return values[^1];
    }

    public override string ToString() => string.Join("; ", Steps);
}
