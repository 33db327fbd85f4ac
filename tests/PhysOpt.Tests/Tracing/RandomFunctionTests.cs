using CsCheck;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Running;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>Laws that hold for every function.</summary>
public class RandomFunctionTests
{
    /// <summary>Two results of a smooth random function, to be differentiated.</summary>
    static readonly Gen<(RandomFunction F, RandomFunction G, double[] X, double[] V, double[] W)> SmoothPairs = Gen.Select(
        RandomFunction.Smooth, RandomFunction.Smooth, RandomFunction.Point, RandomFunction.Point, RandomFunction.Point);

    static Graph RecordPair(RandomFunction f, RandomFunction g, double[] x) => Record(i => new object?[] { f.Run(i), g.Run(i) }, x);

    [Fact]
    public void A_tape_computes_bit_for_bit_what_the_code_computes_wherever_it_was_recorded() =>
        Gen.Select(RandomFunction.Wild, RandomFunction.WildPoint, RandomFunction.WildPoint).Sample((f, x, elsewhere) =>
        {
            var graph = Record(f.Run, x);
            return SameBits(f.Run(x, out _), graph.Evaluate(x)[0]) && SameBits(f.Run(elsewhere, out _), graph.Evaluate(elsewhere)[0]);
        }, iter: Laws.Samples(20_000));

    [Fact]
    public void A_traced_number_carries_the_value_of_the_code() =>
        Gen.Select(RandomFunction.Wild, RandomFunction.WildPoint).Sample(
            (f, x) => SameBits(f.Run(x, out _), f.Run(new Recorder(x).Inputs).Value), iter: Laws.Samples(10_000));

    [Fact]
    public void A_graph_built_from_a_graph_is_the_same_function() =>
        Gen.Select(RandomFunction.Wild, RandomFunction.WildPoint).Sample((f, x) =>
        {
            var graph = Record(f.Run, x);
            var copy = graph.Select(graph.Outputs, keepGuards: true);
            return copy.Count == graph.Count && SameBits(graph.Evaluate(x)[0], copy.Evaluate(x)[0]);
        }, iter: Laws.Samples(3_000));

    [Fact]
    public void The_gradient_agrees_with_differences()
    {
        var (checkedOnes, skipped) = (0, 0);
        Gen.Select(RandomFunction.Smooth, RandomFunction.Point).Sample((f, x) =>
        {
            f.Run(x, out var largest);
            if (largest > 20) return true;
            var gradient = Gradient(f.Run, x);
            for (var i = 0; i < x.Length; i++)
            {
                var (slope, error) = Ridders(t => f.Run([.. x.Select((xj, j) => j == i ? t : xj)], out _), x[i]);
                var scale = 1 + largest + gradient.Max(System.Math.Abs);
                if (error > 1e-6 * scale)
                {
                    Interlocked.Increment(ref skipped); // differences cannot tell here
                    continue;
                }

                Interlocked.Increment(ref checkedOnes);
                if (System.Math.Abs(slope - gradient[i]) > 10 * error + 1e-9 * scale) return false;
            }

            return true;
        }, iter: Laws.Samples(3_000));
        Assert.True(checkedOnes > 3_000, $"{checkedOnes} were checked");
        Assert.True(skipped < checkedOnes / 20, $"{skipped} of {checkedOnes + skipped} were not checked");
    }

    [Fact]
    public void The_value_beside_the_gradient_is_the_value() =>
        Gen.Select(RandomFunction.Wild, RandomFunction.WildPoint).Sample((f, x) =>
        {
            var graph = Record(f.Run, x);
            return SameBits(graph.Evaluate(x)[0], Differentiation.GradientAndValue(graph).Evaluate(x)[^1]);
        }, iter: Laws.Samples(3_000));

