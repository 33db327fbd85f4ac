using CsCheck;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tests.Tracing;

/// <summary>Another order of sums, and rounding in every operation, stay within the bound; errors that are more do not.</summary>
public class RoundingBoundTests
{
    static Graph Sum(double[] weights, double[] at, Func<TracedNumber, double, TracedNumber> term)
    {
        var recorder = new Recorder(at);
        TracedNumber sum = recorder.Inputs[0] * 0.0;
        foreach (var weight in weights) sum = sum + term(recorder.Inputs[0], weight);
        return recorder.Finish([sum]);
    }

    [Fact]
    public void A_sum_in_any_order_is_within_the_bound() => Gen.Select(Gen.Double[-1e8, 1e8].Array[2, 400], Gen.Double[-2, 2]).Sample(
        (weights, x) =>
        {
            double[] cancelling = [.. weights, .. weights.Select(w => -w)];
            var bound = RoundingBound.Of(Sum(cancelling, [x], (input, w) => input * w), 0, new(x));
            var forward = cancelling.Aggregate(0.0, (sum, w) => sum + x * w);
            var sorted = cancelling.Order().Aggregate(0.0, (sum, w) => sum + x * w);
            var lanes = Enumerable.Range(0, 8).Sum(lane => cancelling.Where((_, k) => k % 8 == lane).Sum(w => x * w));
            Assert.InRange(double.Abs(forward - sorted), 0, bound);
            Assert.InRange(double.Abs(forward - lanes), 0, bound);
            Assert.True(bound <= 1e-11 * cancelling.Sum(double.Abs) * double.Abs(x));
        }, iter: Laws.Samples(200));

    [Fact]
    public void What_a_steep_function_makes_of_the_rounding_of_its_operand_is_within_the_bound() => Gen.Double[1, 700].Sample(x =>
    {
        var recorder = new Recorder([x]);
        var bound = RoundingBound.Of(recorder.Finish([Math.Exp(recorder.Inputs[0] * 1.0000001)]), 0, new(x));
        var moved = double.Exp(double.BitIncrement(x * 1.0000001)) - double.Exp(x * 1.0000001);
        Assert.InRange(moved, 0, bound);
        Assert.True(bound <= 1e-11 * double.Exp(x * 1.0000001));
    }, iter: Laws.Samples(500));
}
