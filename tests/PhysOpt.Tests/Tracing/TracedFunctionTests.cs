using PhysOpt.Tracing;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

public class TracedFunctionTests
{
    static readonly Vector One = new(1);

    /// <summary>x^2 below 1, 2x - 1 from there on, 10 x from 5 on.</summary>
    static TracedNumber Branching(TracedNumber[] i)
    {
        if (i[0].CompareTo(1) < 0) return i[0] * i[0];
        return i[0].CompareTo(5) < 0 ? 2 * i[0] - 1 : 10 * i[0];
    }

    static TracedFunction Function(Func<TracedNumber[], TracedNumber> f, Action? onRecord, params double[] x) => new(Record(f, x), at =>
    {
        onRecord?.Invoke();
        return Record(f, at.ToArray());
    });

    [Fact]
    public void Every_value_is_that_of_its_branch_and_each_branch_is_recorded_once()
    {
        var records = 0;
        var f = Function(Branching, () => records++, 0.5);
        for (var round = 0; round < 3; round++)
        {
            foreach (var (x, value, slope, curvature) in ((double, double, double, double)[])[(0.5, 0.25, 1, 2), (1, 1, 2, 0), (3, 5, 2, 0),
                (5, 50, 10, 0), (-2, 4, -4, 2)])
            {
                var at = new Vector(x);
                Assert.Equal(value, f.Evaluate(at)[0]);
                Assert.Equal(slope, f.Jacobian(at, One)[0, 0]);
                Assert.Equal(3 * slope, f.VectorJacobianProduct(at, One, new(3))[0]);
                Assert.Equal(slope * 2, f.JacobianVectorProduct(at, new(2))[0]);
                Assert.Equal(3 * curvature, f.WeightedHessian(at, One, new(3))[0, 0]);
                Assert.Equal(6 * curvature, f.HessianVectorProduct(at, new(3), new(2))[0]);
            }
        }

        // below 1, at 1 (to compare equal is a branch to itself), between, at 5
        Assert.Equal(4, f.BranchCount);
        Assert.Equal(3, records);
    }

    [Fact]
    public void Without_a_way_to_record_again_another_branch_is_refused()
    {
        var f = new TracedFunction(Record(Branching, 0.5));
        Assert.Equal("TraceBranchUnknown", Assert.Throws<EvaluationException>(() => f.Evaluate(new(3.0))).ErrorId);
        Assert.Equal("TraceBranchUnknown", Assert.Throws<EvaluationException>(() => f.Jacobian(new(3.0), One)).ErrorId);
        var refusing = new TracedFunction(Record(Branching, 0.5), _ => null);
        Assert.Equal("TraceBranchUnknown", Assert.Throws<EvaluationException>(() => refusing.Evaluate(new(3.0))).ErrorId);
    }

    [Fact]
    public void A_function_that_changes_its_mind_or_its_length_is_refused()
    {
        var stubborn = new TracedFunction(Record(Branching, 0.5), _ => Record(Branching, 0.5));
        Assert.Equal("TraceNotRepeatable", Assert.Throws<EvaluationException>(() => stubborn.Evaluate(new(3.0))).ErrorId);
        var growing = new TracedFunction(Record(Branching, 0.5), at => Record(i => [i[0], i[0]], at.ToArray()));
        Assert.Equal("TraceLengthChanged", Assert.Throws<EvaluationException>(() => growing.Evaluate(new(3.0))).ErrorId);
    }

    [Fact]
    public void A_loop_that_runs_until_it_has_converged_is_recorded_for_each_number_of_rounds()
    {
        static TracedNumber HeronsRoot(TracedNumber[] i)
        {
            TracedNumber root = 1 * i[0];
            for (var round = 0; round < 50 && Math.Abs(root * root - i[0]).CompareTo(1e-12) > 0; round++) root = (root + i[0] / root) / 2;
            return root;
        }

        var f = Function(HeronsRoot, null, 2.0);
        foreach (var x in (double[])[2, 3, 50, 0.1, 1, 2.1])
        {
            Close(System.Math.Sqrt(x), f.Evaluate(new(x))[0], 1e-12);
            if (x != 1) Close(0.5 / System.Math.Sqrt(x), f.Jacobian(new(x), One)[0, 0], 1e-6);
        }

        Assert.InRange(f.BranchCount, 3, 6);
    }

