using CsCheck;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>Random functions, alone and repeated along x in all sorts of ways: the program computes what the graph computes.</summary>
public class RandomRollingTests
{
    /// <summary>
    /// How a function of three numbers is repeated: which inputs its k-th copy reads, with which constant, and what becomes of the results.
    /// </summary>
    sealed record Repetition(RandomFunction F, int Count, int[] Strides, int[] Offsets, int Constants, int Use)
    {
        int InputCount => Count + 7;

        internal double[] Point(double[] seed) => [.. Enumerable.Range(0, InputCount).Select(i => seed[i % seed.Length] * (1 + 0.01 * i))];

        internal Graph Record(double[] x) => Traces.Record(Run, x);

        object?[] Run(TracedNumber[] x)
        {
            TracedNumber[] results = [.. Enumerable.Range(0, Count)
                .Select(k => F.Run([Number(x, k, 0), Number(x, k, 1), Number(x, k, 2)]))];
            return Use switch
            {
                0 => results,
                1 => [Alternating(results)],
                2 => [.. results.Reverse(), results[3], x[1], 4.5, results[3], x[1]],
                3 => [.. results.Select((y, k) => y + results[(k + 1) % Count])],
                4 => [.. results.Where((_, k) => k % 3 != 1), Alternating(results[(Count / 3)..])],
                _ => [Alternating(results), .. x, .. results.Zip(results.Reverse(), (a, b) => a * b)],
            };
        }

        TracedNumber Number(TracedNumber[] x, int k, int slot) => Strides[slot] switch
        {
            4 => x[0] * (Constants == 0 ? 0.75 : 0.5 + k % Constants),
            3 => x[k * 7 % InputCount],
            var stride => x[((k * stride) + Offsets[slot] + InputCount) % InputCount],
        };

        /// <summary>A sum in which every fifth term is subtracted.</summary>
        static TracedNumber Alternating(TracedNumber[] terms)
        {
            var sum = terms[0];
            for (var k = 1; k < terms.Length; k++) sum = k % 5 == 2 ? sum - terms[k] : sum + terms[k];
            return sum;
        }
    }

    static Gen<Repetition> Repeated(Gen<RandomFunction> f) => Gen.Select(
        f, Gen.Int[1, 70], Gen.Int[-1, 4].Array[3], Gen.Int[0, 6].Array[3], Gen.Int[0, 40], Gen.Int[0, 5]).Select(
            (function, count, strides, offsets, constants, use) => new Repetition(function, count + 3, strides, offsets, constants, use));

    static bool HasApproximate(Graph graph) =>
        Enumerable.Range(0, graph.Count).Any(k => graph[k].Operation.IsApproximateInLoops);

    static bool HasSums(LoopProgram program) => program.Steps.OfType<Loop>().Any(loop => loop.Sums.Count > 0);

    [Fact]
    public void Small_random_functions_are_straight_code_of_the_same_bits() =>
        Gen.Select(RandomFunction.Wild, RandomFunction.WildPoint).Sample((f, x) =>
        {
            var graph = Record(f.Run, x);
            return SameBits(graph.Evaluate(x)[0], graph.Rolled(x)[0]);
        }, iter: Laws.Samples(3_000));

    [Fact]
    public void Without_long_sums_and_vector_functions_every_bit_is_that_of_the_tape() =>
        Gen.Select(Repeated(RandomFunction.Wild), RandomFunction.WildPoint).Sample((repetition, seed) =>
        {
            var x = repetition.Point(seed);
            var graph = repetition.Record(x);
            var program = Vectoriser.Roll(graph);
            Programs.Check(program);
            if (HasSums(program) || HasApproximate(graph)) return true;
            return graph.Evaluate(x).Zip(program.Run(x)).All(pair => SameBits(pair.First, pair.Second));
        }, iter: Laws.Samples(1_000));

    [Fact]
    public void Values_and_derivatives_are_those_of_the_tape_within_rounding() =>
        Gen.Select(Repeated(RandomFunction.Smooth), RandomFunction.Point).Sample((repetition, seed) =>
        {
            var x = repetition.Point(seed);
            var graph = repetition.Record(x);
            var everything = graph.Select(Enumerable.Range(0, graph.Count), keepGuards: false).Evaluate(x).Max(Math.Abs);
            if (everything > 100) return true;
            double[] weights = [.. Enumerable.Range(0, graph.Outputs.Count).Select(i => Math.Cos(i))];
            return Same(graph, x) && Same(Differentiation.VectorJacobian(graph), [.. x, .. weights])
                && Same(Differentiation.JacobianVector(graph, x.Length), [.. x, .. x]);
        }, iter: Laws.Samples(300));

    [Fact]
    public void Where_something_is_not_finite_so_is_what_comes_of_it() =>
        Gen.Select(Repeated(RandomFunction.Wild), RandomFunction.WildPoint).Sample((repetition, seed) =>
        {
            var x = repetition.Point(seed);
            var graph = repetition.Record(x);
            var (expected, actual) = (graph.Evaluate(x), graph.Rolled(x));
            return HasApproximate(graph)
                || expected.Zip(actual).All(pair => double.IsNaN(pair.First) == double.IsNaN(pair.Second)
                || double.Abs(pair.First) > 1e200);
        }, iter: Laws.Samples(700));

    static bool Same(Graph graph, double[] x)
    {
        var (expected, actual) = (graph.Evaluate(x), graph.Rolled(x));
        var all = graph.Select(Enumerable.Range(0, graph.Count), keepGuards: false).Evaluate(x).Max(Math.Abs);
        return expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-11 * (1 + all * all));
    }

    [Fact]
    public void A_node_that_is_many_outputs_and_inputs_and_constants_as_outputs() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 5].Array[1, 120]).Sample((n, picks) =>
        {
            var x = Enumerable.Range(0, n).Select(i => 0.5 + i).ToArray();
            var graph = Record(i => [.. picks.Select((pick, k) => (object)(pick switch
            {
                0 => i[k % n],
                1 => (double)(k % 3),
                2 => i[k % n] * 2,
                3 => i[0] * i[n - 1],
                4 => 7,
                _ => i[k % n] - i[k / 2 % n],
            }))], x);
            return graph.Evaluate(x).SequenceEqual(graph.Rolled(x));
        }, iter: Laws.Samples(700));
}
