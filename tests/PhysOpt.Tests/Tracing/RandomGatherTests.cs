using CsCheck;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

using static PhysOpt.Tests.Tracing.Gathers;
using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>
/// Random functions that look up in lists of lists: several rounds, each with new lists of numbers, inputs, constants and what came
/// before, whose indices depend on x too.
/// </summary>
public class RandomGatherTests
{
    /// <param name="Seed">Decides everything.</param>
    /// <param name="Width">How many numbers each round has.</param>
    /// <param name="Rounds">How many rounds.</param>
    sealed record Lookups(int Seed, int Width, int Rounds)
    {
        internal int InputCount => Width + 1;

        internal double[] Point(int which)
        {
            var random = new Random(Seed ^ which);
            return [.. Enumerable.Range(0, InputCount).Select(_ => 0.2 + random.NextDouble())];
        }

        internal TracedNumber[] Run(TracedNumber[] x) =>
            Run(x, At, (a, b) => a + b, (a, b) => a * b, Math.Sin, Math.Floor, (a, n) => a % n, c => c + 0 * x[0]);

        internal double[] Run(double[] x) => Run(
            x, (list, index) => (double)list[index < 0 ? list.Length + (int)index : (int)index]!, (a, b) => a + b, (a, b) => a * b,
            System.Math.Sin, System.Math.Floor, (a, n) => a % n, c => c + 0 * x[0]);

        T[] Run<T>(
            T[] x, Func<object?[], T, T> at, Func<T, T, T> add, Func<T, T, T> multiply, Func<T, T> sin, Func<T, T> floor,
            Func<T, double, T> modulo, Func<double, T> number)
        {
            var random = new Random(Seed);
            T[] now = x;
            for (var round = 0; round < Rounds; round++)
            {
                var kind = random.Next(4);
                var length = random.Next(1, 2 * Width);
                var (shift, scale, sign) = (random.Next(100), 1 + random.Next(5), random.Next(3));
                object?[] list = [.. Enumerable.Range(0, length).Select(k => (object?)(kind == 0 || (kind == 1 && k % 3 == 0)
                    ? 0.5 + 0.01 * k : kind == 2 ? x[k % x.Length] : multiply(now[(k + shift) % now.Length], now[k % now.Length])))];
                var several = random.Next(3) == 0;
                now = [.. Enumerable.Range(0, Width).Select(k =>
                {
                    var seen = now[k % now.Length];
                    if (sign == 0) seen = multiply(seen, seen); // not negative: what is counted from the end below stays in the list
                    var index = modulo(floor(add(multiply(seen, number(scale * 3.0)), number(k))), length);
                    if (sign == 0) index = add(index, number(-length));
                    var own = several ? (object?[])[.. list.Skip(k % 3), .. list.Take(k % 3)] : list;
                    return add(multiply(at(own, index), number(0.75)), sin(now[(k + 1) % now.Length]));
                })];
            }

            return now;
        }
    }

    static readonly Gen<Lookups> All = Gen.Select(Gen.Int, Gen.Int[2, 40], Gen.Int[1, 4], (seed, width, rounds) =>
        new Lookups(seed, width, rounds));

    [Fact]
    public void Every_way_of_running_gives_the_bits_of_plain_numbers_wherever_they_were_recorded()
    {
        All.Sample(f =>
        {
            var graph = Record(i => [.. f.Run(i)], f.Point(1));
            var program = Vectoriser.Roll(graph);
            Programs.Check(program);
            var (compiled, reference) = (LoopCompiler.Compile(program), new ReferenceRunner(program));
            foreach (var x in (double[][])[f.Point(1), f.Point(2)])
            {
                var expected = f.Run(x);
                Assert.True(new Tape(graph).Holds(x));
                Same(expected, graph.Evaluate(x));
                var (interpreted, native, plain) = (program.Run(x), new double[expected.Length], new double[expected.Length]);
                compiled.Evaluate(x, native);
                reference.Evaluate(x, plain);
                Same(interpreted, native);
                Same(interpreted, plain);
                for (var k = 0; k < expected.Length; k++) Close(expected[k], interpreted[k], 1e-13, 1);
            }
        }, iter: Laws.Samples(400));
    }

