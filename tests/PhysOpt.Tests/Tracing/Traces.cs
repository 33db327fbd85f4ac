using PhysOpt.Tracing;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tests.Tracing;

/// <summary>
/// Functions written once and read in two ways, by tracers and by plain doubles; and differences to check derivatives with.
/// </summary>
internal static class Traces
{
    internal static Graph Record(Func<TracedNumber[], object?[]> f, params double[] x)
    {
        var recorder = new Recorder(x);
        return recorder.Finish(f(recorder.Inputs));
    }

    internal static Graph Record(Func<TracedNumber[], TracedNumber> f, params double[] x) =>
        Record(inputs => new object?[] { f(inputs) }, x);

    internal static double[] Evaluate(this Graph graph, params double[] x)
    {
        var values = new double[graph.Outputs.Count];
        new Tape(graph).Evaluate(x, values);
        return values;
    }

    /// <summary>f'(x) of a scalar function of one number by reverse mode.</summary>
    internal static double Slope(Func<TracedNumber, TracedNumber> f, double x) => Gradient(i => f(i[0]), x)[0];

    internal static double[] Gradient(Func<TracedNumber[], TracedNumber> f, params double[] x) =>
        Differentiation.GradientAndValue(Record(f, x)).Evaluate(x)[..x.Length];

    /// <summary>The same gradient by forward mode, a direction at a time.</summary>
    internal static double[] ForwardGradient(Func<TracedNumber[], TracedNumber> f, params double[] x)
    {
        var tangent = Differentiation.JacobianVector(Record(f, x), x.Length);
        return [.. x.Select((_, i) => tangent.Evaluate([.. x, .. x.Select((_, j) => i == j ? 1.0 : 0.0)])[0])];
    }

    /// <summary>f'(x) by central differences extrapolated to step 0, with an estimate of the error. Ridders (1982).</summary>
    internal static (double Slope, double Error) Ridders(Func<double, double> f, double x, double h = 0.05)
    {
        const int Steps = 10;
        const double Shrink = 1.4;
        var table = new double[Steps, Steps];
        var (best, error) = (double.NaN, double.MaxValue);
        for (var i = 0; i < Steps; i++, h /= Shrink)
        {
            table[0, i] = (f(x + h) - f(x - h)) / (x + h - (x - h));
            var factor = Shrink * Shrink;
            for (var j = 1; j <= i; j++, factor *= Shrink * Shrink)
            {
                table[j, i] = (table[j - 1, i] * factor - table[j - 1, i - 1]) / (factor - 1);
                var spread = System.Math.Max(System.Math.Abs(table[j, i] - table[j - 1, i]),
                    System.Math.Abs(table[j, i] - table[j - 1, i - 1]));
                if (spread < error) (best, error) = (table[j, i], spread);
            }
        }

        return (best, error);
    }

    internal static bool SameBits(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));

    /// <summary>The sum of products.</summary>
    internal static double Dot(IEnumerable<double> a, IEnumerable<double> b) => a.Zip(b, (p, q) => p * q).Sum();

    internal static void Close(double expected, double actual, double relative, double scale = 0) =>
        Assert.True(
            System.Math.Abs(expected - actual) <= relative * System.Math.Max(System.Math.Abs(expected), scale) || expected.Equals(actual),
            $"expected {expected:R}, got {actual:R}, off by {System.Math.Abs(expected - actual):G3}");
}
