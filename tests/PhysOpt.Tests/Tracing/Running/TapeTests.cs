using PhysOpt.Tracing;
using PhysOpt.Tracing.Running;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

public class TapeTests
{
    static double[] Point(int n) => [.. Enumerable.Range(0, n).Select(i => System.Math.Cos(i))];

    [Fact]
    public void An_evaluation_allocates_nothing()
    {
        var x = Point(200);
        var function = new TracedFunction(Record(RosenbrockTests.Rosenbrock, x));
        var tape = new Tape(Record(i => i[0].CompareTo(5) < 0 ? i[0] * i[1] : i[1], 1, 2));
        var (value, gradient, product) = (new double[1], new double[201], new double[1]);
        Assert.Equal(0, Allocation.Least(100, Run));

        void Run()
        {
            function.Evaluate(x, value);
            function.GradientAndValue(x, gradient);
            tape.Evaluate(x.AsSpan(0, 2), product);
        }
    }

    [Fact]
    public void Many_threads_evaluate_one_tape_at_once()
    {
        const int N = 50;
        var function = new TracedFunction(Record(RosenbrockTests.Rosenbrock, Point(N)));
        Vector[] points = [.. Enumerable.Range(0, 400).Select(k => new Vector(Point(N).Select(x => x + 0.01 * k)))];
        var one = new Vector(1);
        var alone = new TracedFunction(Record(RosenbrockTests.Rosenbrock, Point(N)));
        var expected = points.Select(x =>
            (alone.Evaluate(x), alone.VectorJacobianProduct(x, one, one), alone.HessianVectorProduct(x, one, x))).ToArray();
        var together = new (Vector, Vector, Vector)[points.Length];
        Parallel.For(0, points.Length, k =>
            together[k] = (function.Evaluate(points[k]), function.VectorJacobianProduct(points[k], one, one),
                function.HessianVectorProduct(points[k], one, points[k])));
        Assert.Equal(expected, together);
    }

    [Fact]
    public void Outputs_may_overlap_inputs()
    {
        var tape = new Tape(Record(i => new object?[] { i[1] - i[0], i[0] * i[1] }, 1, 2));
        double[] both = [3, 5];
        tape.Evaluate(both, both);
        Assert.Equal([2, 15], both);
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        var tape = new Tape(Record(i => i[0] * i[1], 1, 2));
        Assert.Throws<ArgumentException>(() => tape.Evaluate([1], new double[1]));
        Assert.Throws<ArgumentException>(() => tape.Evaluate([1, 2], new double[2]));
    }
}