    [Fact]
    public void Forward_and_reverse_mode_are_transposes_in_first_and_second_order_and_agree_with_differences() => All.Sample(f =>
    {
        var x = f.Point(1);
        var random = new Random(f.Seed + 1);
        double[] Direction(int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
        var graph = Record(i => [.. f.Run(i)], x);
        var (v, u, w) = (Direction(x.Length), Direction(x.Length), Direction(f.Width));
        var forward = Differentiation.JacobianVector(graph, x.Length).Rolled([.. x, .. v]);
        var gradient = Differentiation.VectorJacobian(graph);
        var reverse = gradient.Rolled([.. x, .. w]);
        Close(Dot(forward, w), Dot(reverse, v), 1e-11, 1 + Dot(reverse, reverse));

        var hessian = Differentiation.HessianVector(graph);
        var product = hessian.Rolled([.. x, .. w, .. v]);
        Close(Dot(product, u), Dot(hessian.Rolled([.. x, .. w, .. u]), v), 1e-10, 1 + Dot(product, product));
        Same(hessian.Rolled([.. x, .. w, .. v]), hessian.Compiled([.. x, .. w, .. v]));
        var again = Differentiation.VectorJacobian(gradient).Rolled([.. x, .. w, .. v])[..x.Length];
        for (var i = 0; i < again.Length; i++) Close(product[i], again[i], 1e-9, 1 + Dot(product, product));

        const double Step = 1e-6; // indices stay: what lies within a step of a jump is left out
        double[] up = [.. x.Zip(v, (a, b) => a + Step * b)], down = [.. x.Zip(v, (a, b) => a - Step * b)];
        var (above, below) = (f.Run(up), f.Run(down));
        var slope = above.Zip(below, (a, b) => (a - b) / (2 * Step)).ToArray();
        if (slope.Zip(forward, (a, b) => System.Math.Abs(a - b)).Max() > 1e3) return;
        for (var i = 0; i < slope.Length; i++) Close(forward[i], slope[i], 1e-6, 10 + Dot(forward, forward));
    }, iter: Laws.Samples(200));

    [Fact]
    public void Jacobians_and_Hessians_by_colours_are_those_by_directions() => All.Sample(f =>
    {
        if (f.Width > 12) return;
        var x = f.Point(1);
        var graph = Record(i => [.. f.Run(i)], x);
        var jacobian = CompressedDerivative.Jacobian(graph).ToMatrix(x);
        var oneByOne = CompressedDerivative.Jacobian(graph, largestGraph: 0).ToMatrix(x);
        var forward = Differentiation.JacobianVector(graph, x.Length);
        var gradient = Differentiation.VectorJacobian(graph);
        double[] at = [.. x, .. Enumerable.Repeat(1.0, f.Width)];
        var hessian = CompressedDerivative.Hessian(gradient).ToMatrix(at);
        var product = Differentiation.HessianVector(graph);
        for (var j = 0; j < x.Length; j++)
        {
            double[] unit = [.. x.Select((_, k) => k == j ? 1.0 : 0.0)];
            var column = forward.Rolled([.. x, .. unit]);
            for (var i = 0; i < column.Length; i++)
            {
                Close(column[i], jacobian[i, j], 1e-12, 1);
                Close(column[i], oneByOne[i, j], 1e-12, 1);
            }

            var second = product.Rolled([.. at, .. unit]);
            for (var i = 0; i < second.Length; i++) Close(second[i], hessian[i, j], 1e-10, 1 + second.Max(System.Math.Abs));
        }
    }, iter: Laws.Samples(60));

    static void Same(double[] a, double[] b) => Assert.All(a.Zip(b), pair => Assert.True(SameBits(pair.First, pair.Second)));
}
