using System.Globalization;
using CsCheck;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Derivatives;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>
/// Functions beside System.Math's: against a table of values with 25 digits (Data/SpecialFunctions.dat), at their edges, and as operations.
/// </summary>
public class SpecialFunctionTests
{
    /// <summary>
    /// The doubles between a result and the double next to the true value: 3 means an error below 3.5 units in the last place.
    /// </summary>
    const long MostSteps = 3;

    sealed record Row(string Name, double[] Arguments, double Value);

    static readonly Row[] Table = [.. ReadTable()];

    public static TheoryData<string> Names => [.. Table.Select(row => row.Name).Distinct()];

    static IEnumerable<Row> ReadTable()
    {
        using var reader = new StreamReader(typeof(SpecialFunctionTests)
            .Assembly.GetManifestResourceStream("PhysOpt.Tests.Data.SpecialFunctions.dat")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var words = line.Split(' ');
            double[] numbers = [.. words.Skip(1).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
            yield return new(words[0], numbers[..^1], numbers[^1]);
        }
    }

    static double Evaluate(Row row) =>
        AllOperations.Named(row.Name is "LogGammaNegative" ? "LogGamma" : row.Name)
            .Evaluate(row.Arguments[0], row.Arguments.Length > 1 ? row.Arguments[1] : 0);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_is_that_of_the_table_within_four_units_in_the_last_place(string name)
    {
        Row[] rows = [.. Table.Where(row => row.Name == name)];
        Assert.InRange(rows.Length, 40, 1000);
        foreach (var row in rows)
        {
            var value = Evaluate(row);
            var isClose = name switch
            {
                // roots lie between all poles: two units in the last place of the larger of the value and 1
                "LogGammaNegative" => Math.Abs(value - row.Value) <= 4.5e-16 * Math.Max(1, Math.Abs(row.Value)),
                // what derivatives are made of, which has roots as well
                "Polygamma" => Math.Abs(value - row.Value) <= 4e-15 * Math.Max(1, Math.Abs(row.Value)),
                _ => Steps(value, row.Value) <= MostSteps,
            };
            Assert.True(isClose, $"{name}({string.Join(", ", row.Arguments)}) = {value:R} instead of {row.Value:R}, " +
                $"{Steps(value, row.Value)} steps");
        }
    }

    [Theory]
    [InlineData("Erf", -0.0, -0.0)]
    [InlineData("Erf", double.PositiveInfinity, 1)]
    [InlineData("Erf", double.NegativeInfinity, -1)]
    [InlineData("Erf", double.NaN, double.NaN)]
    [InlineData("Erfc", 27.5, 0)]
    [InlineData("Erfc", double.PositiveInfinity, 0)]
    [InlineData("Erfc", double.NegativeInfinity, 2)]
    [InlineData("Erfc", double.NaN, double.NaN)]
    [InlineData("Gamma", 0.0, double.PositiveInfinity)]
    [InlineData("Gamma", -0.0, double.NegativeInfinity)]
    [InlineData("Gamma", 5e-309, double.PositiveInfinity)]
    [InlineData("Gamma", 171.7, double.PositiveInfinity)]
    [InlineData("Gamma", 1e300, double.PositiveInfinity)]
    [InlineData("Gamma", -1, double.NaN)]
    [InlineData("Gamma", -40, double.NaN)]
    [InlineData("Gamma", -1e20, double.NaN)]
    [InlineData("Gamma", -200.5, -0.0)]
    [InlineData("Gamma", -201.5, 0.0)]
    [InlineData("Gamma", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Gamma", double.NegativeInfinity, double.NaN)]
    [InlineData("Gamma", double.NaN, double.NaN)]
    [InlineData("LogGamma", 1, 0)]
    [InlineData("LogGamma", 2, 0)]
    [InlineData("LogGamma", 0.0, double.PositiveInfinity)]
    [InlineData("LogGamma", -3, double.PositiveInfinity)]
    [InlineData("LogGamma", 1e306, double.PositiveInfinity)]
    [InlineData("LogGamma", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("LogGamma", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("LogGamma", double.NaN, double.NaN)]
    [InlineData("Expm1", -0.0, -0.0)]
    [InlineData("Expm1", double.NegativeInfinity, -1)]
    [InlineData("Expm1", 710, double.PositiveInfinity)]
    [InlineData("Expm1", double.NaN, double.NaN)]
    [InlineData("Log1p", -0.0, -0.0)]
    [InlineData("Log1p", -1, double.NegativeInfinity)]
    [InlineData("Log1p", -1.5, double.NaN)]
    [InlineData("Log1p", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Log1p", double.NaN, double.NaN)]
    [InlineData("Acosh", 0.5, double.NaN)]
    [InlineData("Atanh", -1, double.NegativeInfinity)]
    public void At_its_edges_a_function_is_what_is_documented(string name, double a, double expected) =>
        Assert.True(SameBits(expected, AllOperations.Named(name).Evaluate(a, 0)), $"{AllOperations.Named(name).Evaluate(a, 0):R}");

    [Fact]
    public void Gamma_of_a_whole_number_is_a_factorial()
    {
        var factorial = 1.0;
        for (var n = 1; n <= 23; factorial *= n++) Assert.Equal(factorial, Math.Gamma(n));

    }

    [Fact]
    public void A_product_and_a_sum_that_are_rounded_once_have_the_bits_of_NET_when_traced()
    {
        var number = Gen.OneOf(Gen.Double[-3, 3], Gen.Select(Gen.Double[-1, 1], Gen.Int[-60, 60])
            .Select((x, scale) => double.ScaleB(x, scale)), Gen.Int[-4, 4].Select(k => (double)k), Gen.Const(-0.0));
        var close = Gen.Select(number, number, Gen.OneOf(Gen.Const(0.0), Gen.Double[-1, 1]), Gen.Int[-110, 2])
            .Select((a, b, x, scale) => (a, b, -(a * b) + a * b * double.ScaleB(x, scale)));
        Gen.OneOf(Gen.Select(number, number, number), close).Sample(
            (a, b, c) =>
            {
                var expected = System.Math.FusedMultiplyAdd(a, b, c);
                var graph = Record(i => Math.FusedMultiplyAdd(i[0], i[1], i[2]), 0.3, -1.7, 2.9);
                return SameBits(expected, graph.Evaluate(a, b, c)[0]) && SameBits(expected, graph.Rolled(a, b, c)[0]);
            },
            iter: Laws.Samples(20_000));
    }

    [Fact]
    public void Where_a_product_is_infinite_so_is_the_sum()
    {
        var graph = Record(i => Math.FusedMultiplyAdd(i[0], i[1], i[2]), 1, 2, 3);
        Assert.Equal(double.PositiveInfinity, graph.Evaluate(1e200, 1e200, 1)[0]);
        Assert.Equal(double.NegativeInfinity, graph.Evaluate(2, 3, double.NegativeInfinity)[0]);
        Assert.Equal(double.NaN, graph.Evaluate(double.PositiveInfinity, 0, 1)[0]);
    }

    [Fact]
    public void The_slopes_of_a_product_and_a_sum_are_those_without_rounding() =>
        Assert.Equal([-1.7, 0.3, 1], Gradient(i => Math.FusedMultiplyAdd(i[0], i[1], i[2]), 0.3, -1.7, 2.9));

    [Fact]
    public void A_slope_is_its_formula()
    {
        var density = 2 / System.Math.Sqrt(System.Math.PI) * System.Math.Exp(-0.49);
        Close(density, Slope(Math.Erf, 0.7), 1e-15);
        Close(-density, Slope(Math.Erfc, 0.7), 1e-15);
        Close(-0.57721566490153286, Slope(Math.Gamma, 1), 1e-15);
        Close(1 - 0.57721566490153286, Slope(Math.LogGamma, 2), 1e-15);
        Close(1 / System.Math.Sqrt(2), Slope(Math.Asinh, 1), 1e-15);
        Close(1 / System.Math.Sqrt(3), Slope(Math.Acosh, 2), 1e-15);
        Close(4.0 / 3, Slope(Math.Atanh, 0.5), 1e-15);
        Close(System.Math.Exp(-40), Slope(Math.Expm1, -40), 1e-15);
        Close(1 / 1.25, Slope(Math.Log1p, 0.25), 1e-15);
        Assert.Equal([0.6, 0.8], Gradient(i => Math.Hypot(i[0], i[1]), 3, 4));
        Assert.Equal([1.0, 0], Gradient(i => Math.CopySign(i[0], i[1]), -3, -2));
    }

    [Fact]
    public void A_second_derivative_is_its_formula()
    {
        double Second(Func<TracedNumber, TracedNumber> f, double x) =>
            Differentiation.HessianVector(Record(i => f(i[0]), x)).Evaluate(x, 1, 1)[0];
        var squareOfPi = System.Math.PI * System.Math.PI;
        Close(squareOfPi / 6, Second(Math.LogGamma, 1), 4e-15); // trigamma
        Close(squareOfPi / 6 + 0.57721566490153286 * 0.57721566490153286, Second(Math.Gamma, 1), 4e-15);
        Close(-1.4 * 2 / System.Math.Sqrt(System.Math.PI) * System.Math.Exp(-0.49), Second(Math.Erf, 0.7), 4e-15);
        Close(-1 / (2 * System.Math.Sqrt(2)), Second(Math.Asinh, 1), 4e-15);
        Close(System.Math.Exp(0.3), Second(Math.Expm1, 0.3), 4e-15);
    }

    [Fact]
    public void Slopes_at_edges_are_those_of_the_functions_like_them()
    {
        Assert.Equal([0.0, 0.0], Gradient(i => Math.Hypot(i[0], i[1]), 0, 0));
        Assert.Equal(double.PositiveInfinity, Slope(Math.Acosh, 1));
        Assert.Equal(double.PositiveInfinity, Slope(Math.Atanh, -1));
        Assert.Equal(0.0, Slope(x => Math.CopySign(x, -2), 0));
        Assert.Equal(1e-200, Slope(Math.Asinh, 1e200), 0.0);
    }

    static long Steps(double a, double b) => a == b ? 0 : double.IsFinite(a) && Math.Sign(a) == Math.Sign(b)
        ? Math.Abs(BitConverter.DoubleToInt64Bits(a) - BitConverter.DoubleToInt64Bits(b)) : long.MaxValue;
}