    [Fact]
    public void Forward_and_reverse_mode_are_transposes_of_one_another() => SmoothPairs.Sample((f, g, x, v, w) =>
    {
        var graph = RecordPair(f, g, x);
        if (graph.Evaluate(x).Any(value => System.Math.Abs(value) > 1e6)) return true;
        var forward = Differentiation.JacobianVector(graph, 3).Evaluate([.. x, .. v]);
        var reverse = Differentiation.VectorJacobian(graph).Evaluate([.. x, w[0], w[1]]);
        double[] left = [forward[0] * w[0], forward[1] * w[1]];
        double[] right = [.. reverse.Zip(v, (a, b) => a * b)];
        var scale = JacobianScale(graph, x);
        return System.Math.Abs(left.Sum() - right.Sum()) <= 1e-11 * scale;
    }, iter: Laws.Samples(2_000));

    [Fact]
    public void The_jacobian_is_the_same_by_any_way() => SmoothPairs.Sample((f, g, x, _, _) =>
    {
        var graph = RecordPair(f, g, x);
        if (graph.Evaluate(x).Any(value => System.Math.Abs(value) > 1e6)) return true;
        var atOnce = CompressedDerivative.Jacobian(graph).ToMatrix(x);
        var oneByOne = CompressedDerivative.Jacobian(graph, largestGraph: 0).ToMatrix(x);
        var forward = Differentiation.JacobianVector(graph, 3);
        var scale = JacobianScale(graph, x);
        for (var j = 0; j < 3; j++)
        {
            var column = forward.Evaluate([.. x, .. Enumerable.Range(0, 3).Select(k => k == j ? 1.0 : 0)]);
            for (var i = 0; i < 2; i++)
            {
                if (System.Math.Abs(column[i] - atOnce[i, j]) > 1e-11 * scale
                    || System.Math.Abs(column[i] - oneByOne[i, j]) > 1e-11 * scale) return false;
            }
        }

        return true;
    }, iter: Laws.Samples(1_000));

    [Fact]
    public void Hessians_are_symmetric_and_the_same_by_any_way() => SmoothPairs.Sample((f, g, x, v, w) =>
    {
        var graph = RecordPair(f, g, x);
        if (graph.Evaluate(x).Any(value => System.Math.Abs(value) > 1e3)) return true;
        double[] at = [.. x, w[0], w[1]];
        var gradient = Differentiation.VectorJacobian(graph);
        var atOnce = CompressedDerivative.Hessian(gradient).ToMatrix(at);
        var oneByOne = CompressedDerivative.Hessian(gradient, largestGraph: 0).ToMatrix(at);
        var forwardOverReverse = Differentiation.HessianVector(graph).Evaluate([.. at, .. v]);
        var reverseOverReverse = Differentiation.VectorJacobian(gradient).Evaluate([.. at, .. v])[..3];
        var product = atOnce.Multiply(new Vector(v));
        var dense = new double[3, 3];
        var hessianVector = new Tape(Differentiation.HessianVector(graph));
        var column = new double[3];
        for (var j = 0; j < 3; j++)
        {
            hessianVector.Evaluate([.. at, .. Enumerable.Range(0, 3).Select(k => k == j ? 1.0 : 0)], column);
            for (var i = 0; i < 3; i++) dense[i, j] = column[i];
        }

        var scale = 1 + dense.Cast<double>().Max(System.Math.Abs) * SecondScale(graph, x);
        for (var i = 0; i < 3; i++)
        {
            if (Off(forwardOverReverse[i], reverseOverReverse[i]) || Off(product[i], forwardOverReverse[i])) return false;
            for (var j = 0; j < 3; j++)
            {
                if (Off(dense[i, j], dense[j, i]) || Off(dense[i, j], atOnce[i, j]) || Off(dense[i, j], oneByOne[i, j])) return false;
            }
        }

        return true;

        bool Off(double a, double b) => System.Math.Abs(a - b) > 1e-10 * scale;
    }, iter: Laws.Samples(1_000));

    static double JacobianScale(Graph graph, double[] x) =>
        1 + CompressedDerivative.Jacobian(graph).ToMatrix(x).ByColumns.Max(System.Math.Abs) + SecondScale(graph, x);

    /// <summary>How large numbers become inside the function: what rounding is relative to.</summary>
    static double SecondScale(Graph graph, double[] x)
    {
        var everything = graph.Select(Enumerable.Range(0, graph.Count), keepGuards: false).Evaluate(x);
        return System.Math.Pow(1 + everything.Max(System.Math.Abs), 2);
    }
}
