using PhysOpt.Tracing;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>Which way a comparison or a jump goes is decided by the script's own arithmetic, however the function is run.</summary>
public class JumpTests
{
    static TracedFunction Function(Func<TracedNumber[], TracedNumber> f, params double[] x) =>
        new(Record(f, x), at => Record(f, at.ToArray()));

    /// <summary>Bases whose power by Math.Pow and by products lie on two sides of a number.</summary>
    static IEnumerable<(double X, int K)> Different() =>
        from k in Enumerable.Range(2, 15)
        from i in Enumerable.Range(1, 400)
        let x = i / 100.0
        where OfCheap(x, k) != System.Math.Pow(x, k)
        select (x, k);

    static double OfCheap(double x, int k) => Record(i => Math.Pow(i[0], k), x).Cheapened().Evaluate(x)[0];

    [Fact]
    public void A_comparison_of_a_power_is_decided_by_the_power_and_not_by_the_product_that_replaces_it()
    {
        Assert.Equal(2.197, System.Math.Pow(1.3, 3));
        Assert.NotEqual(2.197, 1.3 * 1.3 * 1.3);
        var f = Function(x => Math.Pow(x[0], 3) > (TracedNumber)2.197 ? 5 + 0 * x[0] : 1 + 0 * x[0], 10);
        Assert.Equal(1.0, f.Evaluate(new(1.3))[0]);
        Assert.Equal(1.0, f.ValueAndGradient(new(1.3)).Value);

        var differences = Different().ToList();
        Assert.True(differences.Count > 100, $"{differences.Count} powers differ from their products");
        foreach (var (x, k) in differences)
        {
            var limit = System.Math.Pow(x, k);
            var g = Function(i => Math.Pow(i[0], k) >= (TracedNumber)limit ? i[0] : -i[0], 2 * x);
            Assert.Equal(x, g.Evaluate(new(x))[0]);
        }
    }

    [Fact]
    public void A_jump_of_a_power_is_where_the_power_has_it()
    {
        foreach (var (x, k) in Different())
        {
            var limit = System.Math.Pow(x, k);
            Func<TracedNumber, TracedNumber>[] jumps =
            [
                a => Math.Floor(a / limit), a => Math.Sign(a - limit), a => Math.Ceiling(a - limit), a => (a / limit) % 1,
                a => Math.Round(a - limit + 0.5), a => Math.Truncate(a / limit), a => Math.CopySign(2 + 0 * a, a - limit),
                a => Math.Atan2(a - limit, -1 + 0 * a), a => Math.Acos(a / limit),
            ];
            foreach (var jump in jumps)
            {
                var f = Function(i => jump(Math.Pow(i[0], k)), x);
                Assert.Equal(new Recorder([x]).Inputs is var i ? jump(Math.Pow(i[0], k)).Value : 0, f.Evaluate(new(x))[0]);
                Assert.Equal(f.Evaluate(new(x))[0], f.ValueAndGradient(new(x)).Value);
            }
        }
    }

    [Fact]
    public void Beside_a_jump_a_power_is_still_a_product()
    {
        var graph = Record(i => Math.Pow(i[0], 3) + Math.Floor(Math.Pow(i[1], 3)), 1.5, 2.5).Cheapened();
        Assert.Single(Enumerable.Range(0, graph.Count), k => graph[k].Operation == Operation.Power);
    }

    /// <summary>Sums of a hundred terms that come to something else when they are added in another order.</summary>
    static IEnumerable<double[]> Sums() => Enumerable.Range(0, 200).Select(seed =>
        Enumerable.Range(0, 100).Select(i => 0.1 + System.Math.Sin(seed * 100 + i)).ToArray());

