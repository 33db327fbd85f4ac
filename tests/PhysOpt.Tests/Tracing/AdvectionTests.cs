using PhysOpt.Tracing;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Rolling;

using static PhysOpt.Tests.Tracing.Gathers;

namespace PhysOpt.Tests.Tracing;

/// <summary>
/// Burgers' equation on a ring: semi-Lagrangian steps, which look up where each cell came from, and explicit diffusion, written once
/// for traced and for plain numbers.
/// </summary>
public class AdvectionTests
{
    const int Cells = 128, Steps = 16;

    static double[] Start(double amplitude) =>
        [.. Enumerable.Range(0, Cells).Select(j => amplitude * System.Math.Sin(2 * System.Math.PI * j / Cells + 0.3) + 0.1)];

    static TracedNumber Loss(TracedNumber[] x) =>
        Loss(x, Math.Floor, (a, n) => a % n, (v, k) => At(v, k), (a, b) => a + b, (a, b) => a - b, (a, b) => a * b, (c, a) => c * a);

    static double Loss(double[] x) => Loss(x, System.Math.Floor, (a, n) => a % n, (v, k) => v[(int)k], (a, b) => a + b, (a, b) => a - b,
        (a, b) => a * b, (c, a) => c * a);

    static T Loss<T>(
        T[] x, Func<T, T> floor, Func<T, double, T> modulo, Func<T[], T, T> at, Func<T, T, T> add, Func<T, T, T> subtract,
        Func<T, T, T> multiply, Func<double, T, T> scale)
    {
        var v = x;
        T Constant(double c) => typeof(T) == typeof(double) ? (T)(object)c : (T)(object)(TracedNumber)c;
        for (var step = 0; step < Steps; step++)
        {
            var moved = new T[Cells];
            for (var j = 0; j < Cells; j++)
            {
                var p = subtract(Constant(j), scale(0.8, v[j]));
                var low = floor(p);
                var a = modulo(add(modulo(low, Cells), Constant(Cells)), Cells);
                var b = modulo(add(a, Constant(1)), Cells);
                var f = subtract(p, low);
                moved[j] = add(multiply(subtract(Constant(1), f), at(v, a)), multiply(f, at(v, b)));
            }

            v = [.. moved.Select((u, j) => add(u, scale(0.1, subtract(
                add(moved[(j + 1) % Cells], moved[(j + Cells - 1) % Cells]), scale(2, u)))))];
        }

        var sum = Constant(0);
        for (var j = 0; j < Cells; j++)
        {
            var off = subtract(v[j], Constant(0.2 * System.Math.Cos(j)));
            sum = add(sum, multiply(off, off));
        }

        return scale(0.5, sum);
    }

    [Fact]
    public void A_record_is_the_function_wherever_cells_go_and_is_made_once()
    {
        var recordings = 0;
        TracedFunction f = new(Traces.Record(Loss, Start(1)), x =>
        {
            recordings++;
            return Traces.Record(Loss, x.ToArray());
        });
        foreach (var amplitude in (double[])[1, 0.5, -1, 3, -7, 40, 0])
        {
            var x = Start(amplitude);
            Traces.Close(Loss(x), f.Evaluate(new(x))[0], 1e-13);
            Traces.Close(Loss(x), f.ValueAndGradient(new(x)).Value, 1e-13);
        }

        Assert.Equal((0, 1), (recordings, f.BranchCount));
        Assert.Empty(f.GraphAt(new(Start(1))).Guards);
    }

    [Fact]
    public void Its_gradient_agrees_with_differences()
    {
        var f = new TracedFunction(Traces.Record(Loss, Start(2)));
        foreach (var amplitude in (double[])[2, -1.3, 5])
        {
            var x = Start(amplitude);
            var gradient = f.ValueAndGradient(new(x)).Gradient;
            var scale = gradient.Max(System.Math.Abs);
            for (var i = 0; i < Cells; i += 7)
            {
                var (slope, error) = Traces.Ridders(t => Loss([.. x.Select((each, j) => j == i ? t : each)]), x[i], 1e-6);
                Assert.True(error < 1e-5 * scale, $"differences are off by {error}");
                Assert.True(System.Math.Abs(slope - gradient[i]) <= 1e-5 * scale, $"{slope} instead of {gradient[i]}");
            }
        }
    }

    [Fact]
    public void It_is_rolled_up_whole()
    {
        var graph = Traces.Record(Loss, Start(1));
        Assert.Equal(Steps, Enumerable.Range(0, graph.Count).Count(k => graph[k].Operation.IsList));
        Assert.InRange(graph.Shape().StraightOperations, 0, 20);
        var gradient = Differentiation.GradientAndValue(graph);
        Assert.InRange(gradient.Shape().StraightOperations, 0, 20);
        Assert.InRange(Vectoriser.Roll(gradient).Steps.Count, 1, 20 * Steps);
    }
}
