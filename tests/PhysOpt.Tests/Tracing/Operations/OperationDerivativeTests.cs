using PhysOpt.Tracing;
using PhysOpt.Tracing.Derivatives;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>Each operation's derivative: against its formula to the last digits, and the formula against differences.</summary>
public class OperationDerivativeTests
{
    public sealed record Case(string Name, Func<TracedNumber[], TracedNumber> Traced, Func<double[], double> Plain,
        Func<double[], double[]> Gradient, double[] At)
    {
        public override string ToString() => $"{Name} at {string.Join(' ', At)}";
    }

    static IEnumerable<Case> Unary(string name, Func<TracedNumber, TracedNumber> f, Func<double, double> plain, Func<double, double> slope,
        params double[] at) =>
        at.Select(x => new Case(name, i => f(i[0]), v => plain(v[0]), v => [slope(v[0])], [x]));

    static IEnumerable<Case> Binary(
        string name, Func<TracedNumber, TracedNumber, TracedNumber> f, Func<double, double, double> plain,
            Func<double, double, double[]> slopes, params (double, double)[] at) =>
        at.Select(p => new Case(name, i => f(i[0], i[1]), v => plain(v[0], v[1]), v => slopes(v[0], v[1]), [p.Item1, p.Item2]));

    static readonly Case[] AllCases =
    [
        .. Unary("-a", a => -a, a => -a, _ => -1, 0.7, -3),
        .. Unary("sqrt", Math.Sqrt, System.Math.Sqrt, a => 0.5 / System.Math.Sqrt(a), 0.3, 2, 1e6),
        .. Unary("cbrt", Math.Cbrt, System.Math.Cbrt, a => 1 / (3 * System.Math.Pow(System.Math.Abs(a), 2.0 / 3)), 0.3, -2, 1000),
        .. Unary("exp", Math.Exp, System.Math.Exp, System.Math.Exp, -20, 0, 0.5, 3),
        .. Unary("log", Math.Log, System.Math.Log, a => 1 / a, 0.2, 1, 50),
        .. Unary("log2", Math.Log2, System.Math.Log2, a => 1 / (a * System.Math.Log(2)), 0.2, 1, 50),
        .. Unary("log10", Math.Log10, System.Math.Log10, a => 1 / (a * System.Math.Log(10)), 0.2, 1, 50),
        .. Unary("log to 3", a => Math.Log(a, 3), a => System.Math.Log(a, 3), a => 1 / (a * System.Math.Log(3)), 0.2, 1, 50),
        .. Binary("log", Math.Log, System.Math.Log, (a, b) =>
            [1 / (a * System.Math.Log(b)), -System.Math.Log(a) / (b * System.Math.Log(b) * System.Math.Log(b))], (0.3, 2), (3, 0.7)),
        .. Unary("sin", Math.Sin, System.Math.Sin, System.Math.Cos, -2, 0, 0.4, 10),
        .. Unary("cos", Math.Cos, System.Math.Cos, a => -System.Math.Sin(a), -2, 0, 0.4, 10),
        .. Unary("tan", Math.Tan, System.Math.Tan, a => 1 / (System.Math.Cos(a) * System.Math.Cos(a)), -1, 0, 0.4),
        .. Unary("asin", Math.Asin, System.Math.Asin, a => 1 / System.Math.Sqrt((1 - a) * (1 + a)), -0.8, 0, 0.5),
        .. Unary("acos", Math.Acos, System.Math.Acos, a => -1 / System.Math.Sqrt((1 - a) * (1 + a)), -0.8, 0, 0.5),
        .. Unary("atan", Math.Atan, System.Math.Atan, a => 1 / (1 + a * a), -8, 0, 0.5),
        .. Unary("sinh", Math.Sinh, System.Math.Sinh, System.Math.Cosh, -2, 0, 0.5),
        .. Unary("cosh", Math.Cosh, System.Math.Cosh, System.Math.Sinh, -2, 0, 0.5),
        .. Unary("tanh", Math.Tanh, System.Math.Tanh, a => 1 / System.Math.Cosh(a) / System.Math.Cosh(a), -2, 0, 0.5, 18),
        .. Unary("abs", Math.Abs, System.Math.Abs, a => System.Math.Sign(a), -2, 0.5),
        .. Unary("sign", Math.Sign, a => System.Math.Sign(a), _ => 0, -2, 0.5),
        .. Unary("floor", Math.Floor, System.Math.Floor, _ => 0, -2.3, 0.5),
        .. Unary("round", Math.Round, System.Math.Round, _ => 0, -2.3, 0.6),
        .. Unary("ceiling", Math.Ceiling, System.Math.Ceiling, _ => 0, -2.3, 0.5),
        .. Unary("truncate", Math.Truncate, System.Math.Truncate, _ => 0, -2.3, 0.5),
        .. Unary("x^2", a => Math.Pow(a, 2), a => System.Math.Pow(a, 2), a => 2 * a, -2.3, 0.5),
        .. Unary("x^7", a => Math.Pow(a, 7), a => System.Math.Pow(a, 7), a => 7 * System.Math.Pow(a, 6), -1.3, 0.5),
        .. Unary("x^-3", a => Math.Pow(a, -3), a => System.Math.Pow(a, -3), a => -3 * System.Math.Pow(a, -4), -1.3, 0.5),
        .. Unary("x^40", a => Math.Pow(a, 40), a => System.Math.Pow(a, 40), a => 40 * System.Math.Pow(a, 39), -1.3, 1.1),
        .. Unary("x^1.7", a => Math.Pow(a, 1.7), a => System.Math.Pow(a, 1.7), a => 1.7 * System.Math.Pow(a, 0.7), 0.5, 3),
        .. Unary("2^x", a => Math.Pow(2, a), a => System.Math.Pow(2, a), a => System.Math.Pow(2, a) * System.Math.Log(2), -0.5, 3),
        .. Unary("clamp", a => Math.Clamp(a, (TracedNumber)(-1), (TracedNumber)2), a => System.Math.Clamp(a, -1, 2), a =>
            a is > -1 and < 2 ? 1 : 0, -3, 0.5, 4),
        .. Binary("+", (a, b) => a + b, (a, b) => a + b, (_, _) => [1, 1], (0.3, -2)),
        .. Binary("-", (a, b) => a - b, (a, b) => a - b, (_, _) => [1, -1], (0.3, -2)),
        .. Binary("*", (a, b) => a * b, (a, b) => a * b, (a, b) => [b, a], (0.3, -2)),
        .. Binary("/", (a, b) => a / b, (a, b) => a / b, (a, b) => [1 / b, -a / (b * b)], (0.3, -2), (5, 0.7)),
        .. Binary("%", (a, b) => a % b, (a, b) => a % b, (a, b) => [1, -System.Math.Truncate(a / b)], (7.3, 2), (-7.3, 2), (7.3, -2.1),
            (0.9, 0.4)),
        .. Binary("pow", Math.Pow, System.Math.Pow, (a, b) => [b * System.Math.Pow(a, b - 1), System.Math.Pow(a, b) * System.Math.Log(a)],
            (0.3, -2), (3, 0.7), (1.5, 4)),
        .. Binary("atan2", Math.Atan2, System.Math.Atan2, (y, x) =>
            [x / (x * x + y * y), -y / (x * x + y * y)], (0.3, -2), (3, 0.7), (-1, 0.5)),
        .. Binary("max", Math.Max, System.Math.Max, (a, b) => a > b ? [1, 0] : [0, 1], (0.3, -2), (-3, 0.7)),
        .. Binary("min", Math.Min, System.Math.Min, (a, b) => a < b ? [1, 0] : [0, 1], (0.3, -2), (-3, 0.7)),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, AllCases.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_derivative_is_its_formula_in_reverse_and_in_forward_mode(int index)
    {
        var c = AllCases[index];
        var expected = c.Gradient(c.At);
        var (reverse, forward) = (Gradient(c.Traced, c.At), ForwardGradient(c.Traced, c.At));
        for (var i = 0; i < expected.Length; i++)
        {
            Close(expected[i], reverse[i], 4e-15);
            Close(expected[i], forward[i], 4e-15);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_formula_agrees_with_differences(int index)
    {
        var c = AllCases[index];
        var expected = c.Gradient(c.At);
        for (var i = 0; i < expected.Length; i++)
        {
            var (slope, _) = Ridders(t => c.Plain([.. c.At.Select((x, j) => j == i ? t : x)]), c.At[i],
                0.02 * System.Math.Max(0.5, System.Math.Abs(c.At[i])));
            Close(slope, expected[i], 1e-9, System.Math.Abs(c.Plain(c.At)) + 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_second_derivative_agrees_with_differences_of_the_formula_and_reverse_over_reverse(int index)
    {
        var c = AllCases[index];
        var n = c.At.Length;
        var graph = Record(c.Traced, c.At);
        var hessian = CompressedDerivative.Hessian(Differentiation.VectorJacobian(graph)).ToMatrix([.. c.At, 1]);
        var twiceReverse = Differentiation.VectorJacobian(Differentiation.VectorJacobian(graph));
        for (var i = 0; i < n; i++)
        {
            var row = twiceReverse.Evaluate([.. c.At, 1, .. Enumerable.Range(0, n).Select(k => k == i ? 1.0 : 0)]);
            for (var j = 0; j < n; j++)
            {
                var (slope, _) = Ridders(t => c.Gradient([.. c.At.Select((x, k) => k == j ? t : x)])[i], c.At[j],
                    0.02 * System.Math.Max(0.5, System.Math.Abs(c.At[j])));
                Close(slope, hessian[i, j], 1e-9, System.Math.Abs(c.Gradient(c.At)[i]) + 1e-12);
                Close(hessian[i, j], row[j], 1e-13, 1e-14);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_value_is_that_of_System_Math(int index)
    {
        var c = AllCases[index];
        var value = Record(c.Traced, c.At).Evaluate(c.At)[0];
        if (c.Name is "x^7" or "x^-3") Close(c.Plain(c.At), value, 1e-15);
        else Assert.Equal(c.Plain(c.At), value);
    }
}