    [Fact]
    public void A_jump_of_a_long_sum_is_that_of_the_sum_in_the_order_of_the_script()
    {
        var moved = 0;
        foreach (var x in Sums())
        {
            var total = x.Aggregate(0.0, (sum, each) => sum + each * each);
            TracedNumber Sum(TracedNumber[] i) => i.Aggregate((TracedNumber)0, (sum, each) => sum + each * each);
            if (Record(Sum, x).Rolled(x)[0] != total) moved++;
            var f = Function(i => Math.Floor(Sum(i) / total) + 0 * i[0], x);
            Assert.Equal(1.0, f.Evaluate(new(x))[0]);
            Assert.Equal(1.0, f.ValueAndGradient(new(x)).Value);
            var g = Function(i => Sum(i) >= (TracedNumber)total && Sum(i) <= (TracedNumber)total ? i[0] : -i[0], x);
            Assert.Equal(x[0], g.Evaluate(new(x))[0]);
        }

        Assert.True(moved > 50, $"{moved} sums depend on the order");
    }

    [Fact]
    public void Jumps_of_many_long_sums_alike_are_side_by_side_and_in_the_order_of_the_script()
    {
        var all = Sums().SelectMany(x => x).ToArray();
        var totals = all.Chunk(100).Select(x => x.Aggregate((a, b) => a + b)).ToArray();
        var graph = Record(i => [.. i.Chunk(100).Select((x, k) => (object)Math.Floor(x.Aggregate((a, b) => a + b) / totals[k]))], all);
        Assert.Equal(graph.Evaluate(all), graph.Rolled(all));
        Assert.All(graph.Rolled(all), value => Assert.Equal(1.0, value));
        var shape = graph.Shape();
        Assert.Equal((0, 0), (shape.Sums, shape.StraightOperations));
    }

    [Fact]
    public void What_a_jump_looks_at_is_computed_number_by_number_and_the_same_elsewhere_by_vectors()
    {
        double[] x = [.. Enumerable.Range(0, 1000).Select(i => 0.001 * i - 0.3007)];
        foreach (var (traced, plain) in ((Func<TracedNumber, TracedNumber>, Func<double, double>)[])
            [(Math.Exp, System.Math.Exp), (Math.Sin, System.Math.Sin), (Math.Cos, System.Math.Cos), (a => Math.Log(a + 2), a =>
                System.Math.Log(a + 2))])
        {
            var values = x.Select(plain).ToArray();
            var graph = Record(i => [.. i.Select((each, k) => (object)Math.Sign(traced(each) - values[k]))], x);
            Assert.All(graph.Rolled(x), value => Assert.Equal(0.0, value));
            Assert.Equal(0, graph.Shape().StraightOperations);
        }
    }

    [Fact]
    public void A_slope_of_what_has_a_kink_makes_no_demands()
    {
        var x = Sums().First();
        var graph = Record(i => Math.Abs(i.Aggregate((a, b) => a + b * b)) + Math.Max(1, i.Aggregate((a, b) => a + Math.Exp(b))), x);
        Assert.Null(graph.Exact);
        Assert.Null(PhysOpt.Tracing.Derivatives.Differentiation.GradientAndValue(graph).Exact);
        Assert.Equal(2, graph.Shape().Sums);
    }

    [Fact]
    public void The_program_that_runs_can_be_compared_before_it_is_used_and_is_built_once()
    {
        double[] x = [1.5, 2];
        var branch = new TracedBranch(Record(i => i[0] > i[1] ? i[0] : Math.Pow(i[1], 3), x));
        var value = new double[1];
        Assert.True(branch.TryEvaluate(x, value));
        Assert.Equal(8.0, value[0]);
        Assert.False(branch.TryEvaluate([3, 2], value));
        var runner = branch.Value;
        var f = new TracedFunction(branch, _ => null);
        Assert.Equal(8.0, f.Evaluate(new(x))[0]);
        Assert.Same(runner, branch.Value);
        Assert.Equal("TraceBranchUnknown", Assert.Throws<EvaluationException>(() => f.Evaluate(new(3, 2))).ErrorId);
    }
}
