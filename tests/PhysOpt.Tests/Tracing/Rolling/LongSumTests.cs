using PhysOpt.Tracing;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

public class LongSumTests
{
    static double[] Point(int n) => [.. Enumerable.Range(0, n).Select(i => Math.Cos(i) * Math.Pow(10, i % 7))];

    static double InEights(IEnumerable<double> terms)
    {
        var s = new double[8];
        Array.Fill(s, -0.0);
        foreach (var (k, term) in terms.Index()) s[k % 8] += term;
        return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
    }

    static void Bits(double expected, double actual) => Assert.True(SameBits(expected, actual), $"{expected:R} {actual:R}");

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    [InlineData(10007)]
    public void Short_sums_are_added_one_by_one_and_long_ones_by_eights(int n)
    {
        var x = Point(n);
        var graph = Record(
            i => [i.Select(each => each * each).Aggregate((a, b) => a + b), i.Aggregate((a, b) => a + b),
                .. Enumerable.Range(2, 40).Select(k => Math.Sinh(i[0]) * k)], x);
        var values = graph.Rolled(x);
        double[] squares = [.. x.Select(each => each * each)];
        Bits(n < 16 ? squares.Aggregate((a, b) => a + b) : InEights(squares), values[0]);
        Bits(n < 16 ? x.Aggregate((a, b) => a + b) : InEights(x), values[1]);
    }

    [Fact]
    public void A_small_function_is_computed_in_its_own_order()
    {
        var x = Point(20);
        var graph = Record(i => i.Aggregate((a, b) => a + b), x);
        Bits(x.Aggregate((a, b) => a + b), graph.Rolled(x)[0]);
    }

    [Fact]
    public void Terms_of_one_sign_are_added_before_the_others_are_subtracted_and_odd_ones_come_last()
    {
        var x = Point(80);
        var graph = Record(
            i => Math.Sinh(i[3]) - Enumerable.Range(1, 39).Select(k => k % 2 == 0 ? i[k] * i[k] : -(i[k] * i[k]))
                .Aggregate((a, b) => a + b), x);
        var even = InEights(Enumerable.Range(1, 39).Where(k => k % 2 == 0).Select(k => x[k] * x[k]));
        var odd = InEights(Enumerable.Range(1, 39).Where(k => k % 2 == 1).Select(k => x[k] * x[k]));
        Bits(odd - even + Math.Sinh(x[3]), graph.Rolled(x)[0]);
    }

    [Fact]
    public void Differences_that_cancel_stay_together()
    {
        const int N = 100;
        double[] x = [.. Enumerable.Range(0, N).Select(k => 1e16 + 2 * k), .. Enumerable.Repeat(1e16, N)];
        var graph = Record(i => Enumerable.Range(0, N).Select(k => i[k] - i[N + k]).Aggregate((a, b) => a + b), x);
        Assert.Equal(N * (N - 1), graph.Rolled(x)[0]);
    }

    [Fact]
    public void Sums_by_pairs_of_pairs_keep_their_order()
    {
        var x = Point(256);
        static TracedNumber Pairwise(ReadOnlySpan<TracedNumber> terms) =>
            terms.Length == 1 ? terms[0] : Pairwise(terms[..(terms.Length / 2)]) + Pairwise(terms[(terms.Length / 2)..]);
        var graph = Record(i => Pairwise(i), x);
        Bits(graph.Evaluate(x)[0], graph.Rolled(x)[0]);
        Assert.InRange(graph.Shape().Loops, 3, 8);
    }

    [Fact]
    public void A_partial_sum_that_is_needed_is_the_end_of_one_sum_and_the_start_of_another()
    {
        var x = Point(60);
        var graph = Record(i =>
        {
            var half = i[..30].Aggregate((a, b) => a + b);
            return [half, i[30..].Aggregate(half, (a, b) => a + b)];
        }, x);
        var values = graph.Rolled(x);
        Bits(InEights(x[..30]), values[0]);
        Bits(InEights(x[30..]) + InEights(x[..30]), values[1]);
    }

    [Fact]
    public void NaN_and_infinity_reach_the_sum()
    {
        var x = Point(1000);
        var graph = Record(i => i.Select(each => each * each).Aggregate((a, b) => a + b), x);
        foreach (var at in (int[])[0, 511, 512, 999])
        {
            double[] infinite = [.. x];
            infinite[at] = double.NegativeInfinity;
            Assert.Equal(double.PositiveInfinity, graph.Rolled(infinite)[0]);
            infinite[at] = double.NaN;
            Assert.True(double.IsNaN(graph.Rolled(infinite)[0]));
        }
    }

    [Fact]
    public void Many_short_sums_alike_are_computed_side_by_side_in_their_order()
    {
        const int N = 400;
        var x = Point(N);
        var graph = Record(i => [.. Enumerable.Range(0, N)
            .Select(k => (object)Enumerable.Range(0, 20).Select(j => i[(k + j) % N] * (1.0 + j)).Aggregate((a, b) => a + b))], x);
        Assert.Equal(graph.Evaluate(x), graph.Rolled(x));
        var shape = graph.Shape();
        Assert.Equal((0, 0), (shape.Sums, shape.StraightOperations));
    }
}