    [Fact]
    public void A_function_with_more_branches_than_it_may_keep_stays_right()
    {
        var f = Function(i =>
        {
            var steps = 0;
            while (i[0].CompareTo(steps) > 0) steps++;
            return i[0] * steps;
        }, null, 0.5);
        for (var k = 0; k < 200; k++) Assert.Equal((k + 0.5) * (k + 1), f.Evaluate(new(k + 0.5))[0]);
        Assert.InRange(f.BranchCount, 1, 64);
    }

    [Fact]
    public void Threads_that_meet_new_branches_at_once_all_get_their_values()
    {
        var f = Function(Branching, null, 0.5);
        var wrong = 0;
        Parallel.For(0, 2000, k =>
        {
            var x = k % 80 / 10.0;
            var expected = x < 1 ? x * x : x < 5 ? 2 * x - 1 : 10 * x;
            var slope = x < 1 ? 2 * x : x < 5 ? 2 : 10;
            if (f.Evaluate(new(x))[0] != expected || f.VectorJacobianProduct(new(x), One, One)[0] != slope)
                Interlocked.Increment(ref wrong);
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_composition_is_one_function_whose_branches_are_those_of_both()
    {
        var inner = new TracedFunction(
            Record(i => [i[0] * i[1], i[0].CompareTo(0) < 0 ? -i[0] : 2 * i[0]], 1, 2),
            at => Record(i => [i[0] * i[1], i[0].CompareTo(0) < 0 ? -i[0] : 2 * i[0]], at.ToArray()));
        static TracedNumber Loss(TracedNumber[] y) => y[1].CompareTo(4) < 0 ? y[0] * y[0] + y[1] : y[0];
        var both = TracedFunction.Compose(Function(Loss, null, 1, 2), inner);
        foreach (var (a, b) in ((double, double)[])[(1, 2), (-1, 2), (3, 2), (-5, 0.5), (0.5, 0.1)])
        {
            var (y0, y1) = (a * b, a < 0 ? -a : 2 * a);
            Assert.Equal(y1 < 4 ? y0 * y0 + y1 : y0, both.Evaluate(new(a, b))[0]);
            Assert.Equal(y1 < 4 ? 2 * y0 * b + (a < 0 ? -1 : 2) : b, both.VectorJacobianProduct(new(a, b), One, One)[0]);
        }

        Assert.Equal((2, 1), (both.InputCount, both.OutputCount));
    }

    [Fact]
    public void Weights_of_several_outputs_weigh_their_Hessians()
    {
        var f = new TracedFunction(Record(i => [i[0] * i[0] * i[1], Math.Exp(i[1]), i[0] * i[1]], 1, 2));
        var (x, w) = (new Vector(3, 0.5), new Vector(2, -1, 4));
        var hessian = f.WeightedHessian(x, f.Evaluate(x), w);
        var last = (-System.Math.Exp(0.5)).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"[{2 * 2 * 0.5} {2 * 6 + 4}; {2 * 6 + 4} {last}]", hessian.ToString());
        Assert.Equal(hessian.Multiply(new Vector(1, 1)), f.HessianVectorProduct(x, w, new(1, 1)));
    }

    [Fact]
    public void Wrong_lengths_and_a_gradient_of_several_outputs_are_refused()
    {
        var f = new TracedFunction(Record(i => [i[0], i[1]], 1, 2));
        var x = new Vector(1, 2);
        Assert.Throws<ArgumentException>(() => f.Evaluate(new Vector(1)));
        Assert.Throws<ArgumentException>(() => f.VectorJacobianProduct(x, x, new(1)));
        Assert.Throws<ArgumentException>(() => f.HessianVectorProduct(x, new(1, 2, 3), new(1)));
        Assert.Throws<InvalidOperationException>(() => f.GradientAndValue([1, 2], new double[3]));
        Assert.Throws<ArgumentException>(() => TracedFunction.Compose(Function(Branching, null, 1), f));
    }
}
