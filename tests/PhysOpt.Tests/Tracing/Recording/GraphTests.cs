using PhysOpt.Tracing;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

public class GraphTests
{
    static int Operations(Graph graph) => Enumerable.Range(0, graph.Count).Count(k => !graph[k].Operation.IsLeaf);

    static Graph OfOne(Func<TracedNumber, TracedNumber> f) => Record(i => f(i[0]), 0.5);

    [Fact]
    public void The_same_expression_written_twice_is_one_node() =>
        Assert.Equal(4, Operations(Record(i => (i[0] * i[1] + 1) - Math.Sin(i[1] * i[0] + 1), 1, 2)));

    [Fact]
    public void What_is_not_needed_is_left_out() =>
        Assert.Equal(1, Operations(Record(i => { _ = Math.Exp(i[0]) / i[1]; return i[0] + i[1]; }, 1, 2)));

    [Fact]
    public void Value_and_gradient_share_what_they_have_in_common()
    {
        // exp(x y): value, w * value, and a product for each partial derivative
        var graph = Differentiation.GradientAndValue(Record(i => Math.Exp(i[0] * i[1]), 1, 2));
        Assert.Equal(4, Operations(graph));
    }

    [Fact]
    public void Neutral_elements_fold_where_no_bit_changes()
    {
        Assert.Equal(0, Operations(OfOne(x => 1 * x)));
        Assert.Equal(0, Operations(OfOne(x => x / 1)));
        Assert.Equal(0, Operations(OfOne(x => x - 0.0)));
        Assert.Equal(0, Operations(OfOne(x => x + -0.0)));
        Assert.Equal(0, Operations(OfOne(x => -(-x))));
        Assert.Equal(1, Operations(OfOne(x => -1 * x)));
        Assert.Equal(1, Operations(OfOne(x => 0 + x * x)));
        Assert.Equal(1, Operations(OfOne(x => 0 + Math.Exp(x))));
    }

    [Fact]
    public void Zero_plus_x_stays_where_x_may_be_negative_zero()
    {
        var graph = OfOne(x => 0 + x);
        Assert.True(SameBits(0.0, graph.Evaluate(-0.0)[0]));
        Assert.True(SameBits(-0.0, OfOne(x => x - 0).Evaluate(-0.0)[0]));
    }

    [Fact]
    public void A_whole_zero_minus_x_is_the_unary_minus_of_PowerShell_and_a_double_one_a_difference()
    {
        Assert.True(SameBits(-0.0, OfOne(x => 0 - x).Evaluate(0.0)[0]));
        Assert.True(SameBits(0.0, OfOne(x => 0.0 - x).Evaluate(0.0)[0]));
    }

    [Fact]
    public void Zero_times_x_is_never_folded()
    {
        foreach (var graph in (Graph[])[OfOne(x => 0 * x), OfOne(x => x * 0.0), OfOne(x => 0 / x)])
        {
            Assert.Equal(1, Operations(graph));
            Assert.True(double.IsNaN(graph.Evaluate(double.NaN)[0]));
        }

        Assert.True(double.IsNaN(OfOne(x => 0 * x).Evaluate(double.PositiveInfinity)[0]));
        Assert.True(SameBits(-0.0, OfOne(x => 0 * x).Evaluate(-3)[0]));
    }

    [Fact]
    public void Powers_are_recorded_as_they_are_and_whole_ones_run_as_products_within_a_few_last_digits()
    {
        for (var k = -16; k <= 16; k++)
        {
            var graph = OfOne(x => Math.Pow(x, k));
            var cheap = graph.Cheapened();
            Assert.Equal(k is 0 or 1 ? 0 : 1, Operations(graph));
            Assert.DoesNotContain(Enumerable.Range(0, cheap.Count), node => cheap[node].Operation == Operation.Power);
            foreach (var x in (double[])[0.37, -1.9, 12.5])
            {
                Assert.Equal(System.Math.Pow(x, k), graph.Evaluate(x)[0]);
                Close(System.Math.Pow(x, k), cheap.Evaluate(x)[0], 16 * 1.2e-16);
            }

            foreach (var x in (double[])[0.0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1, -1])
                Assert.True(SameBits(System.Math.Pow(x, k), cheap.Evaluate(x)[0]), $"{x}^{k}");
        }

        var large = OfOne(x => Math.Pow(x, 17));
        Assert.Equal(1, Operations(large.Cheapened()));
    }

    [Fact]
    public void Constants_fold_and_zeros_of_both_signs_are_two()
    {
        var recorder = new Recorder([1.0]);
        Assert.NotEqual(recorder.Constant(0.0).Node, recorder.Constant(-0.0).Node);
        Assert.Equal(recorder.Constant(6).Node, (recorder.Constant(2) * 3).Node);
        Assert.Equal(recorder.Constant(double.NaN).Node, recorder.Constant(double.NaN).Node);
    }

    [Fact]
    public void Outputs_may_be_inputs_constants_and_each_other()
    {
        var graph = Record(i => new object?[] { i[1], 7, i[1], 2.5m, i[0] + 0.5f }, 1, 2);
        Assert.Equal([5, 7, 5, 2.5, 4.5], graph.Evaluate(4, 5));
        var jacobian = CompressedDerivative.Jacobian(graph).ToMatrix([4, 5]);
        Assert.Equal("[0 1; 0 0; 0 1; 0 0; 1 0]", jacobian.ToString());
    }

    [Fact]
    public void A_function_of_nothing_and_a_function_to_nothing_are_functions()
    {
        var constant = Record(_ => new object?[] { 3.0 });
        Assert.Equal([3.0], constant.Evaluate());
        Assert.Equal(0, CompressedDerivative.Jacobian(constant).ToMatrix([]).ColumnCount);
        Assert.Equal(0, CompressedDerivative.Jacobian(Record(_ => [], 1.0)).ToMatrix([1]).RowCount);
    }

    [Fact]
    public void Composed_graphs_are_the_composed_function_and_share_its_parts()
    {
        var inner = Record(i => new object?[] { i[0] * i[1], Math.Sin(i[0]) }, 1, 2);
        var outer = Record(y => (y[0] + y[1]) * y[0], 3, 4);
        var composed = inner.Then(outer);
        var (x, y) = (0.3, 0.8);
        Assert.Equal((x * y + System.Math.Sin(x)) * (x * y), composed.Evaluate(x, y)[0]);
        Assert.Equal(4, Operations(composed));
        Assert.Throws<ArgumentException>(() => outer.Then(outer));
    }
}
